"""Clare’s Law."""
