"""Scales: how the points of agencies come from their rates, and which grade a sum of points is."""

from django.db import models

from dondoc.office.models.facts import Fact, Recorded


class Scale(Fact):
    """From a day on, a way to rank agencies: its criteria, their bands, and the grades of the sum."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    sentence = models.TextField()
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")
    basis_words = models.CharField(max_length=300, blank=True, help_text="a basis that is not in the register")
    least_share = models.DecimalField(
        max_digits=5, decimal_places=2, default=0, help_text="percent of all points that must apply to be ranked"
    )

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(least_share__gte=0, least_share__lte=100), name="scale_least_share_is_a_percent"
            ),
        )


class ScaleCriterion(Recorded):
    """One criterion of a scale: the measure that it looks at, and how many points it can bring."""

    scale = models.ForeignKey("office.Scale", on_delete=models.PROTECT, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    measure = models.SlugField(max_length=40, help_text="the key of a measure")
    points = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("scale", "order"), name="scalecriterion_one_place_each"),
            models.UniqueConstraint(fields=("scale", "measure"), name="scalecriterion_one_measure_each"),
        )


class ScaleBand(Recorded):
    """From a value up to, but not reaching, another: the points it brings, or (without criterion) the grade it is.

    Without `per_value` a band brings its points as they stand; with it, in proportion: points x value / per_value.
    """

    scale = models.ForeignKey("office.Scale", on_delete=models.PROTECT, related_name="bands")
    criterion = models.ForeignKey("office.ScaleCriterion", null=True, on_delete=models.PROTECT, related_name="bands")
    from_value = models.DecimalField(max_digits=7, decimal_places=2)
    below = models.DecimalField(max_digits=7, decimal_places=2, null=True, help_text="empty: up to the end")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    per_value = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(below__isnull=True) | models.Q(below__gt=models.F("from_value")),
                name="scaleband_runs_upward",
            ),
            models.CheckConstraint(
                condition=models.Q(criterion__isnull=False, points__isnull=False)
                | models.Q(criterion__isnull=True, points__isnull=True, label__gt=""),
                name="scaleband_brings_points_or_is_a_grade",
            ),
        )
