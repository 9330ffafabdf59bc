"""The verbs of forums that are made of other verbs."""
