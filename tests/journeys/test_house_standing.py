"""The system stands: a page is served to a phone, the running role cannot touch the record, and the clock moves."""

from __future__ import annotations

from django.db import connection
from playwright.sync_api import Page, Response

from config.local.rehearsal import System


def served(page: Page, system: System) -> Response:
    """The sign-in page as this browser gets it."""
    answer = page.goto(f"{system.address}/sign-in/")
    assert answer is not None
    return answer


def test_the_sign_in_page_is_served_without_a_word_in_the_console(system: System, phone: Page) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    answer = served(phone, system)
    assert answer.status == 200
    assert said == []


def test_the_program_owns_no_table_and_cannot_change_the_record(system: System) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'da_app'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT has_table_privilege('da_app', 'audit_event', 'UPDATE, DELETE, TRUNCATE')")
        assert cursor.fetchone() == (False,)


def test_the_clock_of_the_web_server_moves(system: System, phone: Page) -> None:
    served(phone, system)
    system.clock.move("+2h")
    answer = served(phone, system)
    now = phone.locator("body").get_attribute("data-now")
    assert answer.status == 200
    assert now is not None
    assert now[:13] == system.clock.now().isoformat()[:13]
