"""Webhooks out: where they may go, how they are signed and sent, and who is told of what."""
