"""`python -m benchmarks`: the product measured at scale, beside a bare Django view and beside its own SQL.

It makes databases of its own, serves from gunicorn as ./run does, and never touches another database.
"""
