"""Codes of agencies go: no page, report or command ever wrote or asked for one, so the table is empty everywhere."""

from __future__ import annotations

from django.db import migrations

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0012_least_share_of_a_scale"),
    ]

    operations = [
        # Only on the way back, when the table is there again.
        migrations.RunPython(migrations.RunPython.noop, guard),
        migrations.DeleteModel(name="AgencyCode"),
        migrations.RunSQL("drop function if exists dondoc_check_office_agencycode()", migrations.RunSQL.noop),
    ]
