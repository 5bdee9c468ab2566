"""Frames: an office's own Word file, into which its reports are written."""

from django.db import models

from dondoc.office.models.facts import Fact


class Frame(Fact):
    """From a day on, the Word file that gives an office's reports their head, foot and styles."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    digested = ("content",)
