"""EVERY ADDRESS of the product, and how it is filled. An address of the URLconf that is not in this table fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.urls import URLPattern, URLResolver, get_resolver

from cases.models import Incident
from people.models import Place
from tests.doors.conftest import World
from workflow.declare import NEW, WORKFLOWS, Workflow


class Door(Enum):
    """Who gets in."""

    ANYBODY = "answers without sign-in, and says nothing"
    SIGN_IN = "the sign-in itself: a page for whoever is outside, nothing of anybody's work"
    SHUT = "not here, for anybody"
    OWN = "whoever is signed in; it shows what is theirs"
    CASE = "whoever may open the case: the next beat says why first; for others there is no such page"
    PERSON = "whoever may open a case that knows of the person; what wants a reason is left out until it is given"
    NOTICE = "the person told, and nobody else"
    API = "a token or a session; asked of every table in tests/api and tests/doors/test_api.py"
    FIGURES = "whoever answers for the figures of the force; for others there is no such page"
    KEEPERS = "whoever keeps that record of the force; for others there is no such page"


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the table."""

    door: Door
    filled: Callable[[World], list[str]]
    methods: str = "GET POST"  # what it takes; anything else is 405


def just(*paths: str) -> Callable[[World], list[str]]:
    return lambda world: list(paths)


#: Records of conferences, which lie in no investigation: who reads them is proved in tests/marac.
OF_CONFERENCES = frozenset({"emergency", "forum-action", "hearing", "marac-referral", "marac-transfer", "research"})
#: Records of considerations, of which an investigation knows nothing: who reads them is proved in tests/dvds.
OF_DISCLOSURES = frozenset(
    {"consideration", "exceptional", "final-report", "force-transfer", "no-trace", "second-look", "telling"}
)
#: Records read by fewer than may open their case; who they are is proved in tests/cases/test_intelligence.py.
#: Surveys are drawn and answered in tests/reporting, not in the world of the doors.
OF_FEEDBACK = frozenset({"survey", "survey-consent"})
NARROWER = frozenset({"intelligence"}) | OF_CONFERENCES | OF_DISCLOSURES | OF_FEEDBACK


def record(world: World, table: Workflow) -> str:
    """The address of a record of a workflow."""
    ids = {"incident": world.incident.pk, "assessment": world.dash.pk, "case": world.case.pk}
    ids |= {"call": world.call.pk}
    ids |= {name: world.others[name].pk for name in ("task", "threat")}
    ids |= {"repeat-plan": world.others["repeat-plan"].pk}
    ids |= {name: world.others[name].pk for name in ("course", "downgrade", "reassessment")}
    ids |= {name: world.others[name].pk for name in ("safety-plan", "plan-action")}
    ids |= {
        name: world.others[name].pk for name in ("standard-exception", "linked-referral", "serial-plan", "interview")
    }
    ids |= {"not-referred": world.others["not-referred"].pk}
    ids |= {"arrest": world.others["arrest"].pk, "system-check": world.others["system-check"].pk}
    ids |= {"encompass": world.others["encompass"].pk}
    ids |= {"crime": world.others["offence"].pk, "non-crime": world.others["non-crime"].pk}
    ids |= {name: world.others[name].pk for name in ("onward-referral", "exchange", "joint-action")}
    ids |= {"file": world.file.pk, "exhibit": world.exhibit.pk, "device": world.device.pk}
    return f"/work/{table.name}/{ids[table.name]}/"


def of_cases(make: Callable[[Workflow], list[str]]) -> Callable[[World], list[str]]:
    """The addresses beneath each record of the workflows of cases; the other workflows have lines of their own."""

    def filled(world: World) -> list[str]:
        tables = [
            table for table in WORKFLOWS.values() if hasattr(table.model, "case_id") and table.name not in NARROWER
        ]
        return [record(world, table) + rest for table in tables for rest in make(table)]

    return filled


def rows(ending: str) -> Callable[[World], list[str]]:
    """The addresses of one row of each kind of the incident being recorded."""

    def filled(world: World) -> list[str]:
        kinds = WORKFLOWS["incident"].all_rows()
        return [
            f"/work/incident/{world.incident.pk}/rows/{kind.name}/{(world.rows | world.others)[kind.name].pk}/{ending}"
            for kind in kinds
        ]

    return filled


def begun(ending: Callable[[World], str]) -> Callable[[World], list[str]]:
    """The addresses at which a record is begun: a part has a page of its own, and a setting no case."""

    def filled(world: World) -> list[str]:
        tables = [table for table in WORKFLOWS.values() if not table.part_of]
        tables = [table for table in tables if not ending(world) or hasattr(table.model, "case_id")]
        found = [(table, step) for table in tables for step in table.steps if step.source is NEW]
        return [f"/work/{table.name}/new/{step.name}/{ending(world)}" for table, step in found]

    return filled


def people(world: World) -> str:
    return f"/incidents/{world.incident.pk}/people/"


def place_of(world: World) -> int:
    """Where the incident being recorded happened."""
    return Place.objects.get(key=Incident.objects.get(pk=world.incident.pk).place_key).pk


