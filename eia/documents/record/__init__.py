"""A record as PDF, Word and JSON; the print page is laid out from the same paper."""
