"""Notices put into words and made into messages."""
