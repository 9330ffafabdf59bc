"""What lies around the reports of a force, drawn by chance and told twice: courses in law, forums, Clare’s Law, schools, calls,
surveys, checks, clocks, case-loads, figures from outside. As in `generated`, the test reckons from the plain records alone.
"""
