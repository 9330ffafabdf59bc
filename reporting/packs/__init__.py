"""Packs: figures put together for one reader, frozen at one moment, printed, signed off by somebody named.

`table` says what is in each; `declare` the words of it; `blocks` how a measure is read; `withheld` what is kept back where
it leaves the force; `making` freezes and presses; `calendar` says what begins when.
"""
