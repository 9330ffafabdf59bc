"""How a pack reads a measure: month by month with its limits, broken down, or as one line of a summary."""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.text import capfirst

from reporting.equality.readers import Sum
from reporting.figures.asked import month_after
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Counted, Measure, Outside, Part
from reporting.measures.reckon import WHOLE, Answer, Question, Value, Window, ask, told_of
from reporting.measures.times import spreads
from reporting.packs import owned
from reporting.packs.beside import notes_of
from reporting.packs.declare import Asking, Block, Frozen, Key, Row, Told, month_on
from workflow.forms.field import lower_first

TREND, YEAR = 48, 12  # months of the chart, of a rolling year
YEARS = ("12 months", "The 12 before")


def figure(code: str, part: str = "") -> Block:
    """A measure with its chart, its last months, what is read with it, its owner's words and its definition."""
    return Block(
        f"figure-{code.lower()}",
        theme_of(code),
        lambda asking: figure_of(code, part, asking),
        lambda: made_by(code),
        code,
    )


def counted(code: str, *parts: str, within: tuple[str, str] | None = None) -> Block:
    """A measure for outside: some of its parts (all if none), the window alone, by month, no chart. `within`: one part that lies
    within another, so that whoever reads both knows what is left.
    """
    chosen = parts or tuple(part.code for part in MEASURES[code].parts)
    return Block(
        f"counted-{code.lower()}",
        theme_of(code),
        lambda asking: counted_of(code, chosen, within, asking),
        lambda: made_by(code),
        code,
    )


def broken_down(code: str, *by: str, part: str = "") -> Block:
    """A measure of the window by each of these."""
    name = f"by-{code.lower()}-{'-'.join(by)}"
    return Block(name, theme_of(code), lambda asking: groups_of(code, by, part, asking), lambda: made_by(code), code)


def summary(name: str, theme: str, title: str, codes: Sequence[str]) -> Block:
    """A line for each figure of these measures."""
    texts = lambda: "\n".join(made_by(code) for code in codes)  # noqa: E731 - read when the pack is made, not when declared
    return Block(name, theme, lambda asking: summed(title, codes, asking), texts)


def theme_of(code: str) -> str:
    return MEASURES[code].theme


def made_by(code: str) -> str:
    """The definition of a measure and the statements that its numbers are counted by, without their values."""
    measure = MEASURES[code]
    sources = [one for part in measure.parts for one in part.sources] + [took.counted for took in measure.took]
    said = (measure.code, measure.sentence, measure.basis.name, measure.mind)
    return "\n".join([*said, *(made_from(one) for one in sources)])


def made_from(source: Counted | Outside) -> str:
    """The statement that is counted, or the figures of a file from outside."""
    if isinstance(source, Outside):
        return repr(source)
    return f"{source.label} {source.at}\n{source.rows().query.sql_with_params()[0]}"


def definition(measure: Measure) -> list[tuple[str, str]]:
    """What stands beneath each figure."""
    found = [("Definition", f"{measure.sentence} [{measure.authority}]")]
    found += [("Counts", counts_words(measure.parts))] if measure.parts else []
    return [*found, ("Mind", f"{measure.basis.value} {measure.mind}".strip())]


def counts_words(parts: Iterable[Part]) -> str:
    """What is counted, by which moment and for every how many of what; what they share is said once."""
    shared: dict[str, list[str]] = {}
    for part in parts:
        of = f"; for every {part.per:,} {part.of.label}, {part.of.at_words}" if part.of is not None else ""
        shared.setdefault(f"{part.some.at_words}{of}", []).append(part.some.label)
    return ". ".join(f"{capfirst('; '.join(labels))}: {said}" for said, labels in shared.items()) + "."


def heads_of(parts: Iterable[Part], first: str) -> tuple[str, ...]:
    rates = [part for part in parts if part.of is not None]
    if not rates:
        return (first, "Number")
    every = {part.per for part in rates}
    return (first, "Number", "Of", f"For every {every.pop():,}" if len(every) == 1 else "Rate")


def lacking(measure: Measure) -> Told:
    return Told(measure.name, "No data yet.", paragraphs=[measure.lacks], definition=[("Definition", measure.sentence)])


def asked(measure: Measure, window: Window, asking: Asking, by: str = "", *, monthly: bool = False) -> Answer:
    return ask(Question(measure, window, by, asking.unit, monthly), asking.counts)


