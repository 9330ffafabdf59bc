"""Each notice names its case itself; it was read through the deadline before."""

from django.db import migrations

FILL = """
    UPDATE supervision_notice SET case_id = owed.case_id FROM workflow_deadline AS owed
    WHERE owed.id = supervision_notice.deadline_id AND supervision_notice.case_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_notices")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
