"""A report laid out as a paper, and its numbers and actions as CSV."""
