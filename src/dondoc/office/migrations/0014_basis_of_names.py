"""What a state is called says on what ground, as every other definition does."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0013_no_agency_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="workflowstate",
            name="basis",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.document"
            ),
        ),
        migrations.AddField(
            model_name="workflowstate",
            name="basis_words",
            field=models.CharField(blank=True, help_text="a basis that is not in the register", max_length=300),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
