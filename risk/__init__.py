"""Instruments, assessments, the grade ledger and safety plans."""
