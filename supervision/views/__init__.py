"""The pages of supervision, one file to a noun."""

from supervision.views import administration, board, definitions, repeat_victims, risk_reviews
from supervision.views.about import accessibility_page, help_page, privacy_page
from supervision.views.bureau import bureau_page
from supervision.views.clocks import clocks_page
from supervision.views.duplicates import duplicates_page
from supervision.views.features import features_page
from supervision.views.health import livez, readyz
from supervision.views.likings import keep_view, keyboard_page
from supervision.views.monitors import monitors_page
from supervision.views.no_arrest import no_arrest_page
from supervision.views.nobodys import nobodys_page
from supervision.views.notices import mark_notice, notice_page, notices_page, preferences_page, read_all
from supervision.views.safety_plans import plans_to_approve_page, plans_to_review_page
from supervision.views.several import several_page
from supervision.views.stalking import stalking_page
from supervision.views.work import my_work, team_queue

__all__ = [
    "accessibility_page",
    "help_page",
    "privacy_page",
    "administration",
    "administration",
    "board",
    "bureau_page",
    "clocks_page",
    "definitions",
    "duplicates_page",
    "features_page",
    "livez",
    "mark_notice",
    "monitors_page",
    "my_work",
    "no_arrest_page",
    "nobodys_page",
    "notice_page",
    "notices_page",
    "plans_to_approve_page",
    "plans_to_review_page",
    "preferences_page",
    "read_all",
    "keep_view",
    "keyboard_page",
    "several_page",
    "readyz",
    "repeat_victims",
    "risk_reviews",
    "stalking_page",
    "team_queue",
]
