"""Statistics and charts: numbers in, what they mean and how they are drawn out. Nothing here asks the database.

`points` what is drawn; `limits`, `between`, `waiting`, `spread`, `stages` what it means; the `..._chart` modules where each
stroke of it stands, for the templates of reporting/charts/.
"""
