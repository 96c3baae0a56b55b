"""What a number measures and whose it is."""
