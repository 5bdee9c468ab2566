"""How duties stood, by task: what is believed now apart from what was believed for a time; the leads by themselves."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0010_duty_spans"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dutyspan",
            name="task",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="office.task",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("role", "lead"), ("valid_until", None)),
                fields=["office", "sole_lead", "state"],
                include=("task", "duty", "workflow", "bearer", "valid_from", "due_on", "since", "first_due_on"),
                name="span_now_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("role", "lead"), ("valid_until__isnull", False)),
                fields=["office", "sole_lead", "state", "valid_until"],
                include=("valid_from", "task", "duty", "workflow"),
                name="span_then_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None)), fields=["task", "valid_until"], name="span_by_task"
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until__isnull", False)),
                fields=["task", "known_until"],
                name="span_known_then_by_task",
            ),
        ),
    ]
