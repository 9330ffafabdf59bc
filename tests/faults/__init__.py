"""Parts of the real system are killed; what was promised still stands."""
