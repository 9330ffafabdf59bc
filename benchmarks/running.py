"""The four runs: measure at each scale, load, search at each number of people, and five years of so many reports."""

from __future__ import annotations

import argparse

from benchmarks import figures, search_figures, stage
from benchmarks.figures import Scale
from benchmarks.loading import drive
from benchmarks.measuring import measure as operations
from benchmarks.risk_sweeping import measure_risk_sweeps
from benchmarks.search_measuring import measure_search
from benchmarks.search_seeding import seed_people
from benchmarks.seeding import seed
from benchmarks.sweeping import measure_sweeps
from benchmarks.years import figures as year_figures
from benchmarks.years.measuring import measure as asked_of_years
from benchmarks.years.seeding import seed_years
from config.local.paths import say


def measure(read: argparse.Namespace) -> None:
    scales = []
    for scale in read.scale:
        say(f"{scale:,} open deadlines")
        with stage.database(scale):
            seeded = seed(scale)
            measured = operations(seeded, read.rounds), measure_sweeps(read.rounds), measure_risk_sweeps(read.rounds)
            scales.append(Scale(scale, seeded, *measured))
            text = figures.markdown(scales, read.rounds)
        _keep(read, text, figures.plain(scales), (figures.BEGIN, figures.END))  # what is measured stays, come what may
    say(text)


def load(read: argparse.Namespace) -> None:
    with stage.database(read.scale[0]):
        seed(read.scale[0])
        with stage.served() as port:
            loaded = drive(port, read.people, read.seconds)
        text = f"{figures.where(1)}\n\n{loaded.markdown(read.scale[0])}"
        _keep(read, text, loaded.plain(), (figures.LOAD_BEGIN, figures.LOAD_END))
    say(text)


def search(read: argparse.Namespace) -> None:
    scales = []
    for people in read.scale:
        say(f"{people:,} people, {2 * people:,} incidents")
        with stage.database(people):
            scales.append(measure_search(seed_people(people), read.questions, read.rounds))
            text = search_figures.markdown(scales, read.rounds, read.questions)
        _keep(read, text, search_figures.plain(scales), (search_figures.BEGIN, search_figures.END))
    say(text)


def years(read: argparse.Namespace) -> None:
    scales = []
    for reports in read.scale:
        say(f"{reports:,} reports in five years")
        with stage.database(reports):
            seeded = seed_years(reports)
            scales.append(year_figures.Scale(seeded, asked_of_years(seeded, read.rounds)))
            text = year_figures.markdown(scales, read.rounds)
        _keep(read, text, year_figures.plain(scales), (year_figures.BEGIN, year_figures.END))
    say(text)


def _keep(read: argparse.Namespace, text: str, plain: object, marks: tuple[str, str]) -> None:
    if read.markdown:
        figures.write_markdown(read.markdown, text, marks)
    if read.json:
        figures.write_json(read.json, plain)
