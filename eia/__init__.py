"""Equality impact assessments for public bodies: from schedule to sign-off, with every action followed up."""

__version__ = "0.1.0"
