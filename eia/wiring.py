"""Builds the services that the doors hand their requests to."""
