"""Pages of an assessment: begun, filled in and graded on one page."""

from risk.views.begin import dash_begin
from risk.views.dash import dash
from risk.views.plan import plan_action_offered

__all__ = ["dash", "dash_begin", "plan_action_offered"]
