"""Figures of Clare’s Law that leave the force: by route and outcome, how long each stage took, small numbers kept back."""
