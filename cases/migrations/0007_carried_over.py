from django.db import migrations
from django.utils import timezone

from cases.models.offence import SHIPPED, load_offences, read_offences


def ship(apps, schema_editor):
    """The example list of offences; a force loads its own with `manage.py load_offences`."""
    load_offences(read_offences(SHIPPED), model=apps.get_model("cases", "Offence"))


def one_row_each(apps, schema_editor):
    """What an incident said once of everybody becomes a decision for each suspect, and each tick a row.

    "Nobody was arrested" is true of every suspect. An arrest of one of several is kept without saying of whom: nobody
    said. The columns of the incident stay until a later release; nothing reads them any more.
    """
    Incident = apps.get_model("cases", "Incident")
    for incident in Incident.objects.exclude(arrested="", positive_actions=[], no_action_reason="").iterator():
        decide(apps, incident)
        act(apps, incident)


def decide(apps, incident):
    if not incident.arrested:
        return
    Decision = apps.get_model("cases", "ArrestDecision")
    Involvement = apps.get_model("cases", "Involvement")
    suspects = list(Involvement.objects.filter(incident=incident, part="suspect", struck_out_at=None).order_by("pk"))
    whom = suspects if suspects and (incident.arrested == "no" or len(suspects) == 1) else [None]
    for suspect in whom:
        Decision.objects.create(
            incident=incident, suspect=suspect, state="made", **found_by(incident), arrested=incident.arrested,
            decided_at=incident.arrested_at or incident.recorded_at, arrested_at=incident.arrested_at,
            offences=incident.arrested_for, codes=[incident.no_arrest_code] if incident.no_arrest_code else [],
            why=incident.no_arrest_reason, code_g=incident.code_g, attends_on=incident.attends_on,
        )  # fmt: skip


def one_clock_each(apps, schema_editor):
    """A verdict on a decision is all that stops the clock of a reason not to arrest; it ran on the incident before.

    Of several suspects the first decision takes the one clock that there was: the earlier release wanted one answer.
    """
    Decision = apps.get_model("cases", "ArrestDecision")
    Deadline = apps.get_model("workflow", "Deadline")
    owed = {"policy": "no-arrest-checked", "subject_type": "cases.incident", "stopped_at": None}
    for deadline in Deadline.objects.filter(**owed).order_by("pk"):
        made = Decision.objects.filter(incident=deadline.subject_id, arrested="no", struck_out_at=None)
        decision = made.order_by("pk").first()
        if decision is None:
            deadline.stopped_at, deadline.dropped_because = timezone.now(), "No reason not to arrest is recorded"
        else:
            deadline.subject_type = deadline.source_type = "cases.arrestdecision"
            deadline.subject_id = deadline.source_id = decision.pk
        deadline.save()


def act(apps, incident):
    Action = apps.get_model("cases", "ActionTaken")
    for kind in incident.positive_actions:
        what = incident.no_action_reason if kind == "none" else ""
        Action.objects.create(incident=incident, kind=kind, what=what, **found_by(incident))


def found_by(incident):
    return {"case_id": incident.case_id, "recorded_by_id": incident.recorded_by_id, "recorded_at": incident.recorded_at}


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_recording_in_full"), ("workflow", "0001_initial")]

    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunPython(one_row_each, migrations.RunPython.noop),
        migrations.RunPython(one_clock_each, migrations.RunPython.noop),
    ]
