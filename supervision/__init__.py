"""Policies (every clock), escalation, notices, queues, allocation, reviews, samples and reactions."""
