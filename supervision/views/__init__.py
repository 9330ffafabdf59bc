"""The pages of supervision, one file to a noun."""

from supervision.views.clocks import clocks_page
from supervision.views.health import livez, readyz
from supervision.views.notices import notice_page, notices_page, read_all
from supervision.views.work import my_work, team_queue

__all__ = ["clocks_page", "livez", "my_work", "notice_page", "notices_page", "read_all", "readyz", "team_queue"]
