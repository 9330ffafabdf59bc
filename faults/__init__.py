"""Faults: the whole system under work while parts of it are killed, and the proof that nothing was lost (docs/reliability.md)."""
