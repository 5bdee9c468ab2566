"""A list can be given another name, and ended: from a day on, or as one that was laid down by mistake."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0018_products_named_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgrammeEnd",
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
                ("reason", models.TextField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ends", to="office.programme"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="office.programmeend",
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
                        name="programmeend_period_runs_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeName",
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
                ("title", models.CharField(max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="office.programme"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="office.programmename",
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
                        name="programmename_period_runs_forward",
                    )
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