def trend_of(measure: Measure, asking: Asking, months: int = TREND) -> Answer:
    """Month by month up to the last of the window."""
    drawn = Window(month_on(asking.window.last.replace(day=1), 1 - months), asking.window.last)
    return asked(measure, drawn, asking, monthly=True)


def value_of(measure: Measure, part: Part, window: Window, asking: Asking) -> Value:
    """The figure of a window: added up from the months of the trend where it has them all, else asked for."""
    months = window.months()
    whole_months = (months[0], month_end(months[-1])) == (window.first, window.last)
    if measure.private or not (whole_months and adds_up(part)):
        return asked(measure, window, asking).value(part.code)
    trend = trend_of(measure, asking)
    if not set(months) <= set(trend.months):
        return asked(measure, window, asking).value(part.code)
    values = [trend.value(part.code, month) for month in months]
    whole = None if part.of is None else sum(value.whole or 0 for value in values)
    lacking = next((value.lacking for value in values if value.lacking), "")
    return Value(sum(value.some for value in values), whole, part.per, lacking)


def adds_up(part: Part) -> bool:
    """Whether the months of it make the whole."""
    return all(not source.people if isinstance(source, Outside) else source.adds_up for source in part.sources)


def month_end(first: date) -> date:
    return month_after(first) - timedelta(days=1)


def figure_of(code: str, part_code: str, asking: Asking, months: int = TREND) -> Told:
    """The measure with the chart of its first part, or of the one named, over so many months."""
    measure = MEASURES[code]
    if measure.lacks:
        return lacking(measure)
    if not measure.parts:
        return times_of(measure, asking)
    part = measure.part(part_code) if part_code else measure.parts[0]
    if part.stands_now or measure.private:
        return without_months(measure, asking)
    trend = trend_of(measure, asking, months)
    told = Told(measure.name, definition=definition(measure))
    values = {one.code: value_of(measure, one, asking.window, asking) for one in measure.parts}
    beside = {one.code: tuple(words for _, words in years_of(measure, one, asking)) for one in measure.parts}
    told.headline = headline_of(part, values[part.code], years_of(measure, part, asking), asking.window)
    told.lead = lead_of(part, values[part.code], asking.window)
    if len(measure.parts) > 1 or not told.headline:
        rows = [put(told, one, values[one.code], one.label, ("now",), beside[one.code]) for one in measure.parts]
        told.tables = [(window_words(asking.window), (*heads_of(measure.parts, "Figure"), *YEARS), rows)]
    told.chart = chart_of(measure, part, trend)
    told.chart["notes"] = [
        [f"{day:%Y-%m-%d}", words] for day, words in notes_of(measure, trend.question.window, asking.unit)
    ]
    told.said = times_of(measure, asking).said if measure.took else []
    return with_words(told, measure, asking)


def years_of(measure: Measure, part: Part, asking: Asking) -> list[tuple[str, str]]:
    """The figure of the twelve months that end with the window, and of the twelve before them."""
    last = asking.window.last.replace(day=1)
    spans = year_to(last), year_to(month_on(last, -YEAR))
    return [
        (label, shown_of(value_of(measure, part, window, asking))) for label, window in zip(YEARS, spans, strict=True)
    ]


def shown_of(value: Value) -> str:
    """The figure with both its numbers."""
    if value.lacking or value.whole is None:
        return value.shown
    return f"{value.shown} ({value.some:,} of {value.whole:,})"


def headline_of(part: Part, value: Value, years: list[tuple[str, str]], window: Window) -> Frozen:
    """The figure that the page is about, as it is printed large; nothing of what is not known."""
    if value.lacking:
        return {}
    when = window_words(window)
    if part.of is None:
        return {"shown": value.shown, "words": f"{part.some.label}, {when}", "numbers": "", "years": years}
    few = " Of fewer than 30: one more or less changes it much." if value.few and value.whole else ""
    words = f"{part.some.label} for every {part.per:,} {part.of.label}, {when}"
    return {"shown": value.shown, "words": words, "numbers": f"{value.some:,} of {value.whole:,}.{few}", "years": years}


def with_words(told: Told, measure: Measure, asking: Asking) -> Told:
    """With what it is read with, and what its owner says."""
    told.paragraphs = read_with(measure, asking)
    told.owned = owned.said_on_paper(measure, asking)
    return told


def without_months(measure: Measure, asking: Asking) -> Told:
    """Each figure alone: of what is the same in every window, and of what is told of a whole year."""
    told = Told(measure.name, definition=definition(measure))
    answer = asked(measure, asking.window, asking)
    rows = [put(told, part, answer.value(part.code), part.label, ("now",)) for part in measure.parts]
    told.tables = [("The year" if measure.private else "As it stands", heads_of(measure.parts, "Figure"), rows)]
    return with_words(told, measure, asking)


