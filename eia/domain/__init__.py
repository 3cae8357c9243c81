"""What is true whoever asks and wherever it is stored."""
