"""Full text of what was told, and the numbers that records are known by elsewhere. Made beside the work, so not in a
transaction: the tables are large already. Indexes of an expression: a column would be written into every row, and read
with every record.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def words_of(column: str) -> django.contrib.postgres.search.SearchVector:
    return django.contrib.postgres.search.SearchVector(column, config="english")


def letters_of(column: str) -> django.contrib.postgres.indexes.OpClass:
    upper = django.db.models.functions.text.Upper(column)
    return django.contrib.postgres.indexes.OpClass(upper, name="gin_trgm_ops")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0015_responder_brief")]

    operations = [
        AddIndexConcurrently(
            "incident", django.contrib.postgres.indexes.GinIndex(words_of("account"), name="incident_account_words")
        ),
        AddIndexConcurrently(
            "call", django.contrib.postgres.indexes.GinIndex(words_of("said"), name="call_said_words")
        ),
        AddIndexConcurrently(
            "involvement",
            django.contrib.postgres.indexes.GinIndex(words_of("own_words"), name="involvement_own_words"),
        ),
        AddIndexConcurrently(
            "incident",
            models.Index(
                django.db.models.functions.text.Upper("log_ref"),
                name="incident_of_log",
                condition=~models.Q(log_ref=""),
            ),
        ),
        AddIndexConcurrently(
            "call",
            models.Index(
                django.db.models.functions.text.Upper("log_ref"), name="call_of_log", condition=~models.Q(log_ref="")
            ),
        ),
        AddIndexConcurrently(
            "incident", django.contrib.postgres.indexes.GinIndex(letters_of("place"), name="incident_place_fragment")
        ),
        AddIndexConcurrently(
            "call", django.contrib.postgres.indexes.GinIndex(letters_of("place"), name="call_place_fragment")
        ),
        AddIndexConcurrently(
            "arrestdecision",
            models.Index(
                django.db.models.functions.text.Upper("custody_ref"),
                name="arrest_of_custody",
                condition=~models.Q(custody_ref=""),
            ),
        ),
        AddIndexConcurrently(
            "exhibit",
            models.Index(django.db.models.functions.text.Upper("reference"), name="exhibit_of_reference"),
        ),
    ]
