"""Users, units, roles, postings, duty and sign-in."""
