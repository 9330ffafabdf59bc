"""How people harmed, partners and groups say the force did, and what the force did about it."""
