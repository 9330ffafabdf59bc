"""One open plan for a person, in whichever of their cases; high harm is a term with words like the others."""

from typing import Any

from django.db import migrations, models

from cases.models.definition_set import load_definitions


def load(apps: Any, schema_editor: Any) -> None:
    load_definitions(apps.get_model("cases", "DefinitionSet"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_briefs_of_those_sent")]

    operations = [
        migrations.AlterField(
            model_name='definitionset',
            name='code',
            field=models.CharField(choices=[('repeat_victim', 'Repeat victim'), ('repeat_pair', 'Repeat pair'), ('repeat_suspect', 'Repeat suspect'), ('serial_suspect', 'Serial suspect'), ('repeat_place', 'Repeat location'), ('marac_repeat', 'MARAC repeat'), ('vulnerable', 'Vulnerable'), ('high_harm', 'High harm')], max_length=20, verbose_name='term'),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='repeatplan', name='repeat_plan_one_open'),
        migrations.AddConstraint(
            model_name='repeatplan',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), ('struck_out_at__isnull', True)), fields=('person',), name='repeat_plan_one_open'),
        ),
    ]
