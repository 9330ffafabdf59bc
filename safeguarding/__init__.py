"""Will hold partner agencies, their agreements and services, referrals, Operation Encompass and perpetrator management."""
