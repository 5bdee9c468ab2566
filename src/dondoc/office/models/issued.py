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
    compilation = models.ForeignKey("office.Compilation", null=True, on_delete=models.PROTECT, related_name="issues")
    frame = models.ForeignKey("office.Frame", null=True, on_delete=models.PROTECT, related_name="+")

    digested = ("content", "text")


class IssuedFile(Recorded):
    """The same issued report in a further form (PDF, XLSX, the figures for a machine), as it was printed."""

    issued = models.ForeignKey("office.Issued", on_delete=models.PROTECT, related_name="files")
    form = models.SlugField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    digested = ("content",)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("issued", "form"), name="issuedfile_one_form_each"),)
