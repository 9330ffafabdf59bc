"""What is said to reporting."""
