"""Issued reports: what the office has printed, kept as it was printed."""

from django.db import models

from dondoc.office.models.facts import Recorded


class Issued(Recorded):
    """A printed report: its bytes, its figures with arguments, values and definitions, and its hash."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    report = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    scope = models.JSONField(default=dict)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    issued_on = models.DateField()
    text = models.TextField()
    figures = models.JSONField(default=list)
    program_version = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    digested = ("content", "text")
