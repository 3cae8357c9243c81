"""Finds and reads the workflows and forms, in a checkout or in a wheel."""
