"""How the product says moments, lateness, counts, grades and refusals. One form everywhere; times are London's.

`now` may be passed to every function that compares (a moment, UTC); without it the clock is asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from workflow.forms.moment import LONDON

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEAR = timedelta(hours=8)  # in a list: what is due within a tour is counted in hours, on whatever day
#: Counts are exact up to here.
COUNTED = 500
#: How a refusal begins, by its kind.
OPENINGS = {"role": gettext_noop("You cannot do this."), "never": gettext_noop("Not available.")}


@register.filter
def clock(moment: datetime | None) -> str:
    """14:02"""
    return f"{moment.astimezone(LONDON):%H:%M}" if moment else ""


@register.filter
def day(value: date | datetime | None, now: datetime | None = None) -> str:
    """29 August; with the year when it is not this year."""
    if value is None:
        return ""
    found, today = london_day(value), london_day(now or timezone.now())
    return f"{found.day} {MONTHS[found.month]}" + ("" if found.year == today.year else f" {found.year}")


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Wednesday 2 September 2026: a legal date, or one that is quoted."""
    if not value:
        return ""
    found = london_day(value)
    return f"{WEEKDAYS[found.weekday()]} {found.day} {MONTHS[found.month]} {found.year}"


@register.filter
def legal(moment: datetime | None) -> str:
    """Wednesday 2 September 2026 at 08:00: a moment the law fixes is said in full."""
    return _("%(day)s at %(time)s") % {"day": full_day(moment), "time": clock(moment)} if moment else ""


@register.filter
def when(moment: datetime | None, now: datetime | None = None) -> str:
    """Today at 17:26 · Tomorrow at 08:00 · 29 August at 02:10 · Wednesday 2 September at 08:00.

    What is past needs no weekday, what is ahead does. Empty for no moment.
    """
    if moment is None:
        return ""
    now = now or timezone.now()
    ahead = (london_day(moment) - london_day(now)).days
    near = {0: _("Today"), 1: _("Tomorrow")}.get(ahead)
    weekday = f"{WEEKDAYS[moment.astimezone(LONDON).weekday()]} " if ahead > 1 else ""
    return _("%(day)s at %(time)s") % {"day": near or weekday + day(moment, now), "time": clock(moment)}


@register.filter
def when_inside(moment: datetime | None, now: datetime | None = None) -> str:
    """The same inside a sentence: "Was due today at 11:02"."""
    said = when(moment, now)
    return said[:1].lower() + said[1:] if said.startswith((_("Today"), _("Tomorrow"))) else said


@register.filter
def since(moment: datetime, now: datetime | None = None) -> str:
    """13:26 today, or 29 August at 13:26: for what has been going on since then."""
    today = london_day(moment) == london_day(now or timezone.now())
    return _("%(time)s today") % {"time": clock(moment)} if today else when(moment, now)


@register.filter
def was_due(due_at: datetime, now: datetime | None = None) -> str:
    """The second line beneath lateness: "Was due today at 11:02" when late, "Today at 17:26" when ahead."""
    late = due_at < (now or timezone.now())
    return _("Was due %(moment)s") % {"moment": when_inside(due_at, now)} if late else when(due_at, now)


@register.filter
def lateness(due_at: datetime, now: datetime | None = None) -> str:
    """Overdue by 52 minutes · Due in 29 minutes · Due in 2 days 17 hours · Due now. Elapsed time, rounded down."""
    left = due_at - (now or timezone.now())
    if abs(left) < MINUTE:
        return _("Due now")
    if left < timedelta(0):
        return _("Overdue by %(length)s") % {"length": one_unit(-left)}
    return _("Due in %(length)s") % {"length": two_units(left)}


@register.filter
def lateness_in_list(due_at: datetime, now: datetime | None = None) -> str:
    """As `lateness`, but what is far ahead is only its day: Due tomorrow · Due Wednesday · Due 12 September.

    At nine in the evening what is due at one in the morning is near, though it is due tomorrow.
    """
    now = now or timezone.now()
    ahead = (london_day(due_at) - london_day(now)).days
    if ahead < 1 or due_at - now < NEAR:
        return lateness(due_at, now)
    if ahead == 1:
        return _("Due tomorrow")
    on = str(WEEKDAYS[london_day(due_at).weekday()]) if ahead < 7 else day(due_at, now)
    return _("Due %(day)s") % {"day": on}


@register.filter
def is_late(due_at: datetime, now: datetime | None = None) -> bool:
    """Whether the moment has gone by, by a minute or more."""
    return (now or timezone.now()) - due_at >= MINUTE


@register.simple_tag
def met(due_at: datetime, done_at: datetime, recorded_at: datetime | None = None, now: datetime | None = None) -> str:
    """Met, 9 hours early · Met, recorded late · Missed, done 29 August at 02:10."""
    if done_at > due_at:
        return _("Missed, done %(moment)s") % {"moment": when_inside(done_at, now)}
    if recorded_at and recorded_at > due_at:
        return _("Met, recorded late")
    early = due_at - done_at
    return _("Met, %(length)s early") % {"length": one_unit(early)} if early >= MINUTE else _("Met")


