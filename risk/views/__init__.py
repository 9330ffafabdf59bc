"""Pages of an assessment: begun, filled in and graded on one page."""

from risk.views.begin import dash_begin
from risk.views.dash import dash

__all__ = ["dash", "dash_begin"]