def put(told: Told, part: Part, value: Value, label: str, key: Key, beside: tuple[str, ...] = ()) -> Row:
    """A row of the numbers of a part, its numbers among those of the block. What is the same number has the same key."""
    some: Key = (part.some.label, part.of.label if part.of else "", part.some.at_words, *key)
    whole: Key | None = (part.of.label, "", part.of.at_words, *key) if part.of is not None else None
    if value.lacking:
        told.lacking[some] = value.lacking
    else:
        told.counts[some] = value.some
        if whole is not None:
            told.counts[whole] = value.whole or 0
    return Row(label, some, whole, part.per, beside)


def lead_of(part: Part, value: Value, window: Window) -> str:
    """Said where there is no figure to print large."""
    return f"{part.label}, {window_words(window)}: {value.lacking}." if value.lacking else ""


def window_words(window: Window) -> str:
    first, last = f"{window.first:%B %Y}", f"{window.last:%B %Y}"
    return first if first == last else f"{first} to {last}"


def year_to(last: date) -> Window:
    """The twelve months that end with the one of which this is the first day."""
    return Window(month_on(last, 1 - YEAR), month_after(last) - timedelta(days=1))


def chart_of(measure: Measure, part: Part, trend: Answer) -> Frozen:
    """The months with what they count, for the chart and the table beneath it."""
    values = [trend.value(part.code, month) for month in trend.months]
    rows = [[f"{month:%Y-%m}", *numbers(value)] for month, value in zip(trend.months, values, strict=True)]
    title = measure.name if len(measure.parts) == 1 else f"{measure.name}: {lower_first(part.label)}"
    heads = [capfirst(part.some.label), capfirst(part.of.label) if part.of else "", f"For every {part.per:,}"]
    lacks = next((value.lacking for value in values if value.lacking), "")
    return {"kind": "months", "title": title, "per": part.per, "rows": rows, "heads": heads, "lacks": lacks}


def numbers(value: Value) -> tuple[int | None, int | None]:
    """As they are drawn: nothing of what is not known."""
    return (None, None) if value.lacking else (value.some, value.whole)


def read_with(measure: Measure, asking: Asking) -> list[str]:
    """The measure of quality that this one is read with; nothing where there is none, or no figure of it yet."""
    other = MEASURES.get(measure.pair)
    if other is None or not other.parts or not told_of(other, asking.unit):
        return []
    part = other.parts[0]
    value = value_of(other, part, asking.window, asking)
    of = f" ({value.some:,} of {value.whole:,})" if value.whole is not None and not value.lacking else ""
    return [f"Read it with {other.called}, {lower_first(part.label)}: {value.shown}{of}."]


def times_of(measure: Measure, asking: Asking) -> Told:
    """How long it took: who has not come to it yet is said."""
    told = Told(measure.name, definition=definition(measure))
    rows = []
    for took in measure.took:
        spread = spreads(took, Question(measure, asking.window, "", asking.unit))[WHOLE]
        days = ("n/a" if one is None else f"{one:.1f}" for one in (spread.half, spread.nine, spread.mean))
        rows.append((f"Days {took.label}", *days, f"{spread.reached:,}", f"{spread.waiting:,}"))
    told.said = [("In days", ("What", "Half within", "Nine in ten within", "Mean", "Came to it", "Not yet"), rows)]
    told.paragraphs = read_with(measure, asking)
    return told


def groups_of(code: str, by: Sequence[str], part_code: str, asking: Asking) -> Told:
    """The window by each breakdown, the whole of it last."""
    measure = MEASURES[code]
    names = [words_of(one) for one in by]
    if measure.lacks:
        return lacking(measure)
    part = measure.part(part_code) if part_code else measure.parts[0]
    told = Told(f"{measure.name}, by {' and by '.join(names)}", definition=definition(measure))
    whole = asked(measure, asking.window, asking)
    for one, name in zip(by, names, strict=True):
        answer = asked(measure, asking.window, asking, one)
        values = [(group, label, answer.value(part.code, None, group)) for group, label in answer.groups]
        rows = [put(told, part, value, label, (one, str(group))) for group, label, value in values]
        rows.append(put(told, part, whole.value(part.code), "All", ("now",)))
        told.tables.append((f"By {name}", heads_of([part], name.capitalize()), rows))
        told.sums += adding_up(part, rows, told, divided=one not in part.spread)
    if len(by) == 1:
        told.chart = {
            "kind": "groups", "title": told.title, "per": part.per,
            "rows": [[row.label, told.counts.get(row.some), told.counts.get(row.whole) if row.whole else None] for row in rows[:-1]],
        }  # fmt: skip
    return told


