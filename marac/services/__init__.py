"""Verbs and answers about referrals to forums."""
