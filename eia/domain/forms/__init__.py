"""What an assessment asks: question sets, the conditions between questions, and what counts as an answer."""