@register.simple_tag
def moment_now() -> str:
    """This moment, for the script that keeps lateness current; it never trusts the clock of the machine it runs on."""
    return timezone.now().isoformat()


@register.filter
def thousands(number: int) -> str:
    """1,020"""
    return f"{number:,}"


@register.filter
def capped(count: int) -> str:
    """Exact to 500, then 500+."""
    return str(count) if count <= COUNTED else f"{COUNTED}+"


@register.filter
def counted(count: int, noun: str) -> str:
    """`{{ 3|counted:"answer" }}` is "3 answers"; give "child,children" where the plural is irregular."""
    one, many = counted_words(noun)
    return ngettext(one, many, count) % {"count": count}


def counted_words(noun: str) -> tuple[str, str]:
    """What stands in the catalogue for a counted noun: of one, and of several."""
    one, _comma, many = noun.partition(",")
    return f"%(count)s {one}", f"%(count)s {many or one + 's'}"


@register.filter
def spoken(words: Any) -> str:
    """A declared or stored word (a label, a status) in the reader's language; what has no translation stays as it is."""
    return _(str(words)) if words else ""


@register.inclusion_tag("components/refusal.html")
def refusal(kind: str, sentence: str) -> dict[str, str]:
    """You cannot do this. / Not available. / Not yet. and the fact behind it."""
    return {"opening": opening(kind), "sentence": _(sentence)}


@register.inclusion_tag("components/refused_button.html")
def refused_button(label: str, kind: str, sentence: str) -> dict[str, str]:
    """A button that keeps its place and says why it cannot be pressed."""
    words = {"label": _(label), "opening": opening(kind), "sentence": _(sentence)}
    return {**words, "id": f"why-not-{slugify(label)}"}


@register.inclusion_tag("components/badge.html")
def grade_badge(grade: Any) -> dict[str, str]:
    """The badge of a grade; an enumeration's label or a plain word will do. No grade is said, not left out."""
    word = str(getattr(grade, "label", grade) or "").lower()
    known = word if word in {"high", "medium", "standard"} else "none"
    return {"grade": known, "word": _(word.capitalize()).upper() if word else _("NO GRADE")}


@register.inclusion_tag("components/tag.html")
def status_tag(words: str, tone: str = "grey") -> dict[str, str]:
    """A status with its word. Tones: grey, blue, yellow, red, green, dark."""
    return {"words": _(words), "tone": tone}


@register.inclusion_tag("components/task_status.html")
def task_status(status: str) -> dict[str, str]:
    """Not started, Part done, Still true?, {n} problems, Done, Not yet, each in its own look."""
    tones = {"Part done": "blue", "Still true?": "yellow", "Not started": "grey", "Unsafe now": "red"}
    return {"status": status, "words": _(status), "tone": "red" if status[:1].isdigit() else tones.get(status, "grey")}


@register.inclusion_tag("components/late.html")
def late(due_at: datetime, now: datetime | None = None, why_url: str = "", in_list: bool = False) -> dict[str, Any]:
    """The lateness sentence with its clock mark, the moment, and the way to "Why this date?"."""
    now = now or timezone.now()
    sentence = lateness_in_list(due_at, now) if in_list else lateness(due_at, now)
    return {
        "sentence": sentence,
        "moment": was_due(due_at, now),
        "due_at": due_at,
        "why_url": why_url,
        "in_list": in_list,
        "tone": "late" if is_late(due_at, now) else "soon" if due_at - now < DAY else "far",
    }


@register.simple_block_tag
def panel(content: str, title: str, id: str = "", aside: str = "", tone: str = "plain", level: int = 2) -> SafeString:
    """A titled box: `{% panel "Timeline" id="timeline" %}...{% endpanel %}`. Tones: plain, dark, amber."""
    shown = {"body": content, "title": title, "id": id or slugify(title), "aside": aside, "tone": tone, "level": level}
    return render_to_string("components/panel.html", shown)


def opening(kind: str) -> str:
    """How the refusal begins; whatever is not for ever and not for this person is "Not yet."."""
    return _(OPENINGS.get(kind, gettext_noop("Not yet.")))


def london_day(value: date | datetime) -> date:
    """The calendar day of a moment in London; a day is itself."""
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


def one_unit(length: timedelta) -> str:
    """52 minutes · 3 hours · 2 days, rounded down."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if length >= unit:
            return counted(length // unit, name)
    return counted(0, "minute")


def two_units(length: timedelta) -> str:
    """29 minutes · 3 hours · 2 days 17 hours: two units only when over a day."""
    hours = length % DAY // HOUR
    return one_unit(length) + (f" {counted(hours, 'hour')}" if length >= DAY and hours else "")
