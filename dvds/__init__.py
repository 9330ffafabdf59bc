"""Will hold the Domestic Violence Disclosure Scheme: applications, checks, decisions and disclosures."""
