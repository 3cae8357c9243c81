"""Verbs that load, decide and record: the only writers."""