MFA = "sign-in/second-factor/"
# fmt: off
TABLE: dict[str, Address] = {
    # --- probes ---
    "livez": Address(Door.ANYBODY, just("/livez"), "GET"),
    "readyz": Address(Door.ANYBODY, just("/readyz"), "GET"),
    "healthz": Address(Door.ANYBODY, just("/healthz"), "GET"),
    # --- words for anybody ---
    **{end: Address(Door.ANYBODY, just(f"/{end}"), "GET") for end in ("help/", "accessibility/", "privacy/")},
    # --- sign-in and the lock ---
    "sign-in/": Address(Door.SIGN_IN, just("/sign-in/")),
    "sign-out/": Address(Door.SIGN_IN, just("/sign-out/")),
    "sign-in/again/": Address(Door.SIGN_IN, just("/sign-in/again/")),
    "sign-in/inactive/": Address(Door.SIGN_IN, just("/sign-in/inactive/")),
    "sign-in/password/": Address(Door.SIGN_IN, just("/sign-in/password/")),
    "sign-in/password/set/": Address(Door.SHUT, just("/sign-in/password/set/")),
    "sign-in/password/forgotten/": Address(Door.SHUT, just("/sign-in/password/forgotten/")),
    "sign-in/new/": Address(Door.SHUT, just("/sign-in/new/")),
    "sign-in/email/": Address(Door.SHUT, just("/sign-in/email/")),
    "sign-in/email/sent/": Address(Door.SHUT, just("/sign-in/email/sent/")),
    "sign-in/force/": Address(Door.SHUT, just("/sign-in/force/")),  # there with a provider only: tests/accounts
    "sign-in/force/again/": Address(Door.OWN, just("/sign-in/force/again/"), "GET"),
    "sign-in/force/callback/": Address(Door.SHUT, just("/sign-in/force/callback/")),
    **{f"{MFA}{end}": Address(Door.SIGN_IN, just(f"/{MFA}{end}")) for end in (
        "", "authenticate/", "reauthenticate/", "totp/activate/", "totp/deactivate/", "recovery-codes/",
        "recovery-codes/generate/",
    )},
    f"{MFA}recovery-codes/download/": Address(Door.SHUT, just(f"/{MFA}recovery-codes/download/")),
    "sessions/": Address(Door.OWN, just("/sessions/", "/sessions/?page=x", "/sessions/?page=99"), "GET"),
    "sessions/end-others/": Address(Door.OWN, just("/sessions/end-others/"), "POST"),
    "sessions/<slug:handle>/end/": Address(Door.OWN, just(f"/sessions/{'0' * 32}/end/"), "POST"),
    "lock/": Address(Door.OWN, just("/lock/"), "POST"),
    "unlock/": Address(Door.OWN, just("/unlock/")),
    "language/": Address(Door.SIGN_IN, just("/language/")),
    # --- own work ---
    "": Address(Door.OWN, just("/", "/?group=due-soon", "/?after=1"), "GET"),
    "team/": Address(Door.OWN, just("/team/", "/team/?holder=x"), "GET"),
    "team/held-by-nobody/": Address(Door.OWN, just("/team/held-by-nobody/", "/team/held-by-nobody/?after=x"), "GET"),
    "bureau/": Address(Door.OWN, just("/bureau/", "/bureau/?group=later&after=x&beyond=x"), "GET"),  # 403 to whoever is not the bureau
    "team/same-person/": Address(Door.OWN, just("/team/same-person/", "/team/same-person/?after=x"), "GET"),
    "team/no-arrest/": Address(Door.OWN, just("/team/no-arrest/", "/team/no-arrest/?group=later&after=x"), "GET"),
    "team/risk-reviews/": Address(Door.OWN, just("/team/risk-reviews/", "/team/risk-reviews/?group=later&after=x"), "GET"),
    "team/plans-to-approve/": Address(Door.OWN, just("/team/plans-to-approve/", "/team/plans-to-approve/?group=later&after=x"), "GET"),
    "team/plans-to-review/": Address(Door.OWN, just("/team/plans-to-review/", "/team/plans-to-review/?group=later&after=x"), "GET"),
    "notices/": Address(Door.OWN, just("/notices/"), "GET"),
    "notices/read/": Address(Door.OWN, just("/notices/read/"), "POST"),
    "notices/<int:pk>/": Address(Door.NOTICE, lambda w: [f"/notices/{w.notice.pk}/"], "GET"),
    "notices/<int:pk>/mark/": Address(Door.NOTICE, lambda w: [f"/notices/{w.notice.pk}/mark/"], "POST"),
    "notices/mail/": Address(Door.OWN, just("/notices/mail/")),
    "health/": Address(Door.OWN, just("/health/"), "GET"),  # 403 to whoever does not run the service
    "features/": Address(Door.OWN, just("/features/"), "GET"),
    "clocks/": Address(Door.OWN, just("/clocks/"), "GET"),
    "systems/": Address(Door.OWN, just("/systems/", "/systems/?before=x"), "GET"),
    "systems/<int:pk>/": Address(Door.KEEPERS, just("/systems/1/"), "GET"),
    **{f"systems/<int:pk>/{end}/new/": Address(Door.KEEPERS, just(f"/systems/1/{end}/new/")) for end in ("tokens", "webhooks")},
    # --- Clare's Law: board and application page (B); who reads a consideration is proved in tests/dvds ---
    "considerations/": Address(Door.OWN, just("/considerations/", "/considerations/?stage=checks&from=25", "/considerations/?flag=x&holder=x"), "GET"),
    "considerations/<slug:reference>/": Address(Door.KEEPERS, just("/considerations/DA-2026-999999/"), "GET"),
    # --- checks of a consideration (J): who reads them is proved in tests/dvds ---
    "considerations/<slug:reference>/checks/": Address(Door.KEEPERS, just("/considerations/DA-2026-999999/checks/"), "GET"),
    "considerations/<slug:reference>/checks/<slug:code>/<int:person>/": Address(Door.KEEPERS, just("/considerations/DA-2026-999999/checks/pnd/1/")),
    "considerations/<slug:reference>/checks/<slug:code>/<int:person>/away/": Address(Door.KEEPERS, just("/considerations/DA-2026-999999/checks/pnd/1/away/")),
    **{f"considerations/<slug:reference>/checks/{of}/<int:look>/": Address(Door.KEEPERS, just(f"/considerations/DA-2026-999999/checks/{of}/1/")) for of in ("found", "nothing")},
    "marac/forums/": Address(Door.OWN, just("/marac/forums/", "/marac/forums/?after=x"), "GET"),
    "marac/forums/<int:pk>/": Address(Door.KEEPERS, just("/marac/forums/1/"), "GET"),  # who reads one: tests/marac/test_forums.py
    "marac/forums/<int:pk>/agency/": Address(Door.KEEPERS, just("/marac/forums/1/agency/")),
    # --- forums: referrals (M1); for others 403, or a list of their own ---
    "marac/referrals/": Address(Door.OWN, just("/marac/referrals/", "/marac/referrals/?group=past&before=x"), "GET"),
    "marac/referrals/<int:pk>/people/<slug:kind>/": Address(Door.KEEPERS, just("/marac/referrals/1/people/person/")),
    "marac/not-referred/": Address(Door.OWN, just("/marac/not-referred/", "/marac/not-referred/?after=x"), "GET"),
    "agency/marac-referrals/": Address(Door.OWN, just("/agency/marac-referrals/", "/agency/marac-referrals/?before=x"), "GET"),
    # ---
    # --- the door of considerations: who sees what waits is in tests/dvds/test_intake.py ---
    "requests/": Address(Door.OWN, just("/requests/", "/requests/?after=x"), "GET"),
    "requests/<int:pk>/": Address(Door.KEEPERS, just("/requests/1/"), "GET"),
    "requests/new/<slug:step>/": Address(Door.OWN, just("/requests/new/hear/", "/requests/new/learn/")),
    "requests/new/<slug:step>/<int:folder>/": Address(Door.CASE, lambda w: [f"/requests/new/{step}/{w.case.pk}/" for step in ("hear", "learn")]),
    "requests/taken/<int:pk>/people/<slug:kind>/": Address(Door.KEEPERS, just("/requests/taken/1/people/party/")),
    # --- agenda, research, packs: who reads which is in tests/marac ---
    "marac/meetings/": Address(Door.OWN, just("/marac/meetings/", "/marac/meetings/?after=x"), "GET"),
    "marac/meetings/<int:pk>/": Address(Door.KEEPERS, just("/marac/meetings/1/"), "GET"),
    "marac/forums/<int:pk>/meeting/": Address(Door.KEEPERS, just("/marac/forums/1/meeting/")),
    "marac/packs/<int:pk>/": Address(Door.KEEPERS, just("/marac/packs/1/"), "GET"),
    "marac/packs/<int:pk>/paper/": Address(Door.KEEPERS, just("/marac/packs/1/paper/")),
    "agency/research/": Address(Door.OWN, just("/agency/research/", "/agency/research/?after=x&returned=yes"), "GET"),
    # --- the meeting room: who enters and what they see there: tests/marac/test_room.py ---
    **{f"marac/meetings/<int:pk>/{end}": Address(Door.KEEPERS, just(f"/marac/meetings/1/{end}"), "GET") for end in ("room/", "room/fresh/", "minutes/")},
    "marac/meetings/<int:pk>/attendance/": Address(Door.KEEPERS, just("/marac/meetings/1/attendance/")),
    "marac/items/<int:pk>/paper/": Address(Door.KEEPERS, just("/marac/items/1/paper/"), "GET"),
    "marac/items/<int:pk>/call/": Address(Door.KEEPERS, just("/marac/items/1/call/"), "POST"),
    **{f"marac/hearings/<int:pk>/{end}/": Address(Door.KEEPERS, just(f"/marac/hearings/1/{end}/"), "POST") for end in ("timer", "actions", "share")},
    "marac/hearings/<int:pk>/old/<int:action>/": Address(Door.KEEPERS, just("/marac/hearings/1/old/1/")),
    **{f"marac/minutes/<int:pk>/{end}": Address(Door.KEEPERS, just(f"/marac/minutes/1/{end}"), "GET") for end in ("", "paper/")},
    "agency/actions/": Address(Door.OWN, just("/agency/actions/", "/agency/actions/?ended=yes&after=x"), "GET"),
    "marac/actions/": Address(Door.OWN, just("/marac/actions/", "/marac/actions/?forum=x&agency=1&asked=yes&after=9"), "GET"),
    "marac/actions/report/": Address(Door.OWN, just("/marac/actions/report/", "/marac/actions/report/?forum=x&from=2026-02-30"), "GET"),
    "marac/actions/<int:pk>/": Address(Door.KEEPERS, just("/marac/actions/1/"), "GET"),  # tests/marac/test_action_pages.py
    "marac/referrals/<int:pk>/action/": Address(Door.KEEPERS, just("/marac/referrals/1/action/")),
    "marac/referrals/<int:pk>/emergency/": Address(Door.KEEPERS, just("/marac/referrals/1/emergency/")),  # tests/marac/test_emergency.py
    "marac/emergencies/<int:pk>/": Address(Door.KEEPERS, just("/marac/emergencies/1/"), "GET"),
    "marac/returns/": Address(Door.OWN, just("/marac/returns/"), "GET"),
    "marac/returns/template/<slug:kind>/": Address(Door.KEEPERS, just("/marac/returns/template/csv/"), "GET"),
    "marac/returns/entering/": Address(Door.OWN, just("/marac/returns/entering/")),
    "marac/forums/<int:pk>/returns/": Address(Door.KEEPERS, just("/marac/forums/1/returns/"), "GET"),  # tests/marac/test_returns.py
    "marac/forums/<int:pk>/returns/<slug:quarter>/": Address(Door.KEEPERS, just("/marac/forums/1/returns/2026-04-01/", "/marac/forums/1/returns/x/"), "GET"),
    "marac/forums/<int:pk>/returns/<slug:quarter>/sign/": Address(Door.KEEPERS, just("/marac/forums/1/returns/2026-04-01/sign/")),
    "marac/forums/<int:pk>/returns/<slug:quarter>/enter/": Address(Door.KEEPERS, just("/marac/forums/1/returns/2026-04-01/enter/")),
    "marac/forums/<int:pk>/returns/<slug:quarter>/file/<slug:kind>/": Address(Door.KEEPERS, just("/marac/forums/1/returns/2026-04-01/file/csv/"), "GET"),
    # --- the steering group: who reads it is in tests/marac/test_steering.py ---
    "marac/steering-papers/<int:pk>/": Address(Door.KEEPERS, just("/marac/steering-papers/1/"), "GET"),
    "marac/forums/<int:pk>/attendance/": Address(Door.KEEPERS, just("/marac/forums/1/attendance/"), "GET"),
    "marac/forums/<int:pk>/returns/<slug:quarter>/paper/": Address(Door.KEEPERS, just("/marac/forums/1/returns/2026-04-01/paper/"), "POST"),
    "marac/forums/<int:pk>/outcomes/": Address(Door.KEEPERS, just("/marac/forums/1/outcomes/"), "GET"),  # tests/marac/test_outcomes.py
    "marac/forums/<int:pk>/self-assessment/": Address(Door.KEEPERS, just("/marac/forums/1/self-assessment/")),
    "marac/self-assessments/<int:pk>/": Address(Door.KEEPERS, just("/marac/self-assessments/1/"), "GET"),
    "agencies/": Address(Door.OWN, just("/agencies/", "/agencies/?kind=housing&after=x", "/agencies/?lapsed=yes&closed=yes"), "GET"),
    "agencies/<int:pk>/": Address(Door.KEEPERS, just("/agencies/1/"), "GET"),  # who reads one: tests/safeguarding/test_agencies.py
    "agencies/<int:pk>/agreement/": Address(Door.KEEPERS, just("/agencies/1/agreement/")),
    "api/v1/docs/": Address(Door.OWN, just("/api/v1/docs/", "/api/v1/docs/?of=case"), "GET"),
    "when-would-it-be-due/": Address(Door.OWN, just("/when-would-it-be-due/"), "GET"),
    "search/": Address(Door.OWN, just("/search/")),
    "search/saved/": Address(Door.OWN, just("/search/saved/", "/search/saved/?before=x"), "GET"),
    "search/saved/new/": Address(Door.OWN, just("/search/saved/new/")),  # without terms it leads back to the search
    "search/saved/<int:pk>/": Address(Door.KEEPERS, just("/search/saved/1/"), "GET"),  # whoever saved it: tests/people/test_saved.py
    "search/saved/<int:pk>/end/": Address(Door.KEEPERS, just("/search/saved/1/end/"), "POST"),
    "people/new/": Address(Door.OWN, just("/people/new/")),  # without terms it leads back to the search
    "kept/": Address(Door.OWN, just("/kept/"), "POST"),
    "present/": Address(Door.OWN, just("/present/"), "POST"),  # 404 without a record that one may open: tests/cases/test_presence.py
    "incidents/new/": Address(Door.OWN, just("/incidents/new/")),
    "work/<slug:workflow>/new/<slug:step>/": Address(Door.OWN, begun(lambda w: "")),
    # --- who did and saw what; what opens in an emergency: 403 to whoever holds none of the roles ---
    "quality-checks/": Address(Door.OWN, just("/quality-checks/", "/quality-checks/?days=x"), "GET"),
    # --- Clare’s Law, looking back (X): who reads it is proved in tests/dvds ---
    "looking-back/figures/": Address(Door.FIGURES, just("/looking-back/figures/", "/looking-back/figures/?year=x"), "GET"),
    "looking-back/figures/file/": Address(Door.FIGURES, just("/looking-back/figures/file/"), "GET"),
    "looking-back/second-look/": Address(Door.KEEPERS, just("/looking-back/second-look/"), "GET"),
    "cases/<slug:reference>/decision-record/": Address(Door.KEEPERS, just("/cases/DA-2026-999999/decision-record/")),  # tests/reporting/test_decision_record.py
    # --- feedback: who reads what is in tests/reporting (test_surveys, test_consultations, test_partner_feedback) ---
    "feedback/": Address(Door.OWN, just("/feedback/", "/feedback/?days=x"), "GET"),
    "feedback/you-said/": Address(Door.OWN, just("/feedback/you-said/", "/feedback/you-said/?stage=x&state=y&before=z"), "GET"),
    "feedback/surveys/": Address(Door.OWN, just("/feedback/surveys/", "/feedback/surveys/?mine=yes&after=x"), "GET"),
    "surveys/<int:pk>/": Address(Door.KEEPERS, just("/surveys/1/"), "GET"),
    **{f"feedback/{end}/": Address(Door.OWN, just(f"/feedback/{end}/", f"/feedback/{end}/?before=x"), "GET") for end in ("questionnaires", "samples", "partners", "consultations", "reviews")},
    **{f"feedback/{end}/<int:pk>/": Address(Door.KEEPERS, just(f"/feedback/{end}/1/"), "GET") for end in ("findings", "questionnaires", "partners", "consultations", "reviews")},
    "feedback/consultations/<int:pk>/finding/": Address(Door.KEEPERS, just("/feedback/consultations/1/finding/")),
    "feedback/reviews/<int:pk>/action/": Address(Door.KEEPERS, just("/feedback/reviews/1/action/")),
    "equality/": Address(Door.FIGURES, just("/equality/", "/equality/?days=x"), "GET"),
    # --- what inspectors ask, and how good the record is: whoever manages a unit reads it too, tests/reporting/test_answers.py, test_quality.py ---
    "figures/answers/": Address(Door.OWN, just("/figures/answers/"), "GET"),
    "figures/answers/<slug:code>/": Address(Door.KEEPERS, just("/figures/answers/none/"), "GET"),
    "figures/answers/<slug:code>/file/": Address(Door.KEEPERS, just("/figures/answers/none/file/"), "GET"),
    "figures/answers/<slug:code>/outside/": Address(Door.FIGURES, just("/figures/answers/d1/outside/", "/figures/answers/d7/outside/?year=x"), "GET"),
    "figures/answers/<slug:code>/outside/file/": Address(Door.FIGURES, just("/figures/answers/d1/outside/file/"), "GET"),
    "figures/quality/": Address(Door.OWN, just("/figures/quality/", "/figures/quality/?unit=x"), "GET"),
    "figures/quality/file/": Address(Door.OWN, just("/figures/quality/file/"), "GET"),
    "figures/quality/<slug:code>/": Address(Door.KEEPERS, just("/figures/quality/none/"), "GET"),
    "figures/quality/<slug:code>/cases/": Address(Door.KEEPERS, just("/figures/quality/none/cases/"), "GET"),
    "links/": Address(Door.FIGURES, just("/links/", "/links/?days=x"), "GET"),
    "links/file/": Address(Door.FIGURES, just("/links/file/", "/links/file/?days=x"), "GET"),
    "links/data-quality/": Address(Door.FIGURES, just("/links/data-quality/", "/links/data-quality/?days=x"), "GET"),
    "links/<slug:pattern>/<slug:group>/": Address(Door.FIGURES, just("/links/rising/much/", "/links/places/more/?before=x"), "GET"),
    "repeat-victims/": Address(Door.OWN, just("/repeat-victims/", "/repeat-victims/?from=x"), "GET"),  # 403 to whoever plans for nobody
    "repeat-victims/plans/": Address(Door.OWN, just("/repeat-victims/plans/", "/repeat-victims/plans/?before=x"), "GET"),
    # --- what cases decide: 403 to whoever supervises nobody, or plans for nobody ---
    "team/exceptions/": Address(Door.OWN, just("/team/exceptions/", "/team/exceptions/?group=later&after=x"), "GET"),
    "serial-perpetrators/": Address(Door.OWN, just("/serial-perpetrators/", "/serial-perpetrators/?from=x"), "GET"),
    "serial-perpetrators/plans/": Address(Door.OWN, just("/serial-perpetrators/plans/", "/serial-perpetrators/plans/?before=x"), "GET"),
    "administration/training/": Address(Door.OWN, just("/administration/training/", "/administration/training/?course=x&lacking=yes&after=x"), "GET"),
    "administration/training/<int:pk>/": Address(Door.KEEPERS, just("/administration/training/1/"), "GET"),
    "definitions/": Address(Door.OWN, just("/definitions/", "/definitions/?before=x")),
    "definitions/not-read/": Address(Door.OWN, just("/definitions/not-read/", "/definitions/not-read/?after=x"), "GET"),  # 403 to whoever leads nobody
    "audit/": Address(Door.OWN, just("/audit/", "/audit/?officer=1&after=x", "/audit/?person=1&kind=view&operation=disclosure&since=2026-02-30")),
    "audit/unusual/": Address(Door.OWN, just("/audit/unusual/", "/audit/unusual/?day=x"), "GET"),
    "audit/accesses/": Address(Door.OWN, just("/audit/accesses/", "/audit/accesses/?state=reviewed&after=x"), "GET"),
    "audit/export/": Address(Door.OWN, just("/audit/export/")),
    "exports/<int:pk>/": Address(Door.KEEPERS, just("/exports/1/")),
    "exports/<int:pk>/progress/": Address(Door.KEEPERS, just("/exports/1/progress/"), "GET"),
    # --- packs, figures, and whose a measure is: whoever manages a unit reads its own; tests/reporting/packs, measures/test_explorer.py ---
    "packs/": Address(Door.OWN, just("/packs/", "/packs/?pack=performance&before=x"), "GET"),
    "packs/new/": Address(Door.OWN, just("/packs/new/", "/packs/new/?pack=x")),
    "packs/<int:pk>/": Address(Door.KEEPERS, just("/packs/1/"), "GET"),
    "packs/<int:pk>/progress/": Address(Door.KEEPERS, just("/packs/1/progress/"), "GET"),
    "packs/<int:pk>/file/": Address(Door.KEEPERS, just("/packs/1/file/"), "GET"),
    "packs/<int:pk>/figures/": Address(Door.KEEPERS, just("/packs/1/figures/"), "GET"),
    "figures/": Address(Door.OWN, just("/figures/"), "GET"),
    "figures/<slug:code>/": Address(Door.KEEPERS, just("/figures/none/", "/figures/none/?from=x"), "GET"),
    "figures/<slug:code>/cases/": Address(Door.KEEPERS, just("/figures/none/cases/"), "GET"),
    "figures/<slug:code>/file/<slug:kind>/": Address(Door.KEEPERS, just("/figures/none/file/csv/"), "GET"),
    "figures/<slug:code>/paper/": Address(Door.KEEPERS, just("/figures/none/paper/"), "POST"),
    "figures/<slug:code>/owner/": Address(Door.KEEPERS, just("/figures/none/owner/"), "GET"),
    "figures/<slug:code>/owner/new/": Address(Door.KEEPERS, just("/figures/none/owner/new/")),
    "figures/<slug:code>/said/": Address(Door.KEEPERS, just("/figures/none/said/", "/figures/none/said/?before=x"), "GET"),
    "figures/<slug:code>/said/new/": Address(Door.KEEPERS, just("/figures/none/said/new/")),
    # --- figures from outside, and the extract: 403 or 404 to whoever holds none of the roles; tests/reporting/test_outside*.py ---
    # --- measures: whose figures somebody reads is proved in tests/reporting/measures ---
    "figures/notes/": Address(Door.OWN, just("/figures/notes/", "/figures/notes/?measure=m06&before=x"), "GET"),
    "figures/notes/<int:pk>/": Address(Door.KEEPERS, just("/figures/notes/1/"), "GET"),
    "outside/": Address(Door.OWN, just("/outside/", "/outside/?kind=crime&state=waiting&before=x"), "GET"),
    "outside/imports/<int:pk>/": Address(Door.KEEPERS, just("/outside/imports/1/", "/outside/imports/1/?from=50"), "GET"),
    "outside/imports/<int:pk>/rejects/": Address(Door.KEEPERS, just("/outside/imports/1/rejects/"), "GET"),
    "outside/reconciled/": Address(Door.OWN, just("/outside/reconciled/", "/outside/reconciled/?year=x"), "GET"),
    "outside/<slug:kind>/": Address(Door.FIGURES, just("/outside/crime/", "/outside/benchmark/?from=x"), "GET"),
    "outside/<slug:kind>/new/": Address(Door.FIGURES, just("/outside/prosecution/new/")),
    "outside/<slug:kind>/template/": Address(Door.FIGURES, just("/outside/population/template/"), "GET"),
    "extracts/": Address(Door.OWN, just("/extracts/", "/extracts/?before=x"), "GET"),
    "extracts/new/": Address(Door.OWN, just("/extracts/new/")),
    "extracts/shared/": Address(Door.OWN, just("/extracts/shared/", "/extracts/shared/?quarter=x"), "GET"),
    "extracts/shared/file/": Address(Door.FIGURES, just("/extracts/shared/file/"), "GET"),
    "extracts/dictionary/": Address(Door.OWN, just("/extracts/dictionary/"), "GET"),
    "extracts/dictionary/file/": Address(Door.FIGURES, just("/extracts/dictionary/file/"), "GET"),
    # ---
    "emergency/": Address(Door.OWN, just("/emergency/")),
    "emergency/people/<int:person>/": Address(Door.PERSON, lambda w: [f"/emergency/people/{w.hannah.pk}/"]),
    "registrar/": Address(Door.OWN, just("/registrar/", "/registrar/?before=x"), "GET"),  # 403 to whoever is not the crime registrar
    "registrar/<slug:name>/": Address(Door.OWN, lambda w: [f"/registrar/{name}/" for name in ("non-crimes", "cancellations", "cancelled", "flags")], "GET"),
    # --- partner agencies: tests/safeguarding/test_agencies.py says who reads what ---
    # --- schools: tests/safeguarding/test_encompass_sent.py says who reads what ---
    "schools/": Address(Door.OWN, just("/schools/", "/schools/?authority=x&after=y&lacks=z"), "GET"),
    "schools/<int:pk>/": Address(Door.KEEPERS, just("/schools/1/"), "GET"),
    **{f"schools/<int:pk>/{end}/": Address(Door.KEEPERS, just(f"/schools/1/{end}/")) for end in ("key-adult", "days")},
    "encompass/": Address(Door.OWN, just("/encompass/", "/encompass/?show=late&days=x&school=y&before=z"), "GET"),
    "encompass/<int:pk>/": Address(Door.CASE, lambda w: [f"/encompass/{w.others['encompass'].pk}/"], "GET"),
    "encompass/letters/": Address(Door.OWN, just("/encompass/letters/", "/encompass/letters/?before=x"), "GET"),
    "encompass/letters/<int:pk>/": Address(Door.KEEPERS, just("/encompass/letters/1/"), "GET"),
    # --- a case and its records ---
    "cases/<slug:reference>/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/"]),
    "cases/<slug:reference>/reason/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/reason/"]),
    "cases/<slug:reference>/looks/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/looks/"], "GET"),
    "cases/<slug:reference>/systems/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/systems/"], "GET"),
    "cases/<slug:reference>/systems/<slug:code>/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/systems/pnc/"]),
    "cases/<slug:reference>/systems/<slug:code>/<int:person>/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/systems/pnc/{w.rows['suspect'].person_id}/"]),
    **{f"cases/<slug:reference>/{end}/": Address(Door.CASE, lambda w, end=end: [f"/cases/{w.case.reference}/{end}/"], "GET") for end in ("decisions", "standards")},
    "intelligence/<int:pk>/": Address(Door.KEEPERS, just("/intelligence/1/"), "GET"),  # read by few: tests/cases/test_intelligence.py
    "cases/<slug:reference>/safe-contact/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/safe-contact/"], "GET"),
    "incidents/<int:incident>/decisions/<slug:kind>/": Address(Door.CASE, lambda w: [f"/incidents/{w.incident.pk}/decisions/arrest/"]),
    "incidents/<int:incident>/arrests/<int:suspect>/": Address(Door.CASE, lambda w: [f"/incidents/{w.incident.pk}/arrests/{w.rows['suspect'].pk}/"]),
    "incidents/<int:incident>/children/<slug:kind>/": Address(Door.CASE, lambda w: [f"/incidents/{w.incident.pk}/children/unborn/"]),
    "cases/<slug:reference>/code-word/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/code-word/"]),
    "cases/<slug:reference>/case-file/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/case-file/"]),
    "cases/<slug:reference>/files/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/files/"], "GET"),
    "cases/<slug:reference>/files/add/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/files/add/"]),
    "files/<int:pk>/": Address(Door.CASE, lambda w: [f"/files/{w.file.pk}/"], "GET"),
    "files/<int:pk>/small/": Address(Door.CASE, lambda w: [f"/files/{w.file.pk}/small/"], "GET"),
    "body-worn-video/": Address(Door.OWN, just("/body-worn-video/", "/body-worn-video/?days=x&after=y"), "GET"),
    "calls/new/": Address(Door.OWN, just("/calls/new/")),  # 403 to whoever is not in the control room
    "calls/check/": Address(Door.OWN, just("/calls/check/"), "POST"),
    "calls/<int:call>/record/": Address(Door.CASE, lambda w: [f"/calls/{w.call.pk}/record/"]),
    "briefs/<slug:about>/<int:pk>/": Address(Door.CASE, lambda w: [f"/briefs/call/{w.call.pk}/", f"/briefs/incident/{w.incident.pk}/", f"/briefs/case/{w.case.pk}/"], "GET"),
    "briefs/<slug:about>/<int:pk>/paper/": Address(Door.CASE, lambda w: [f"/briefs/call/{w.call.pk}/paper/", f"/briefs/incident/{w.incident.pk}/paper/", f"/briefs/case/{w.case.pk}/paper/"]),
    "briefs/call/<int:pk>/read/": Address(Door.CASE, lambda w: [f"/briefs/call/{w.call.pk}/read/"], "POST"),
    "stalking/": Address(Door.OWN, just("/stalking/", "/stalking/?from=x"), "GET"),
    "board/": Address(Door.OWN, just("/board/", "/board/?group=missed&after=x", "/board/?group=x"), "GET"),
    "board/live/": Address(Door.OWN, just("/board/live/"), "GET"),
    "board/<slug:name>/": Address(Door.OWN, just("/board/grading/", "/board/missed/?days=x&after=y", "/board/flags/", "/board/briefs/", "/board/likely/"), "GET"),
    "incidents/<int:incident>/people/<slug:part>/": Address(Door.CASE, lambda w: [f"{people(w)}{part}/" for part in w.rows]),
    "incidents/<int:incident>/people/<int:row>/still-true/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows['suspect'].pk}/still-true/"]),
    "incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows['victim'].pk}/facts/{kind}/" for kind in ("address", "telephone", "note", "school", "more", "name", "vehicle", "handle", "identifier", "warning", "link", "mappa", "scheme")]),
    "incidents/<int:incident>/people/<int:row>/about/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows[part].pk}/about/" for part in ("victim", "suspect")]),
    "incidents/<int:incident>/people/<int:row>/facts/<slug:kind>/<int:fact>/take-out/": Address(Door.CASE, lambda w: [f"{people(w)}{w.rows['victim'].pk}/facts/note/{w.note}/take-out/"]),
    "dash/<int:pk>/": Address(Door.CASE, lambda w: [f"/dash/{w.dash.pk}/"]),
    # --- how somebody works their queue ---
    "team/several/": Address(Door.OWN, just("/team/several/"), "POST"),
    "queue-view/<slug:queue>/": Address(Door.OWN, just("/queue-view/team/", "/queue-view/my-work/"), "POST"),
    "keyboard/": Address(Door.OWN, just("/keyboard/")),
    # ---
    "dash/begin/<int:incident>/": Address(Door.CASE, lambda w: [f"/dash/begin/{w.incident.pk}/"]),
    "safety-plans/<int:pk>/kinds/<int:kind>/": Address(Door.CASE, lambda w: [f"/safety-plans/{w.others['safety-plan'].pk}/kinds/{w.others['plan-action'].kind_id}/"]),
    "deadlines/<int:pk>/": Address(Door.CASE, lambda w: [f"/deadlines/{w.deadline.pk}/"]),
    "documents/<int:pk>/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/"], "GET"),
    "documents/<int:pk>/progress/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/progress/"], "GET"),
    "documents/<int:pk>/file/": Address(Door.CASE, lambda w: [f"/documents/{w.document.pk}/file/"], "GET"),
    "people/<int:pk>/same-as/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/same-as/"]),
    "people/pairs/<int:pk>/": Address(Door.KEEPERS, just("/people/pairs/1/"), "GET"),  # tests/people/test_duplicates.py
    "people/<int:pk>/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/"], "GET"),
    "people/<int:pk>/narrative/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/narrative/", f"/people/{w.hannah.pk}/narrative/?after=x"], "GET"),
    "people/<int:pk>/with/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/with/"], "GET"),
    "people/<int:pk>/addresses/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/addresses/"], "GET"),
    "people/<int:pk>/systems/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/systems/"], "GET"),
    "people/<int:one>/with/<int:other>/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/with/{w.rows['suspect'].person_id}/"], "GET"),
    "people/<int:pk>/narrative/paper/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/narrative/paper/"]),
    "people/<int:one>/with/<int:other>/paper/": Address(Door.PERSON, lambda w: [f"/people/{w.hannah.pk}/with/{w.rows['suspect'].person_id}/paper/"]),
    "places/<int:pk>/": Address(Door.PERSON, lambda w: [f"/places/{place_of(w)}/", f"/places/{place_of(w)}/?lived=x&happened=y"], "GET"),
    "work/<slug:workflow>/new/<slug:step>/in/<int:folder>/": Address(Door.CASE, begun(lambda w: f"in/{w.case.pk}/")),
    "work/<slug:workflow>/<int:pk>/": Address(Door.CASE, of_cases(lambda t: [""])),
    "work/<slug:workflow>/<int:pk>/sections/<slug:section>/": Address(Door.CASE, of_cases(lambda t: [f"sections/{s.name}/" for s in t.sections])),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/": Address(Door.CASE, of_cases(lambda t: [f"rows/{k.name}/" for k in t.all_rows()])),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/": Address(Door.CASE, rows("")),
    "work/<slug:workflow>/<int:pk>/rows/<slug:kind>/<int:row>/strike/": Address(Door.CASE, rows("strike/")),
    "work/<slug:workflow>/<int:pk>/decide/<slug:of>/": Address(Door.CASE, lambda w: [f"/work/incident/{w.sent.pk}/decide/record/"]),
    "work/<slug:workflow>/<int:pk>/<slug:step>/": Address(Door.CASE, of_cases(lambda t: [f"{s.name}/" for s in t.steps])),
    # --- partner agencies, services, what is referred to others; the pages of a partner: 403 or 404 to whoever is none ---
    "services/": Address(Door.OWN, just("/services/", "/services/?after=x&need=y&language=z&case=x"), "GET"),
    "services/use/": Address(Door.OWN, just("/services/use/"), "GET"),
    "services/<int:pk>/": Address(Door.KEEPERS, just("/services/999999/"), "GET"),
    "children-exposed/": Address(Door.OWN, just("/children-exposed/", "/children-exposed/?from=x"), "GET"),
    "cases/<slug:reference>/referrals/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/referrals/", f"/cases/{w.case.reference}/referrals/?before=x"], "GET"),
    "cases/<slug:reference>/referrals/<slug:step>/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/referrals/{step}/" for step in ("refer-children", "refer-adult", "refer-adviser", "refer-programme", "refer", "signpost")]),
    "cases/<slug:reference>/shared/": Address(Door.CASE, lambda w: [f"/cases/{w.case.reference}/shared/", f"/cases/{w.case.reference}/shared/?before=x"], "GET"),
    "agency/": Address(Door.OWN, just("/agency/"), "GET"),
    "agency/referrals/": Address(Door.OWN, just("/agency/referrals/", "/agency/referrals/?before=x"), "GET"),
    "agency/referrals/<int:pk>/": Address(Door.KEEPERS, just("/agency/referrals/999999/"), "GET"),
    # --- tellings and final reports: whoever may open the consideration; tests/dvds/test_telling_pages.py ---
    "considerations/tellings/<int:pk>/": Address(Door.KEEPERS, just("/considerations/tellings/999999/"), "GET"),
    "considerations/reports/": Address(Door.OWN, just("/considerations/reports/", "/considerations/reports/?after=x"), "GET"),  # 403 to others
    "considerations/reports/<int:pk>/": Address(Door.KEEPERS, just("/considerations/reports/999999/"), "GET"),
    # --- administration: for whoever keeps the records of the force; others are told that it is not theirs ---
    "sign-in/first-password/": Address(Door.SIGN_IN, just("/sign-in/first-password/")),
    **{f"administration/{end}": Address(Door.OWN, just(f"/administration/{end}"), "GET") for end in ("", "units/", "postings/", "holidays/", "numbers/", "lists/", "instruments/")},
    "administration/instruments/<int:pk>/": Address(Door.KEEPERS, just("/administration/instruments/1/"), "GET"),
    "administration/people/": Address(Door.OWN, just("/administration/people/", "/administration/people/?after=x&unit=y")),
    "administration/people/<int:pk>/": Address(Door.KEEPERS, just("/administration/people/1/"), "GET"),
    "administration/people/<int:pk>/code/": Address(Door.KEEPERS, just("/administration/people/1/code/")),
    "administration/units/<int:pk>/": Address(Door.KEEPERS, just("/administration/units/1/"), "GET"),
    "administration/holidays/<int:pk>/": Address(Door.KEEPERS, just("/administration/holidays/1/"), "GET"),
    "administration/people/<int:pk>/posting/<slug:step>/": Address(Door.KEEPERS, just("/administration/people/1/posting/ask/")),
    "administration/postings/<int:pk>/<slug:step>/": Address(Door.KEEPERS, just("/administration/postings/1/end/")),
}
# fmt: on


API = Address(Door.API, just(), "")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The whole route of every pattern of the URLconf, named or not."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from routes(found, route)


def address_of(route: str) -> Address | None:
    """The line of the table. The addresses of the API are made from the tables, so they are one line for all."""
    if route not in TABLE and route.startswith("api/v1/"):
        return API
    return TABLE.get(route)
