"""Will hold court and police orders, bail, custody and warrants, each with its own clock."""
