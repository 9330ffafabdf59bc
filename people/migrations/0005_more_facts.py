import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from workflow.together import Together

# How an identifier is compared: letters and numbers in capitals; of a PNC number the year in two figures and no noughts
# before the number. An index rests on it, so it never changes in place.
NUMBER = """
CREATE FUNCTION people_number(kind text, said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(
    CASE WHEN kind = 'pnc'
      THEN regexp_replace(upper(said), '^\\s*(?:19|20)?(\\d\\d)\\s*/\\s*0*(\\d+)\\s*([A-Z])\\s*$', '\\1\\2\\3')
      ELSE upper(said) END,
    '[^A-Z0-9]', '', 'g')
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0004_reached_at_entry'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(NUMBER, "DROP FUNCTION people_number(text, text)"),
        Together([
            migrations.CreateModel(
                name='Handle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('network', models.CharField(choices=[('facebook', 'Facebook'), ('instagram', 'Instagram'), ('snapchat', 'Snapchat'), ('tiktok', 'TikTok'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('x', 'X (Twitter)'), ('dating', 'A dating site'), ('game', 'A game'), ('other', 'Another')], max_length=10, verbose_name='where')),
                    ('handle', models.CharField(max_length=100, verbose_name='name of the account')),
                    ('said_words', models.CharField(blank=True, max_length=150, verbose_name='which, or what else is known')),
                    ('handle_plain', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(models.Func(models.F('handle'), models.Value('^\\s*(https?://)?[^/\\s]+/|[@\\s]|/+\\s*$'), models.Value(''), models.Value('g'), function='regexp_replace')), output_field=models.TextField())),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HandleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('network', models.CharField(choices=[('facebook', 'Facebook'), ('instagram', 'Instagram'), ('snapchat', 'Snapchat'), ('tiktok', 'TikTok'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('x', 'X (Twitter)'), ('dating', 'A dating site'), ('game', 'A game'), ('other', 'Another')], max_length=10, verbose_name='where')),
                    ('handle', models.CharField(max_length=100, verbose_name='name of the account')),
                    ('said_words', models.CharField(blank=True, max_length=150, verbose_name='which, or what else is known')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Identifier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('series', models.CharField(choices=[('pnc', 'PNC'), ('custody', 'Custody record'), ('cro', 'CRO'), ('prison', 'Prison number'), ('licence', 'Driving licence'), ('passport', 'Passport'), ('nhs', 'NHS number'), ('ni', 'National Insurance'), ('other', 'Another number')], max_length=10, verbose_name='kind of number')),
                    ('number', models.CharField(max_length=40)),
                    ('said_words', models.CharField(blank=True, max_length=100, verbose_name='whose number it is')),
                    ('odd', models.BooleanField(default=False, verbose_name='of an unusual shape')),
                    ('number_plain', models.GeneratedField(db_persist=True, expression=models.Func(models.F('series'), models.F('number'), function='people_number'), output_field=models.TextField())),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='IdentifierEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('series', models.CharField(choices=[('pnc', 'PNC'), ('custody', 'Custody record'), ('cro', 'CRO'), ('prison', 'Prison number'), ('licence', 'Driving licence'), ('passport', 'Passport'), ('nhs', 'NHS number'), ('ni', 'National Insurance'), ('other', 'Another number')], max_length=10, verbose_name='kind of number')),
                    ('number', models.CharField(max_length=40)),
                    ('said_words', models.CharField(blank=True, max_length=100, verbose_name='whose number it is')),
                    ('odd', models.BooleanField(default=False, verbose_name='of an unusual shape')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('since_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('until', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('until_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('tie', models.CharField(choices=[('partner', 'partner of'), ('former', 'former partner of'), ('parent', 'parent of'), ('child', 'child of'), ('step_parent', 'step-parent of'), ('step_child', 'step-child of'), ('sibling', 'brother or sister of'), ('grandparent', 'grandparent of'), ('grandchild', 'grandchild of'), ('in_law', 'in-law of'), ('relative', 'other relative of'), ('carer', 'carer of'), ('cared_for', 'cared for by'), ('lives_with', 'lives with'), ('friend', 'friend of'), ('works_with', 'works with')], max_length=12, verbose_name='what they are to them')),
                    ('said_words', models.CharField(blank=True, max_length=200, verbose_name='what else is known of it')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LinkEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('since_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('until', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('until_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('tie', models.CharField(choices=[('partner', 'partner of'), ('former', 'former partner of'), ('parent', 'parent of'), ('child', 'child of'), ('step_parent', 'step-parent of'), ('step_child', 'step-child of'), ('sibling', 'brother or sister of'), ('grandparent', 'grandparent of'), ('grandchild', 'grandchild of'), ('in_law', 'in-law of'), ('relative', 'other relative of'), ('carer', 'carer of'), ('cared_for', 'cared for by'), ('lives_with', 'lives with'), ('friend', 'friend of'), ('works_with', 'works with')], max_length=12, verbose_name='what they are to them')),
                    ('said_words', models.CharField(blank=True, max_length=200, verbose_name='what else is known of it')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Vehicle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('plate', models.CharField(blank=True, max_length=15, verbose_name='registration')),
                    ('partial', models.BooleanField(default=False, verbose_name='only a part of the registration')),
                    ('looks', models.CharField(blank=True, max_length=150, verbose_name='make, colour and anything that stands out')),
                    ('unconfirmed', models.BooleanField(default=False, verbose_name='nobody has checked it')),
                    ('plate_plain', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Upper(models.Func(models.F('plate'), models.Value('[^A-Za-z0-9]'), models.Value(''), models.Value('g'), function='regexp_replace')), output_field=models.TextField())),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='VehicleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('plate', models.CharField(blank=True, max_length=15, verbose_name='registration')),
                    ('partial', models.BooleanField(default=False, verbose_name='only a part of the registration')),
                    ('looks', models.CharField(blank=True, max_length=150, verbose_name='make, colour and anything that stands out')),
                    ('unconfirmed', models.BooleanField(default=False, verbose_name='nobody has checked it')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='WarningMarker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('since_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('until', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('until_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('danger', models.CharField(choices=[('weapons', 'Weapons'), ('firearms', 'Firearms'), ('violent', 'Violent'), ('police', 'Violent to police'), ('escapes', 'Escapes or runs'), ('conceals', 'Hides things on the body'), ('drugs', 'Drugs'), ('alcohol', 'Alcohol'), ('self_harm', 'Self-harm or suicide'), ('mental', 'Mental ill-health'), ('ailment', 'Illness or condition'), ('infectious', 'Infectious'), ('sexual', 'Sexual offender'), ('alleges', 'Makes complaints about staff'), ('animals', 'Dangerous animal'), ('other', 'Another danger')], max_length=10, verbose_name='what of')),
                    ('what', models.CharField(max_length=300, verbose_name='in words')),
                    ('said_by', models.CharField(max_length=200, verbose_name='who says so')),
                    ('evidence', models.CharField(blank=True, max_length=500, verbose_name='on what evidence')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='look at it again on')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='WarningMarkerEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('since_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('until', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('until_part', models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5)),
                    ('danger', models.CharField(choices=[('weapons', 'Weapons'), ('firearms', 'Firearms'), ('violent', 'Violent'), ('police', 'Violent to police'), ('escapes', 'Escapes or runs'), ('conceals', 'Hides things on the body'), ('drugs', 'Drugs'), ('alcohol', 'Alcohol'), ('self_harm', 'Self-harm or suicide'), ('mental', 'Mental ill-health'), ('ailment', 'Illness or condition'), ('infectious', 'Infectious'), ('sexual', 'Sexual offender'), ('alleges', 'Makes complaints about staff'), ('animals', 'Dangerous animal'), ('other', 'Another danger')], max_length=10, verbose_name='what of')),
                    ('what', models.CharField(max_length=300, verbose_name='in words')),
                    ('said_by', models.CharField(max_length=200, verbose_name='who says so')),
                    ('evidence', models.CharField(blank=True, max_length=500, verbose_name='on what evidence')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='look at it again on')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        Together([
            pgtrigger.migrations.RemoveTrigger(
                model_name='address',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='address',
                name='update_update',
            ),
        ]),
        Together([
            migrations.AddField(
                model_name='address',
                name='since',
                field=models.DateField(blank=True, null=True, verbose_name='from'),
            ),
            migrations.AddField(
                model_name='address',
                name='since_part',
                field=models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5),
            ),
            migrations.AddField(
                model_name='address',
                name='until',
                field=models.DateField(blank=True, null=True, verbose_name='to'),
            ),
            migrations.AddField(
                model_name='address',
                name='until_part',
                field=models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5),
            ),
            migrations.AddField(
                model_name='address',
                name='whose',
                field=models.CharField(blank=True, choices=[('own', 'Their own home'), ('partner', 'Their partner’s home'), ('family', 'Their family’s home'), ('friend', 'A friend’s home'), ('short', 'Somewhere to stay for a time'), ('work', 'Where they work'), ('post', 'For their post only')], max_length=8, verbose_name='as whose address'),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='since',
                field=models.DateField(blank=True, null=True, verbose_name='from'),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='since_part',
                field=models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='until',
                field=models.DateField(blank=True, null=True, verbose_name='to'),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='until_part',
                field=models.CharField(blank=True, choices=[('day', 'The day'), ('month', 'The month'), ('year', 'The year')], editable=False, max_length=5),
            ),
            migrations.AddField(
                model_name='addressevent',
                name='whose',
                field=models.CharField(blank=True, choices=[('own', 'Their own home'), ('partner', 'Their partner’s home'), ('family', 'Their family’s home'), ('friend', 'A friend’s home'), ('short', 'Somewhere to stay for a time'), ('work', 'Where they work'), ('post', 'For their post only')], max_length=8, verbose_name='as whose address'),
            ),
            migrations.AddField(
                model_name='handle',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case'),
            ),
            migrations.AddField(
                model_name='handle',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
            ),
            migrations.AddField(
                model_name='handle',
                name='recorded_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='handleevent',
                name='case',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='handleevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='handleevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='handleevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.handle'),
            ),
            migrations.AddField(
                model_name='handleevent',
                name='recorded_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='identifier',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case'),
            ),
            migrations.AddField(
                model_name='identifier',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
            ),
            migrations.AddField(
                model_name='identifier',
                name='recorded_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='identifierevent',
                name='case',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='identifierevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='identifierevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='identifierevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.identifier'),
            ),
            migrations.AddField(
                model_name='identifierevent',
                name='recorded_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='link',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case'),
            ),
            migrations.AddField(
                model_name='link',
                name='other',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='linked', to='people.person'),
            ),
            migrations.AddField(
                model_name='link',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
            ),
            migrations.AddField(
                model_name='link',
                name='recorded_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='case',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='other',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.link'),
            ),
            migrations.AddField(
                model_name='linkevent',
                name='recorded_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='vehicle',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case'),
            ),
            migrations.AddField(
                model_name='vehicle',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
            ),
            migrations.AddField(
                model_name='vehicle',
                name='recorded_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='vehicleevent',
                name='case',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='vehicleevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='vehicleevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='vehicleevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.vehicle'),
            ),
            migrations.AddField(
                model_name='vehicleevent',
                name='recorded_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='warningmarker',
                name='case',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case'),
            ),
            migrations.AddField(
                model_name='warningmarker',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
            ),
            migrations.AddField(
                model_name='warningmarker',
                name='recorded_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='warningmarkerevent',
                name='case',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case'),
            ),
            migrations.AddField(
                model_name='warningmarkerevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person'),
            ),
            migrations.AddField(
                model_name='warningmarkerevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='warningmarkerevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.warningmarker'),
            ),
            migrations.AddField(
                model_name='warningmarkerevent',
                name='recorded_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
        ]),
        Together([
            migrations.AlterField(
                model_name='personname',
                name='kind',
                field=models.CharField(choices=[('legal', 'Name'), ('known_as', 'Known as'), ('alias', 'Alias'), ('maiden', 'Maiden name'), ('former', 'Former name'), ('spelling', 'Spelt from another alphabet'), ('not_known', 'Name not known')], default='legal', max_length=10),
            ),
            migrations.AlterField(
                model_name='personnameevent',
                name='kind',
                field=models.CharField(choices=[('legal', 'Name'), ('known_as', 'Known as'), ('alias', 'Alias'), ('maiden', 'Maiden name'), ('former', 'Former name'), ('spelling', 'Spelt from another alphabet'), ('not_known', 'Name not known')], default='legal', max_length=10),
            ),
        ]),
        Together([
            migrations.AddIndex(
                model_name='address',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('line'), name='gin_trgm_ops'), name='address_fragment'),
            ),
            migrations.AddIndex(
                model_name='note',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('said_words'), name='gin_trgm_ops'), condition=models.Q(('about', 'email')), name='note_email_fragment'),
            ),
            migrations.AddIndex(
                model_name='telephone',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('digits', name='gin_trgm_ops'), name='telephone_fragment'),
            ),
            migrations.AddIndex(
                model_name='handle',
                index=models.Index(fields=['person', '-recorded_at'], name='handle_of_person'),
            ),
            migrations.AddIndex(
                model_name='handle',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('handle_plain', name='gin_trgm_ops'), name='handle_fragment'),
            ),
            migrations.AddIndex(
                model_name='identifier',
                index=models.Index(fields=['person', '-recorded_at'], name='identifier_of_person'),
            ),
            migrations.AddIndex(
                model_name='identifier',
                index=models.Index(fields=['number_plain'], name='identifier_number'),
            ),
            migrations.AddIndex(
                model_name='identifier',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('number_plain', name='gin_trgm_ops'), name='identifier_fragment'),
            ),
            migrations.AddIndex(
                model_name='link',
                index=models.Index(fields=['person', '-recorded_at'], name='link_of_person'),
            ),
            migrations.AddIndex(
                model_name='link',
                index=models.Index(fields=['other', '-recorded_at'], name='link_of_other'),
            ),
            migrations.AddIndex(
                model_name='vehicle',
                index=models.Index(fields=['person', '-recorded_at'], name='vehicle_of_person'),
            ),
            migrations.AddIndex(
                model_name='vehicle',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('plate_plain', name='gin_trgm_ops'), name='vehicle_fragment'),
            ),
            migrations.AddIndex(
                model_name='warningmarker',
                index=models.Index(fields=['person', '-recorded_at'], name='warningmarker_of_person'),
            ),
            migrations.AddIndex(
                model_name='warningmarker',
                index=models.Index(condition=models.Q(('review_on__isnull', False), ('struck_out_at__isnull', True)), fields=['review_on', 'id'], name='warning_to_review'),
            ),
        ]),
        Together([
            migrations.AddConstraint(
                model_name='address',
                constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='address_ends_after_it_begins'),
            ),
            migrations.AddConstraint(
                model_name='handle',
                constraint=models.CheckConstraint(condition=models.Q(('handle', ''), _negated=True), name='handle_says_something'),
            ),
            migrations.AddConstraint(
                model_name='identifier',
                constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='identifier_says_something'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='link_ends_after_it_begins'),
            ),
            migrations.AddConstraint(
                model_name='vehicle',
                constraint=models.CheckConstraint(condition=models.Q(('looks', ''), ('plate', ''), _negated=True), name='vehicle_says_something'),
            ),
            migrations.AddConstraint(
                model_name='vehicle',
                constraint=models.CheckConstraint(condition=models.Q(('partial', True), ('plate', ''), _negated=True), name='vehicle_part_of_a_plate'),
            ),
            migrations.AddConstraint(
                model_name='warningmarker',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('said_by', ''), _negated=True)), name='warning_says_what_and_who'),
            ),
            migrations.AddConstraint(
                model_name='warningmarker',
                constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='warning_ends_after_it_begins'),
            ),
        ]),
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='address',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_addressevent" ("case_id", "id", "line", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "recorded_at", "recorded_by_id", "since", "since_part", "struck_out_at", "until", "until_part", "version", "whose") VALUES (NEW."case_id", NEW."id", NEW."line", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."until", NEW."until_part", NEW."version", NEW."whose"); RETURN NULL;', hash='cdeb2622b9d9e89e2b3de56e0e35d8447647d22e', operation='INSERT', pgid='pgtrigger_insert_insert_e3f03', table='people_address', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='address',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line" IS DISTINCT FROM (NEW."line") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."since_part" IS DISTINCT FROM (NEW."since_part") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."until_part" IS DISTINCT FROM (NEW."until_part") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."whose" IS DISTINCT FROM (NEW."whose"))', func='INSERT INTO "people_addressevent" ("case_id", "id", "line", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "recorded_at", "recorded_by_id", "since", "since_part", "struck_out_at", "until", "until_part", "version", "whose") VALUES (NEW."case_id", NEW."id", NEW."line", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."until", NEW."until_part", NEW."version", NEW."whose"); RETURN NULL;', hash='07e0910fbf5dec95d8a42264a285fa4c83960b9a', operation='UPDATE', pgid='pgtrigger_update_update_9a42e', table='people_address', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='handle',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_handleevent" ("case_id", "handle", "id", "network", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "struck_out_at", "version") VALUES (NEW."case_id", NEW."handle", NEW."id", NEW."network", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='3351ff558353528e6d9d6eae08eb2c1f2b89f4ee', operation='INSERT', pgid='pgtrigger_insert_insert_b1c76', table='people_handle', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='handle',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."handle" IS DISTINCT FROM (NEW."handle") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."network" IS DISTINCT FROM (NEW."network") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."said_words" IS DISTINCT FROM (NEW."said_words") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "people_handleevent" ("case_id", "handle", "id", "network", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "struck_out_at", "version") VALUES (NEW."case_id", NEW."handle", NEW."id", NEW."network", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='0be7fe4038edf27d3841bb7be44f21983b154cd2', operation='UPDATE', pgid='pgtrigger_update_update_179b7', table='people_handle', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='handleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c9762b780a6294256751ad0de31145b4f5d4b68', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50b04', table='people_handleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='identifier',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_identifierevent" ("case_id", "id", "number", "odd", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "series", "struck_out_at", "version") VALUES (NEW."case_id", NEW."id", NEW."number", NEW."odd", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."series", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='6de77df3e47131189f99524d572b960a757bdaaa', operation='INSERT', pgid='pgtrigger_insert_insert_a1cac', table='people_identifier', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='identifier',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."odd" IS DISTINCT FROM (NEW."odd") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."said_words" IS DISTINCT FROM (NEW."said_words") OR OLD."series" IS DISTINCT FROM (NEW."series") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "people_identifierevent" ("case_id", "id", "number", "odd", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "series", "struck_out_at", "version") VALUES (NEW."case_id", NEW."id", NEW."number", NEW."odd", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."series", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='5563457acac8acc9bc8388efa07bdea8b619d14a', operation='UPDATE', pgid='pgtrigger_update_update_e3682', table='people_identifier', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='identifierevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4b68e59099bbf6509447f5e3f5cc691c15b6fdaa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2e123', table='people_identifierevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='link',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_linkevent" ("case_id", "id", "other_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "since", "since_part", "struck_out_at", "tie", "until", "until_part", "version") VALUES (NEW."case_id", NEW."id", NEW."other_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."tie", NEW."until", NEW."until_part", NEW."version"); RETURN NULL;', hash='ea88d0d8561091edff268c7915662ee7cf963bd0', operation='INSERT', pgid='pgtrigger_insert_insert_e0d0a', table='people_link', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='link',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_linkevent" ("case_id", "id", "other_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "since", "since_part", "struck_out_at", "tie", "until", "until_part", "version") VALUES (NEW."case_id", NEW."id", NEW."other_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."tie", NEW."until", NEW."until_part", NEW."version"); RETURN NULL;', hash='79a39cc24fa7984cf1765cc69c8802518a77c006', operation='UPDATE', pgid='pgtrigger_update_update_fed13', table='people_link', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='linkevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6ca00679af1122171be330f86ff97104f11f43a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_029e7', table='people_linkevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='vehicle',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_vehicleevent" ("case_id", "id", "looks", "partial", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate", "recorded_at", "recorded_by_id", "struck_out_at", "unconfirmed", "version") VALUES (NEW."case_id", NEW."id", NEW."looks", NEW."partial", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plate", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."unconfirmed", NEW."version"); RETURN NULL;', hash='1762fc547c703460e69d8b6f32e75b5edc5a6f3b', operation='INSERT', pgid='pgtrigger_insert_insert_c4821', table='people_vehicle', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='vehicle',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."looks" IS DISTINCT FROM (NEW."looks") OR OLD."partial" IS DISTINCT FROM (NEW."partial") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."plate" IS DISTINCT FROM (NEW."plate") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."unconfirmed" IS DISTINCT FROM (NEW."unconfirmed") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "people_vehicleevent" ("case_id", "id", "looks", "partial", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate", "recorded_at", "recorded_by_id", "struck_out_at", "unconfirmed", "version") VALUES (NEW."case_id", NEW."id", NEW."looks", NEW."partial", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plate", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."unconfirmed", NEW."version"); RETURN NULL;', hash='00c00945a0fb4bd3e585f58e5672251012047f70', operation='UPDATE', pgid='pgtrigger_update_update_87847', table='people_vehicle', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='vehicleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef7e6ca238886f9eeb4a4c2dfcaa8930ffa2cf5b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9523', table='people_vehicleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='warningmarker',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_warningmarkerevent" ("case_id", "danger", "evidence", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "review_on", "said_by", "since", "since_part", "struck_out_at", "until", "until_part", "version", "what") VALUES (NEW."case_id", NEW."danger", NEW."evidence", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."review_on", NEW."said_by", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."until", NEW."until_part", NEW."version", NEW."what"); RETURN NULL;', hash='d708f4b49a2bf2cf8d19e6e8f21a58831d79d655', operation='INSERT', pgid='pgtrigger_insert_insert_798c0', table='people_warningmarker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='warningmarker',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_warningmarkerevent" ("case_id", "danger", "evidence", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "review_on", "said_by", "since", "since_part", "struck_out_at", "until", "until_part", "version", "what") VALUES (NEW."case_id", NEW."danger", NEW."evidence", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."review_on", NEW."said_by", NEW."since", NEW."since_part", NEW."struck_out_at", NEW."until", NEW."until_part", NEW."version", NEW."what"); RETURN NULL;', hash='704e5ed79c7023d4ba067d549ecf37901195a3b7', operation='UPDATE', pgid='pgtrigger_update_update_089c3', table='people_warningmarker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='warningmarkerevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c469f517df3fedb166e1c506caa2c8aab4fd7c1c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_219b7', table='people_warningmarkerevent', when='BEFORE')),
            ),
        ]),
    ]
