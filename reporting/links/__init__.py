"""The link report (S3-205): who is linked with whom in ways that show a pattern, as figures that lead to the cases."""
