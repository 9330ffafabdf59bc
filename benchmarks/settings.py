"""The product's own settings, and one address more: the floor that every figure is compared with."""

from config.settings import *

ROOT_URLCONF = "benchmarks.addresses"
#: Everybody comes from this machine's own address here; the limit of sign-ins from one address would be measured instead.
ACCOUNT_RATE_LIMITS = False
