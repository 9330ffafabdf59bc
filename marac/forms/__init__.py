"""What is said of forums, referrals, meetings and what comes of them."""
