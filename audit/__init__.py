"""The append-only record of what happened and who looked."""
