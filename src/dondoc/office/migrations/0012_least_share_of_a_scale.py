"""How much of the points of a scale must apply to an agency to be ranked; scales that stand ask nothing, as before."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0011_spans_of_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="scale",
            name="least_share",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                help_text="percent of all points that must apply to be ranked",
                max_digits=5,
            ),
        ),
        migrations.AddConstraint(
            model_name="scale",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_share__gte", 0), ("least_share__lte", 100)),
                name="scale_least_share_is_a_percent",
            ),
        ),
    ]