def adding_up(part: Part, rows: Sequence[Row], told: Told, *, divided: bool = True) -> list[Sum]:
    """That the last row is the sum of the others, of each number that is; people who count once may stand in several. `divided`:
    the whole is divided among the rows as well, not the same in each.
    """
    found = []
    for source, keys in (
        (part.some, [row.some for row in rows]),
        (part.of if divided else None, [row.whole for row in rows]),
    ):
        known = [key for key in keys if key is not None and key in told.counts]
        if source is not None and not once(source) and len(known) == len(keys) > 1:
            found.append(Sum(known[-1], tuple(known[:-1])))
    return found


def once(source: Counted | Outside) -> bool:
    return isinstance(source, Counted) and source.once is not None


def words_of(by: str) -> str:
    return BREAKDOWNS[by].label.lower() if by in BREAKDOWNS else by.replace("_", " ")


def counted_of(code: str, parts: Sequence[str], within: tuple[str, str] | None, asking: Asking) -> Told:
    """Parts of a measure by month and of the whole window. Nothing reaches beyond the window."""
    measure = MEASURES[code]
    if measure.lacks:
        return lacking(measure)
    answer = asked(measure, asking.window, asking, monthly=True)
    told = Told(measure.name, definition=definition(measure))
    rows: dict[str, list[Row]] = {}
    for part in (measure.part(name) for name in parts):
        months = [] if counts_once(part) or measure.private else answer.months
        values = [(one, answer.value(part.code, one)) for one in months]
        rows[part.code] = [put(told, part, value, f"{one:%B %Y}", ("month", f"{one:%Y-%m}")) for one, value in values]
        rows[part.code].append(put(told, part, answer.value(part.code), "The whole time", ("now",)))
        told.tables.append((part.label, heads_of([part], "Month"), rows[part.code]))
        told.sums += [] if counts_once(part) else adding_up(part, rows[part.code], told)
    if within is not None:
        told.sums += left_over(told, rows[within[0]], rows[within[1]])
    return told


def left_over(told: Told, some: Sequence[Row], whole: Sequence[Row]) -> list[Sum]:
    """What is left of one part by another that lies within it: nobody prints it, and everybody can work it out."""
    found = []
    for part, all_of_it in zip(some, whole, strict=True):
        if part.some in told.lacking or all_of_it.some in told.lacking:
            continue
        rest: Key = ("rest of", all_of_it.some, part.some)
        told.counts[rest] = told.counts[all_of_it.some] - told.counts[part.some]
        found.append(Sum(all_of_it.some, (part.some, rest)))
    return found


def counts_once(part: Part) -> bool:
    """Of people who may stand in several months, only the whole is said."""
    return any(once(source) for source in part.sources)


def summed(title: str, codes: Sequence[str], asking: Asking) -> Told:
    """A line for each measure: its first figure, with the years beside it."""
    told = Told(title)
    rows: list[tuple[str, ...]] = []
    for measure in (MEASURES[code] for code in codes):
        if measure.private or measure.compares or not told_of(measure, asking.unit):
            continue  # not of a month, not of a unit: people would be found; what compares others has no figure of its own
        rows.append(line_of(measure, asking))
    told.said = [("First figures", ("Measure", window_words(asking.window), *YEARS), rows)]
    return told


def line_of(measure: Measure, asking: Asking) -> tuple[str, ...]:
    if measure.lacks:
        return (measure.called, "no data yet", "", "")
    if not measure.parts:
        return time_line(measure, asking)
    part = measure.parts[0]
    value = value_of(measure, part, asking.window, asking)
    years = ("", "") if part.stands_now or value.lacking else (words for _, words in years_of(measure, part, asking))
    label = measure.called if part.label == measure.name else f"{measure.called}: {lower_first(part.label)}"
    return (label, shown_of(value), *years)


def time_line(measure: Measure, asking: Asking) -> tuple[str, ...]:
    """Of a measure that is times alone: half of those who came to the first of them, within how many days."""
    took = measure.took[0]
    spread = spreads(took, Question(measure, asking.window, "", asking.unit))[WHOLE]
    half = "n/a" if spread.half is None else f"{spread.half:.1f}"
    return (f"{measure.called}: days {took.label}, half within", half, "", "")
