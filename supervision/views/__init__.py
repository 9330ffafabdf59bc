"""The pages of supervision, one file to a noun."""

from supervision.views import administration, board, definitions, repeat_victims
from supervision.views.about import accessibility_page, help_page, privacy_page
from supervision.views.bureau import bureau_page
from supervision.views.clocks import clocks_page
from supervision.views.duplicates import duplicates_page
from supervision.views.features import features_page
from supervision.views.health import livez, readyz
from supervision.views.monitors import monitors_page
from supervision.views.no_arrest import no_arrest_page
from supervision.views.nobodys import nobodys_page
from supervision.views.notices import mark_notice, notice_page, notices_page, preferences_page, read_all
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
    "preferences_page",
    "read_all",
    "readyz",
    "repeat_victims",
    "team_queue",
]
