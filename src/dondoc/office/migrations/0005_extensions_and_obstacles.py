"""Extensions and obstacles: later due days that are asked for, and what holds work up."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0004_document_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField(help_text="the how many-th that was asked for this duty")),
                ("asked_on", models.DateField()),
                ("present_on", models.DateField(help_text="the last day as it was when the extension was asked for")),
                ("wanted_on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="office.duty"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExtensionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("granted", "granted"), ("refused", "refused"), ("taken_back", "taken back")],
                        max_length=12,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("granted_on", models.DateField(help_text="the new last day", null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "extension",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="office.extension"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("cause", models.SlugField(max_length=40)),
                ("text", models.TextField()),
                ("remover_name", models.CharField(max_length=300)),
                ("began_on", models.DateField()),
                ("needed_by", models.DateField(null=True)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="obstacles", to="office.duty"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "remover",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obstacles",
                        to="office.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObstacleEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("removed", "removed"), ("mistaken", "entered by mistake")], max_length=10
                    ),
                ),
                ("ended_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.logentry"
                    ),
                ),
                (
                    "obstacle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ending", to="office.obstacle"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(fields=("duty", "number"), name="extension_numbered_per_duty"),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted_on__gt", models.F("present_on"))), name="extension_later_than_the_old"
            ),
        ),
        migrations.AddConstraint(
            model_name="extensiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "granted"), ("granted_on__isnull", True), _connector="XOR"),
                name="extensiondecision_granted_names_a_day",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
