"""A small invented force to look at: nobody in it is real. Made by the ordinary verbs, the same each time."""
