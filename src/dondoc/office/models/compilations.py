"""Compilations: a report while it is being written, section by section, by several hands."""

from django.conf import settings
from django.db import models

from dondoc.office.models.facts import Recorded


class Compilation(Recorded):
    """A report in the making: by which template, on what, as of which day, from which period of progress."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    report = models.SlugField(max_length=40, help_text="the key of the template")
    title = models.CharField(max_length=300)
    scope = models.JSONField(default=dict)
    as_of = models.DateField()
    period = models.ForeignKey("office.Period", null=True, on_delete=models.PROTECT, related_name="+")
    frame = models.ForeignKey("office.Frame", null=True, on_delete=models.PROTECT, related_name="+")


class CompilationSection(Recorded):
    """A section of a report in the making: its place, its heading, who answers for it, whether it is left out."""

    compilation = models.ForeignKey("office.Compilation", on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    left_out = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")


class Passage(Recorded):
    """A paragraph that somebody wrote or took over into a section; an empty text takes the one it replaces away.

    Who wrote it is said by the entry of the log; `source` is the report of progress from which the words came.
    """

    compilation = models.ForeignKey("office.Compilation", on_delete=models.PROTECT, related_name="passages")
    section = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    source = models.ForeignKey("office.ProgressStep", null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    digested = ("text",)
