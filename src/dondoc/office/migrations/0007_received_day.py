"""The day on which a document came in can be mended like the rest of its head."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0006_whose_step"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentheader",
            name="received_on",
            field=models.DateField(help_text="only where the day noted at intake was wrong", null=True),
        ),
    ]
