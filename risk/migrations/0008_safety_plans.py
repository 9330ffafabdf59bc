"""Safety plans, and the kinds of action that come with the product."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from risk.models.plan_kind import SHIPPED, load_action_kinds, read_action_kinds
from workflow.together import Together


def load(apps: Any, schema_editor: Any) -> None:
    load_action_kinds(read_action_kinds(SHIPPED), model=apps.get_model("risk", "PlanActionKind"))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_one_plan_for_a_person'),
        ('people', '0009_saved_searches'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('risk', '0007_what_is_no_reason'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name='PlanActionKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('group', models.CharField(choices=[('immediate', 'At once'), ('victim', 'What the victim does'), ('police', 'What police and partners do'), ('suspect', 'Facing the suspect'), ('children', 'For the children'), ('digital', 'Phones, accounts, devices')], max_length=10)),
                ('label', models.CharField(max_length=120)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=30), blank=True, default=list, size=None)),
                ('child_to_parent', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('authority', models.CharField(max_length=200)),
                ('ended', models.BooleanField(default=False, help_text='Offered no longer; the actions of plans keep it')),
            ],
        ),
        migrations.CreateModel(
            name='FactorLeft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('factor', models.CharField(max_length=30)),
                ('why', models.TextField(max_length=2000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(choices=[('open', 'To do'), ('in_progress', 'In hand'), ('done', 'Done'), ('asked', 'Said not to be possible'), ('not_possible', 'Not possible'), ('superseded', 'Superseded')], default='open', editable=False, max_length=30)),
                ('what', models.TextField(max_length=1000)),
                ('agency', models.CharField(blank=True, max_length=120)),
                ('due_at', models.DateTimeField()),
                ('priority', models.CharField(choices=[('now', 'Now'), ('soon', 'Soon'), ('ordinary', 'In the ordinary course')], default='soon', max_length=10)),
                ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('forum', models.CharField(blank=True, max_length=120, verbose_name='the forum that set it')),
                ('evidence', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='what shows that it was done')),
                ('result', models.CharField(blank=True, choices=[('removed', 'The risk is removed'), ('reduced', 'The risk is reduced'), ('unchanged', 'The risk is unchanged')], editable=False, max_length=10)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('why_not', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='why it is not possible')),
                ('carried_from', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='risk.planaction')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risk.planaction')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risk.planactionkind')),
            ],
        ),
        migrations.CreateModel(
            name='PlanInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('agency', models.CharField(max_length=120)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('said_on', models.DateField()),
                ('words', models.TextField(max_length=2000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlanReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('asked', 'Review asked for'), ('reviewed', 'Reviewed, and kept as it is')], max_length=10)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(max_length=4000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlanShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('agency', models.CharField(max_length=120)),
                ('shared_on', models.DateField()),
                ('basis', models.CharField(choices=[('public_task', 'Public task and safeguarding of people at risk'), ('vital', 'Vital interests: a life is in danger'), ('consent', 'The victim asked for it')], max_length=12)),
                ('what', models.TextField(blank=True, max_length=1000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SafetyPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(editable=False, max_length=30)),
                ('number', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('wishes', models.TextField(blank=True, max_length=4000, verbose_name='what the victim wants')),
                ('agreed', models.CharField(blank=True, choices=[('yes', 'Yes, with all of it'), ('partly', 'With a part of it'), ('no', 'No: we act without'), ('not_asked', 'Not asked: it was not safe, or not possible')], max_length=10)),
                ('agreed_why', models.TextField(blank=True, max_length=2000, verbose_name='why we act without agreement')),
                ('safe_copy', models.CharField(blank=True, choices=[('nothing', 'Nothing in writing: told face to face'), ('by_heart', 'Gone through until the victim knows it by heart'), ('trusted', 'With somebody whom the victim trusts'), ('adviser', 'Kept by the adviser'), ('on_paper', 'On paper: the victim says that it is safe')], max_length=10)),
                ('safe_copy_words', models.CharField(blank=True, max_length=500)),
                ('out_of_hours', models.CharField(blank=True, max_length=500, verbose_name='whom the victim rings at night')),
                ('returned_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, editable=False, size=None)),
                ('residual', models.TextField(blank=True, editable=False, max_length=4000, verbose_name='the risk that is left')),
                ('ended_because', models.TextField(blank=True, editable=False, max_length=4000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('person', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='safety_plans', to='people.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='risk.safetyplan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('agency', models.CharField(max_length=120)),
                ('shared_on', models.DateField()),
                ('basis', models.CharField(choices=[('public_task', 'Public task and safeguarding of people at risk'), ('vital', 'Vital interests: a life is in danger'), ('consent', 'The victim asked for it')], max_length=12)),
                ('what', models.TextField(blank=True, max_length=1000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.planshare')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
]),
        migrations.AddField(
            model_name='planshare',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='risk.safetyplan'),
        ),
        migrations.CreateModel(
            name='PlanReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('asked', 'Review asked for'), ('reviewed', 'Reviewed, and kept as it is')], max_length=10)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(max_length=4000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.planreview')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='planreview',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='risk.safetyplan'),
        ),
        migrations.CreateModel(
            name='PlanInputEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('agency', models.CharField(max_length=120)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('said_on', models.DateField()),
                ('words', models.TextField(max_length=2000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.planinput')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='planinput',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='risk.safetyplan'),
        ),
        migrations.CreateModel(
            name='PlanActionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(choices=[('open', 'To do'), ('in_progress', 'In hand'), ('done', 'Done'), ('asked', 'Said not to be possible'), ('not_possible', 'Not possible'), ('superseded', 'Superseded')], default='open', editable=False, max_length=30)),
                ('what', models.TextField(max_length=1000)),
                ('agency', models.CharField(blank=True, max_length=120)),
                ('due_at', models.DateTimeField()),
                ('priority', models.CharField(choices=[('now', 'Now'), ('soon', 'Soon'), ('ordinary', 'In the ordinary course')], default='soon', max_length=10)),
                ('factors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('forum', models.CharField(blank=True, max_length=120, verbose_name='the forum that set it')),
                ('evidence', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='what shows that it was done')),
                ('result', models.CharField(blank=True, choices=[('removed', 'The risk is removed'), ('reduced', 'The risk is reduced'), ('unchanged', 'The risk is unchanged')], editable=False, max_length=10)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('why_not', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='why it is not possible')),
                ('carried_from', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.planaction')),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.planaction')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.planaction')),
                ('kind', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.planactionkind')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='planaction',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='risk.safetyplan'),
        ),
        migrations.CreateModel(
            name='FactorLeftEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('factor', models.CharField(max_length=30)),
                ('why', models.TextField(max_length=2000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.factorleft')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='factorleft',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factors_left', to='risk.safetyplan'),
        ),
        migrations.CreateModel(
            name='SafetyPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(editable=False, max_length=30)),
                ('number', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('wishes', models.TextField(blank=True, max_length=4000, verbose_name='what the victim wants')),
                ('agreed', models.CharField(blank=True, choices=[('yes', 'Yes, with all of it'), ('partly', 'With a part of it'), ('no', 'No: we act without'), ('not_asked', 'Not asked: it was not safe, or not possible')], max_length=10)),
                ('agreed_why', models.TextField(blank=True, max_length=2000, verbose_name='why we act without agreement')),
                ('safe_copy', models.CharField(blank=True, choices=[('nothing', 'Nothing in writing: told face to face'), ('by_heart', 'Gone through until the victim knows it by heart'), ('trusted', 'With somebody whom the victim trusts'), ('adviser', 'Kept by the adviser'), ('on_paper', 'On paper: the victim says that it is safe')], max_length=10)),
                ('safe_copy_words', models.CharField(blank=True, max_length=500)),
                ('out_of_hours', models.CharField(blank=True, max_length=500, verbose_name='whom the victim rings at night')),
                ('returned_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, editable=False, size=None)),
                ('residual', models.TextField(blank=True, editable=False, max_length=4000, verbose_name='the risk that is left')),
                ('ended_because', models.TextField(blank=True, editable=False, max_length=4000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('person', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risk.safetyplan')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='risk.safetyplan')),
            ],
            options={
                'abstract': False,
            },
        ),
        Together([
migrations.AddIndex(
            model_name='safetyplan',
            index=models.Index(fields=['case', '-id'], name='safety_plan_of_case'),
        ),
        migrations.AddConstraint(
            model_name='safetyplan',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_force'), ('struck_out_at__isnull', True)), fields=('case',), name='safety_plan_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='safetyplan',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'sent']), ('struck_out_at__isnull', True)), fields=('case',), name='safety_plan_one_being_made'),
        ),
        migrations.AddConstraint(
            model_name='safetyplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('residual', ''), _negated=True), _connector='OR'), name='safety_plan_says_what_is_left'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetyplan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_safetyplanevent" ("agreed", "agreed_why", "case_id", "ended_because", "id", "number", "out_of_hours", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "residual", "returned_parts", "safe_copy", "safe_copy_words", "state", "struck_out_at", "supersedes_id", "version", "wishes") VALUES (NEW."agreed", NEW."agreed_why", NEW."case_id", NEW."ended_because", NEW."id", NEW."number", NEW."out_of_hours", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."residual", NEW."returned_parts", NEW."safe_copy", NEW."safe_copy_words", NEW."state", NEW."struck_out_at", NEW."supersedes_id", NEW."version", NEW."wishes"); RETURN NULL;', hash='9a0ce14348fe049b94060a15416a1e7baface8bb', operation='INSERT', pgid='pgtrigger_insert_insert_83539', table='risk_safetyplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetyplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_safetyplanevent" ("agreed", "agreed_why", "case_id", "ended_because", "id", "number", "out_of_hours", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "residual", "returned_parts", "safe_copy", "safe_copy_words", "state", "struck_out_at", "supersedes_id", "version", "wishes") VALUES (NEW."agreed", NEW."agreed_why", NEW."case_id", NEW."ended_because", NEW."id", NEW."number", NEW."out_of_hours", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."residual", NEW."returned_parts", NEW."safe_copy", NEW."safe_copy_words", NEW."state", NEW."struck_out_at", NEW."supersedes_id", NEW."version", NEW."wishes"); RETURN NULL;', hash='49d60f25e9468669f55e72cbaa2f15acd2d1d7e9', operation='UPDATE', pgid='pgtrigger_update_update_649d9', table='risk_safetyplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planshareevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2d46cace36e2508b28361f78cdd514892372a39a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81806', table='risk_planshareevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='planshare',
            index=models.Index(fields=['plan'], name='plan_share_of_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planshare',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_planshareevent" ("agency", "basis", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "shared_on", "struck_out_at", "version", "what") VALUES (NEW."agency", NEW."basis", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."shared_on", NEW."struck_out_at", NEW."version", NEW."what"); RETURN NULL;', hash='c9c78dba6e1cb3ca186b05a7b07bd9e71ec9f156', operation='INSERT', pgid='pgtrigger_insert_insert_d0680', table='risk_planshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planshare',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_planshareevent" ("agency", "basis", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "shared_on", "struck_out_at", "version", "what") VALUES (NEW."agency", NEW."basis", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."shared_on", NEW."struck_out_at", NEW."version", NEW."what"); RETURN NULL;', hash='94407bc53f0b265782a61c4668a05f558c4f726d', operation='UPDATE', pgid='pgtrigger_update_update_e9c63', table='risk_planshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planreviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44f6194241c09904becb47b57d24983b2c73a5bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e6d0', table='risk_planreviewevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='planreview',
            index=models.Index(fields=['plan', '-at'], name='plan_review_of_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_planreviewevent" ("at", "case_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "struck_out_at", "version", "words") VALUES (NEW."at", NEW."case_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version", NEW."words"); RETURN NULL;', hash='efbed1685d73074a2f2d42998159f899d478cbed', operation='INSERT', pgid='pgtrigger_insert_insert_a983a', table='risk_planreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_planreviewevent" ("at", "case_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "struck_out_at", "version", "words") VALUES (NEW."at", NEW."case_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version", NEW."words"); RETURN NULL;', hash='0ee84b01c199ac167065aff4f590819620142b63', operation='UPDATE', pgid='pgtrigger_update_update_0ce13', table='risk_planreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planinputevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eafcbf44f03cffa0786c0d081d44509f74aaa998', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_372d3', table='risk_planinputevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='planinput',
            index=models.Index(fields=['plan'], name='plan_input_of_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planinput',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_planinputevent" ("agency", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "said_on", "struck_out_at", "version", "who", "words") VALUES (NEW."agency", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_on", NEW."struck_out_at", NEW."version", NEW."who", NEW."words"); RETURN NULL;', hash='19dd0f72b45559bde6e92c577d8b013ede51a7da', operation='INSERT', pgid='pgtrigger_insert_insert_cdc8b', table='risk_planinput', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planinput',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_planinputevent" ("agency", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "said_on", "struck_out_at", "version", "who", "words") VALUES (NEW."agency", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_on", NEW."struck_out_at", NEW."version", NEW."who", NEW."words"); RETURN NULL;', hash='6db767833080abb27c9e3253b311b503cb6c979e', operation='UPDATE', pgid='pgtrigger_update_update_807a6', table='risk_planinput', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planactionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c8274ff60f00d2277045dc771e003815fa88bab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49350', table='risk_planactionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='planaction',
            index=models.Index(fields=['plan', 'due_at', 'id'], name='plan_action_of_plan'),
        ),
        migrations.AddIndex(
            model_name='planaction',
            index=models.Index(fields=['case', '-id'], name='plan_action_of_case'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(('owner__isnull', False), models.Q(('agency', ''), _negated=True), _connector='OR'), name='plan_action_has_an_owner'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('result', ''), _negated=True), models.Q(('evidence', ''), _negated=True)), _connector='OR'), name='plan_action_ends_with_its_result'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_possible'), _negated=True), models.Q(('why_not', ''), _negated=True), _connector='OR'), name='plan_action_not_possible_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_planactionevent" ("agency", "carried_from_id", "case_id", "due_at", "ended_at", "evidence", "factors", "forum", "id", "kind_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "priority", "recorded_at", "recorded_by_id", "replaced_by_id", "result", "state", "struck_out_at", "version", "what", "why_not") VALUES (NEW."agency", NEW."carried_from_id", NEW."case_id", NEW."due_at", NEW."ended_at", NEW."evidence", NEW."factors", NEW."forum", NEW."id", NEW."kind_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."priority", NEW."recorded_at", NEW."recorded_by_id", NEW."replaced_by_id", NEW."result", NEW."state", NEW."struck_out_at", NEW."version", NEW."what", NEW."why_not"); RETURN NULL;', hash='5656f28a52b2cb7dbaf353355a2d533540614d7a', operation='INSERT', pgid='pgtrigger_insert_insert_19fa0', table='risk_planaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_planactionevent" ("agency", "carried_from_id", "case_id", "due_at", "ended_at", "evidence", "factors", "forum", "id", "kind_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "priority", "recorded_at", "recorded_by_id", "replaced_by_id", "result", "state", "struck_out_at", "version", "what", "why_not") VALUES (NEW."agency", NEW."carried_from_id", NEW."case_id", NEW."due_at", NEW."ended_at", NEW."evidence", NEW."factors", NEW."forum", NEW."id", NEW."kind_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."priority", NEW."recorded_at", NEW."recorded_by_id", NEW."replaced_by_id", NEW."result", NEW."state", NEW."struck_out_at", NEW."version", NEW."what", NEW."why_not"); RETURN NULL;', hash='bddcd57f6e110f08f6b91f52d89b59f3833554c5', operation='UPDATE', pgid='pgtrigger_update_update_f4cc4', table='risk_planaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorleftevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='503b5b706c3b368a992ab907fe7302dccdac775d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58041', table='risk_factorleftevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='factorleft',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_out_at__isnull', True)), fields=('plan', 'factor'), name='factor_left_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorleft',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "risk_factorleftevent" ("case_id", "factor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "struck_out_at", "version", "why") VALUES (NEW."case_id", NEW."factor", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version", NEW."why"); RETURN NULL;', hash='5257ecf966a1db6a5693ea3b3fe0c833d5671041', operation='INSERT', pgid='pgtrigger_insert_insert_aca9a', table='risk_factorleft', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorleft',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "risk_factorleftevent" ("case_id", "factor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "struck_out_at", "version", "why") VALUES (NEW."case_id", NEW."factor", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version", NEW."why"); RETURN NULL;', hash='ae7533c87abfdf7ac11096c6b900ad4be74d3009', operation='UPDATE', pgid='pgtrigger_update_update_b9df3', table='risk_factorleft', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safetyplanevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c17cd0a5b76b946edb54357f54ac5db2bcd1e40', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c85f4', table='risk_safetyplanevent', when='BEFORE')),
        ),
]),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
