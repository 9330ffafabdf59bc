"""Will hold forums, meetings, MARAC referrals, research and actions."""
