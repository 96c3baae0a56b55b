"""What is in place and what is not, each fault with its remedy."""
