"""What may be said about a case, one file to a noun."""
