"""All charts in a real browser and on paper: nothing serious for axe, no sideways scroll, legible on a tagged page."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser

from reporting.charts.axis import HALF, PAPER, WIDE, Size
from reporting.paper import press
from tests.browser import DESK, PHONE, page_of
from tests.looks import faults_of
from tests.reporting.charts.samples import a_grid, a_spark, all_charts, all_tables, compared
from workflow.templatetags.vendor import folder

OURS = ("app", "frame", "form", "panel", "case", "queue", "record", "chart")
#: Of each drawing, the pairs of words whose boxes overlap by more than a hair, and words outside it.
OVERLAPS = """() => [...document.querySelectorAll('svg.app-chart__svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect(), found = [];
  const words = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
  words.forEach(([text, a], i) => {
    if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1) found.push('off: ' + text);
    words.slice(i + 1).forEach(([other, b]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3) found.push(text + ' / ' + other);
    });
  });
  return found;
})"""
PICTURES = os.environ.get("PICTURES", "")


def body(paper: bool = False, size: Size = WIDE) -> str:
    charts = [*all_charts(size), compared()]
    drawn = [
        render_to_string("reporting/charts/figure.html", {"chart": chart, "paper": paper, "level": 2})
        for chart in charts
    ]
    drawn.append(render_to_string("reporting/charts/grid.html", {"grid": a_grid(), "paper": paper}))
    drawn.append(render_to_string("reporting/charts/spark.html", {"spark": a_spark()}))
    tables = all_tables()[1:] if paper else all_tables()
    return "".join([*drawn, *(render_to_string("reporting/charts/table.html", {"table": table}) for table in tables)])


def on_screen(size: Size = WIDE) -> str:
    names = [f"{folder('govuk-frontend')}/govuk-frontend.min.css", *(f"css/{name}.css" for name in OURS)]
    css = "".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in names)
    return (
        '<!doctype html><html lang="en-GB" class="govuk-template app-template"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Charts</title><style>{css}</style></head><body>"
        f'<div class="govuk-width-container app-width"><main><h1 class="govuk-heading-l">Charts</h1>{body(size=size)}</main></div>'
        "</body></html>"
    )


def on_paper() -> str:
    css = "".join(render_to_string(f"reporting/{name}") for name in ("paper.css", "charts/paper.css"))
    head = f"<title>Charts</title><style>{css}</style>"
    return (
        f'<!doctype html><html lang="en-GB"><head>{head}</head><body><h1>Charts</h1>{body(True, PAPER)}</body></html>'
    )


def test_the_charts_are_usable_by_everybody(browser: Browser) -> None:
    page = page_of(browser, PHONE)
    page.set_content(on_screen())
    assert list(faults_of(page, Axe())) == []
    for size in (PHONE, DESK) if PICTURES else ():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=Path(PICTURES) / f"charts-{size['width']}.png", full_page=True)
    page.context.close()


def test_a_chart_scrolls_in_itself_on_a_phone_by_keyboard_and_its_heading_stays(browser: Browser) -> None:
    page = page_of(browser, PHONE)
    page.set_content(on_screen())
    region = page.get_by_role("region", name="Arrest rate", exact=True)
    region.focus()
    before = page.locator("#arrests-heading").bounding_box()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#arrests .app-scroll').scrollLeft > 0")
    after = page.locator("#arrests-heading").bounding_box()
    assert before and after and before["x"] == after["x"]
    page.context.close()


@pytest.mark.parametrize("size", [WIDE, HALF, PAPER], ids=lambda size: size.name)
def test_no_words_of_a_chart_run_into_each_other_or_off_it(browser: Browser, size: Size) -> None:
    """Measured with the letters of this machine, which are wider than most."""
    page = page_of(browser, DESK)
    page.set_content(on_screen(size))
    assert page.evaluate(OVERLAPS) == []
    page.context.close()


def test_the_charts_are_on_a_tagged_page_with_their_words() -> None:
    pdf, pages = press(on_paper(), lambda page, of: None)
    reader = pypdf.PdfReader(BytesIO(pdf))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for words in (
        "Aug 2026: 43.5",
        "Upper limit 42.4",
        "June 2023: counting rules changed",
        "Coast: 47.1",
        "Medium",
        "6,480 (71.1; 71.1)",
    ):
        assert words in text, words
    said = alternatives(reader.trailer["/Root"]["/StructTreeRoot"])
    assert "Arrest rate. 2 of 48 months are outside the limits: December 2024; August 2026" in said
    assert len(said) == 8 and pages <= 5
    if PICTURES:
        Path(PICTURES, "charts.pdf").write_bytes(pdf)


def alternatives(node: Any) -> list[str]:
    """What the page says of each figure to who does not see it."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [words for one in node for words in alternatives(one)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" and "/Alt" in node else []
    return own + alternatives(node.get("/K", []))
