"""Who the people harmed are, by what they say of themselves, and what stood in the way of telling the police (S0-023)."""
