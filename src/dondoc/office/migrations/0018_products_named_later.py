"""What is to come of a task can be named after it was entered, from a day on."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0016_why_off_a_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("effective_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "backfilled",
                    models.BooleanField(
                        default=False, help_text="effective_on is only the latest day it can have begun"
                    ),
                ),
                ("words", models.TextField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="office.taskproduct",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="office.task"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("effective_on")), _connector="OR"
                        ),
                        name="taskproduct_period_runs_forward",
                    )
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
