"""What is said of partner agencies and of what is referred to them."""
