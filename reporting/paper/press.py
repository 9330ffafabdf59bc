"""The press: HTML in, tagged PDF (PDF/UA-1) out. It fetches nothing but our own static files."""

from __future__ import annotations

import logging
import mimetypes
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

Tell = Callable[[int, int], None]  # the page being laid out; the number of pages, 0 while that is not known

VARIANT = "pdf/ua-1"
OURS = "static:"  # static:img/mark.svg
SAID_EVERY = 0.3  # seconds: each saying is a write
PROGRESS = logging.getLogger("weasyprint.progress")


def press(html: str, tell: Tell) -> tuple[bytes, int]:
    """The PDF and its number of pages. Slow (about a second for five pages): for the worker only."""
    from weasyprint import HTML  # here, so that neither the web process nor the other worker carries it

    with listening(tell) as listener:
        laid_out = HTML(string=html, base_url=OURS, url_fetcher=fetcher()).render(pdf_variant=VARIANT)
        listener.tell_now(0, len(laid_out.pages))
        return laid_out.write_pdf(pdf_variant=VARIANT), len(laid_out.pages)


def fetcher() -> Any:
    """What WeasyPrint asks for every address in a paper."""
    from weasyprint.urls import URLFetcher

    class OnlyOurs(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Refuses every address but data: and our static files; what is refused is left out of the page."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith(OURS):
                return super().fetch(as_data(url.removeprefix(OURS)))
            return super().fetch(url, headers)

    return OnlyOurs()


def as_data(name: str) -> str:
    """A static file of ours as a data: address. Raises for anything else; `finders` refuses to leave its folders."""
    from base64 import b64encode

    found = finders.find(name)
    if not isinstance(found, str):
        raise ValueError(f"No static file {name}")
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    return f"data:{kind};base64,{b64encode(Path(found).read_bytes()).decode()}"


class listening(logging.Handler):
    """Hears what WeasyPrint says of its progress, for as long as one paper is made."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.INFO)
        self.tell, self.said_at = tell, 0.0

    def __enter__(self) -> listening:
        PROGRESS.setLevel(logging.INFO)
        PROGRESS.propagate = False
        PROGRESS.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        PROGRESS.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        page = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if "Page" in str(record.msg) and isinstance(page, int) and time.monotonic() - self.said_at > SAID_EVERY:
            self.tell_now(page, 0)

    def tell_now(self, page: int, pages: int) -> None:
        self.said_at = time.monotonic()
        self.tell(page, pages)
