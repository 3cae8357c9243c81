"""What bodies report on their equality work: periods, figures and reports."""
