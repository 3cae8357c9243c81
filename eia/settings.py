"""What an installation may choose, read once at start."""
