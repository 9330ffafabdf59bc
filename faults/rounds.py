"""A run: in each round people work, something falls at a random moment, it is mended, and everything is counted."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from faults.deeds import OFFICER, SERGEANT, Record, again, choose, do
from faults.hands import Hands, Unanswered
from faults.ledger import Ledger, Told
from faults.stage import Stage
from faults.troubles import TROUBLES
from faults.witness import Verdict, judge, message_ids

#: Who works: officers with records of their own team, and the sergeants who decide about them.
CAST = {"2877": "NR3", "2208": "NR3", "4471": "NR3", "3046": "NR4", "3920": "NR4", "5120": "SR1", "5307": "SR1"}
SERGEANTS = frozenset({"4471", "3920", "5307"})
DEEDS = 4  # by each person in each round
AT_WORK = """
    SELECT i.id, c.reference, i.state,
        EXISTS (SELECT 1 FROM risk_assessment a WHERE a.incident_id = i.id),
        EXISTS (SELECT 1 FROM cases_unsafereport u WHERE u.case_id = c.id AND u.answered_at IS NULL)
    FROM cases_incident i JOIN cases_case c ON c.id = i.case_id JOIN accounts_unit u ON u.id = c.unit_id
    WHERE u.code = %(unit)s AND i.everyone_safe <> '' ORDER BY i.id DESC LIMIT 8
"""


@dataclass
class Run:
    """What a run has seen so far."""

    stage: Stage
    seed: int
    say: Callable[[str], None]
    ledger: Ledger = field(default_factory=Ledger)
    people: dict[str, Hands] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)
    rounds: int = 0
    sent_again: int = 0
    seconds: float = 0.0
    audit: str = ""

    def rehearse(self, rounds: int) -> None:
        """So many rounds, then the record is proven. Stops at a round that does not come to rest."""
        begun = time.monotonic()
        self.people = {name: Hands(name, self.stage.system.port) for name in CAST}
        for hands in self.people.values():
            hands.sign_in()
        for number in range(1, rounds + 1):
            self.round(number)
        self.seconds = time.monotonic() - begun
        self.audit = self.stage.verify_audit()

    def round(self, number: int) -> None:
        begun, place = time.monotonic(), len(self.ledger.entries)
        draw = random.Random(f"{self.seed}-{number}")
        chosen = draw.sample(sorted(TROUBLES), 2 if draw.random() < 0.3 else 1)
        self.stage.system.clock.move(f"+{draw.randint(0, 90)}m")
        names = draw.sample(sorted(CAST), 4)
        with ThreadPoolExecutor(len(names)) as hall:
            work = [hall.submit(self._shift, name, number) for name in names]
            self._trouble(chosen, draw)
            for done in work:
                done.result()
        self.stage.settle()
        found = judge(self.stage, self.ledger.since(place))
        self._count(chosen, found)
        told = Counter(entry.told for entry in self.ledger.since(place))
        self.say(
            f"round {number:>3}: {', '.join(chosen):<48} done {told[Told.DONE]:>2}, unknown {told[Told.UNKNOWN]:>2}, "
            f"refused {told[Told.REFUSED]:>2}; lost {len(found.lost)}, twice {len(found.twice)}, half {len(found.half)}; "
            f"{time.monotonic() - begun:.1f} s"
        )
        if not found.sound:
            self.say(str(found))

    def _trouble(self, chosen: list[str], draw: random.Random) -> None:
        """In the middle of a form that somebody has just sent; one after the other; then mended while the people go on."""
        self.ledger.wait_for(self.ledger.begun + draw.randint(1, 10), seconds=10)
        time.sleep(draw.uniform(0, 0.08))
        for name in chosen:
            TROUBLES[name](self.stage, draw)
            time.sleep(draw.uniform(0, 0.3))
        self.stage.mend()

    def _shift(self, name: str, number: int) -> None:
        """One person's deeds of the round, each on what stands at that moment; half of the unanswered forms again."""
        draw = random.Random(f"{self.seed}-{number}-{name}")
        hands, unknown = self.people[name], []
        rows = self.stage.ask(AT_WORK, unit=CAST[name])
        records = [Record(*row) for row in rows]
        table = SERGEANT if name in SERGEANTS else OFFICER
        for deed in range(DEEDS):
            record = draw.choice(records)
            mark = f"f{self.seed}-{number}-{name}-{deed}"
            form = choose(table, record, draw)(record, mark, self.stage.system.clock.now())
            try:
                entry = do(hands, form, record, mark, self.ledger)
            except Unanswered:
                continue
            if entry.told is Told.UNKNOWN and draw.random() < 0.5:
                unknown.append(entry)
        for entry in unknown:
            again(hands, entry)

    def _count(self, chosen: list[str], found: Verdict) -> None:
        self.rounds += 1
        self.troubles.update(chosen)
        self.verdict.lost += found.lost
        self.verdict.twice += found.twice
        self.verdict.half += found.half
        ids = message_ids(self.stage)
        self.sent_again = len(ids) - len(set(ids))
