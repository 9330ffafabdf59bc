"""Trends of quality checks (S2-002): by team, by month and, for their own supervisors alone, by officer."""
