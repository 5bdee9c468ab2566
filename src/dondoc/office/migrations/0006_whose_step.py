"""Moves say whose step they are, whether they need a reason, and within which time; states say whose turn it is."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0005_extensions_and_obstacles"),
    ]

    operations = [
        migrations.AddField(
            model_name="workflowmove",
            name="by",
            field=models.CharField(
                choices=[
                    ("bearer", "the agency that owes"),
                    ("assigner", "the office that assigned"),
                    ("either", "either of the two"),
                ],
                default="either",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="workflowmove",
            name="needs_reason",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="workflowmove",
            name="within",
            field=models.SlugField(
                blank=True,
                help_text="the parameter that says within how many working days of being assigned",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="workflowstate",
            name="waits_for",
            field=models.CharField(
                choices=[
                    ("bearer", "the agency that owes"),
                    ("assigner", "the office that assigned"),
                    ("either", "either of the two"),
                ],
                default="bearer",
                max_length=10,
            ),
        ),
    ]
