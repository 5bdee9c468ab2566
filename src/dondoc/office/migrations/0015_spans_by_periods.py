"""How duties stood, by periods: a day or an instant long past is found by itself, not through all that ended since."""

from __future__ import annotations

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0014_basis_of_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dutyspan",
            name="span_now",
        ),
        migrations.RemoveIndex(
            model_name="dutyspan",
            name="span_then",
        ),
        migrations.RemoveIndex(
            model_name="dutyspan",
            name="span_known_then",
        ),
        migrations.RemoveIndex(
            model_name="dutyspan",
            name="span_now_lead",
        ),
        migrations.RemoveIndex(
            model_name="dutyspan",
            name="span_then_lead",
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("valid_until", None)),
                fields=["office", "state", "bearer"],
                include=(
                    "role",
                    "due_on",
                    "first_due_on",
                    "since",
                    "valid_from",
                    "sole_lead",
                    "workflow",
                    "task",
                    "duty",
                    "known_from",
                ),
                name="span_now",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("role", "lead"), ("valid_until", None)),
                fields=["office", "sole_lead", "state", "workflow"],
                include=(
                    "task",
                    "duty",
                    "bearer",
                    "valid_from",
                    "due_on",
                    "since",
                    "first_due_on",
                    "known_from",
                ),
                name="span_now_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("role", "lead"), ("valid_until__isnull", False)),
                fields=["office", "sole_lead", "state", "workflow", "valid_until"],
                include=("valid_from", "task", "duty", "known_from"),
                name="span_then_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(models.F("valid_from"), models.F("valid_until"), function="daterange"),
                condition=models.Q(("known_until", None), ("valid_until__isnull", False)),
                name="span_then",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(models.F("known_from"), models.F("known_until"), function="tstzrange"),
                condition=models.Q(("known_until__isnull", False)),
                name="span_known_then",
            ),
        ),
    ]
