import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_attempts_at_a_first_password"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0013_systems_checked"),
        ("people", "0006_places"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name="Intelligence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("state", models.CharField(editable=False, max_length=30)),
                ("known_at", models.DateTimeField(verbose_name="when it was learned")),
                ("place", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "place_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("place"), models.F("postcode"), function="people_place_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("officer", "An officer or member of staff saw or heard it"),
                            ("victim", "The person harmed, or family"),
                            ("public", "A member of the public"),
                            ("partner", "Another agency"),
                            ("record", "A record or a system"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="where it came from",
                    ),
                ),
                ("provenance_words", models.CharField(blank=True, max_length=300, verbose_name="who or what, exactly")),
                (
                    "source",
                    models.CharField(
                        choices=[("1", "1: Reliable"), ("2", "2: Untested"), ("3", "3: Not reliable")],
                        max_length=1,
                        verbose_name="source evaluation",
                    ),
                ),
                (
                    "assessment",
                    models.CharField(
                        choices=[
                            ("A", "A: Known directly to the source"),
                            ("B", "B: Known indirectly to the source, but corroborated"),
                            ("C", "C: Known indirectly to the source"),
                            ("D", "D: Not known how the source knows it"),
                            ("E", "E: Suspected to be false"),
                        ],
                        max_length=1,
                        verbose_name="intelligence assessment",
                    ),
                ),
                (
                    "handling",
                    models.CharField(
                        choices=[
                            ("P", "P: Lawful sharing permitted"),
                            ("C", "C: Lawful sharing permitted with conditions"),
                        ],
                        max_length=1,
                        verbose_name="handling code",
                    ),
                ),
                ("conditions", models.TextField(blank=True, max_length=1000, verbose_name="conditions of handling")),
                ("original", models.TextField(max_length=4000, verbose_name="as it was learned")),
                (
                    "sanitised",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="sanitised: nothing in it tells the source"
                    ),
                ),
                ("review_on", models.DateField(verbose_name="to be reviewed on")),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="for the bureau")),
                ("returned_at", models.DateTimeField(editable=False, null=True)),
                ("returned_because", models.TextField(blank=True, max_length=4000)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("bureau_ref", models.CharField(blank=True, max_length=80, verbose_name="reference of the bureau")),
                ("struck_because", models.TextField(blank=True, max_length=4000)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intelligence",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "intelligence",
            },
        ),
        migrations.CreateModel(
            name="IntelligenceAbout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "intelligence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="others", to="cases.intelligence"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "intelligence about",
            },
        ),
        migrations.CreateModel(
            name="IntelligenceAboutEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "intelligence",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.intelligence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.intelligenceabout",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IntelligenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("state", models.CharField(editable=False, max_length=30)),
                ("known_at", models.DateTimeField(verbose_name="when it was learned")),
                ("place", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("officer", "An officer or member of staff saw or heard it"),
                            ("victim", "The person harmed, or family"),
                            ("public", "A member of the public"),
                            ("partner", "Another agency"),
                            ("record", "A record or a system"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="where it came from",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("1", "1: Reliable"), ("2", "2: Untested"), ("3", "3: Not reliable")],
                        max_length=1,
                        verbose_name="source evaluation",
                    ),
                ),
                (
                    "assessment",
                    models.CharField(
                        choices=[
                            ("A", "A: Known directly to the source"),
                            ("B", "B: Known indirectly to the source, but corroborated"),
                            ("C", "C: Known indirectly to the source"),
                            ("D", "D: Not known how the source knows it"),
                            ("E", "E: Suspected to be false"),
                        ],
                        max_length=1,
                        verbose_name="intelligence assessment",
                    ),
                ),
                (
                    "handling",
                    models.CharField(
                        choices=[
                            ("P", "P: Lawful sharing permitted"),
                            ("C", "C: Lawful sharing permitted with conditions"),
                        ],
                        max_length=1,
                        verbose_name="handling code",
                    ),
                ),
                ("conditions", models.TextField(blank=True, max_length=1000, verbose_name="conditions of handling")),
                (
                    "sanitised",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="sanitised: nothing in it tells the source"
                    ),
                ),
                ("review_on", models.DateField(verbose_name="to be reviewed on")),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="for the bureau")),
                ("returned_at", models.DateTimeField(editable=False, null=True)),
                ("returned_because", models.TextField(blank=True, max_length=4000)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("bureau_ref", models.CharField(blank=True, max_length=80, verbose_name="reference of the bureau")),
                ("struck_because", models.TextField(blank=True, max_length=4000)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.intelligence",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
]),
        Together([
migrations.AddIndex(
            model_name="intelligence",
            index=models.Index(fields=["case", "-known_at"], name="intelligence_of_case"),
        ),
        migrations.AddIndex(
            model_name="intelligence",
            index=models.Index(fields=["person", "-known_at"], name="intelligence_of_person"),
        ),
        migrations.AddIndex(
            model_name="intelligence",
            index=models.Index(fields=["place_key", "-known_at"], name="intelligence_of_place"),
        ),
        migrations.AddIndex(
            model_name="intelligence",
            index=models.Index(
                condition=models.Q(("state", "accepted")), fields=["review_on"], name="intelligence_to_review"
            ),
        ),
        migrations.AddIndex(
            model_name="intelligence",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("sanitised", config="english"),
                name="intelligence_sanitised_words",
            ),
        ),
        migrations.AddIndex(
            model_name="intelligence",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("original", config="english"),
                name="intelligence_original_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="intelligence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handling", "C"), _negated=True),
                    models.Q(("conditions", ""), _negated=True),
                    _connector="OR",
                ),
                name="intelligence_conditions_are_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="intelligence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True),
                    models.Q(models.Q(("sanitised", ""), _negated=True), models.Q(("bureau_ref", ""), _negated=True)),
                    _connector="OR",
                ),
                name="intelligence_taken_in_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_intelligenceevent" ("accepted_at", "accepted_by_id", "assessment", "bureau_ref", "case_id", "conditions", "handling", "id", "known_at", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "postcode", "provenance", "recorded_at", "recorded_by_id", "returned_at", "returned_because", "review_on", "sanitised", "sent_at", "sent_by_id", "source", "state", "struck_because", "struck_out_at", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."assessment", NEW."bureau_ref", NEW."case_id", NEW."conditions", NEW."handling", NEW."id", NEW."known_at", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."postcode", NEW."provenance", NEW."recorded_at", NEW."recorded_by_id", NEW."returned_at", NEW."returned_because", NEW."review_on", NEW."sanitised", NEW."sent_at", NEW."sent_by_id", NEW."source", NEW."state", NEW."struck_because", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="ad10599ede36ae16e2b5a3ef8093bf23da2370e9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_32253",
                    table="cases_intelligence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."assessment" IS DISTINCT FROM (NEW."assessment") OR OLD."bureau_ref" IS DISTINCT FROM (NEW."bureau_ref") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."handling" IS DISTINCT FROM (NEW."handling") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."known_at" IS DISTINCT FROM (NEW."known_at") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."provenance" IS DISTINCT FROM (NEW."provenance") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."returned_at" IS DISTINCT FROM (NEW."returned_at") OR OLD."returned_because" IS DISTINCT FROM (NEW."returned_because") OR OLD."review_on" IS DISTINCT FROM (NEW."review_on") OR OLD."sanitised" IS DISTINCT FROM (NEW."sanitised") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."struck_because" IS DISTINCT FROM (NEW."struck_because") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "cases_intelligenceevent" ("accepted_at", "accepted_by_id", "assessment", "bureau_ref", "case_id", "conditions", "handling", "id", "known_at", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "postcode", "provenance", "recorded_at", "recorded_by_id", "returned_at", "returned_because", "review_on", "sanitised", "sent_at", "sent_by_id", "source", "state", "struck_because", "struck_out_at", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."assessment", NEW."bureau_ref", NEW."case_id", NEW."conditions", NEW."handling", NEW."id", NEW."known_at", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."postcode", NEW."provenance", NEW."recorded_at", NEW."recorded_by_id", NEW."returned_at", NEW."returned_because", NEW."review_on", NEW."sanitised", NEW."sent_at", NEW."sent_by_id", NEW."source", NEW."state", NEW."struck_because", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="a7c01e67e4101528e25dd47444c5a26e2356577f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09161",
                    table="cases_intelligence",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="intelligenceabout",
            index=models.Index(fields=["person", "intelligence"], name="intelligence_about_person"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligenceabout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_intelligenceaboutevent" ("case_id", "id", "intelligence_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."case_id", NEW."id", NEW."intelligence_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="947dcc8a3da4cd51c0dee41532be180499a03998",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d9762",
                    table="cases_intelligenceabout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligenceabout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_intelligenceaboutevent" ("case_id", "id", "intelligence_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."case_id", NEW."id", NEW."intelligence_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="bda27eed6babc4b314938273c6d45242129a9f83",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6c67",
                    table="cases_intelligenceabout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligenceaboutevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="79f9ac06f22d1a8c688092df82f87eae2c76ccbf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9f217",
                    table="cases_intelligenceaboutevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intelligenceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f45ab79a57396625b7b3e8d978af87fba14d7fe6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8bae8",
                    table="cases_intelligenceevent",
                    when="BEFORE",
                ),
            ),
        ),
]),
    ]
