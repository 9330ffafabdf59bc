"""The audit explorer: who did and saw what, for auditors and professional standards. Its own use is audited."""
