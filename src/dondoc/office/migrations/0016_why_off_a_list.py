"""Why a task was taken off a list; what stands on one, or left it by a split, has no reason."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0015_spans_by_periods"),
    ]

    operations = [
        migrations.AddField(
            model_name="programmetask",
            name="reason",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
