"""Agencies, permanent and temporary, with names, parents and successors that change on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded
from dondoc.office.models.offices import Hierarchy


class AgencyLevel(models.TextChoices):
    """How high an agency stands."""

    CENTRAL = "central", _("Central")
    PROVINCE = "province", _("Province or city")
    DISTRICT = "district", _("District (until 30/6/2025)")
    COMMUNE = "commune", _("Commune or ward")


class Agency(Recorded):
    """A body that can owe a duty; temporary ones (steering committees, working groups) have members and an end."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=AgencyLevel.choices)
    is_temporary = models.BooleanField(default=False)
    is_class = models.BooleanField(default=False, help_text="a class of bodies, such as 'các sở, ngành'")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "key"), name="agency_one_key_each"),)

    def __str__(self) -> str:
        return self.key


class AgencyName(Fact):
    """What an agency is called from a day on."""

    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=300, db_index=True)
    sort_key = models.CharField(max_length=600)


class AgencyParent(Fact):
    """Under which body an agency stands, in which hierarchy; one can stand in both."""

    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="+")
    hierarchy = models.CharField(max_length=10, choices=Hierarchy.choices)


class AgencyMember(Fact):
    """An agency that sits on a temporary body, and in what capacity."""

    body = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)


class SuccessionKind(models.TextChoices):
    """How an agency ended."""

    MERGED = "merged", _("merged into")
    SPLIT = "split", _("split into")
    RENAMED = "renamed", _("renamed")
    DISSOLVED = "dissolved", _("dissolved")


class Succession(Fact):
    """Which agency followed which, on a day, by a document; a dissolution has no successor."""

    predecessor = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey("office.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SuccessionKind.choices)
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")
    basis_words = models.CharField(max_length=300, blank=True, help_text="its number, where it is not in the register")

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind="dissolved", successor__isnull=True)
                | (~models.Q(kind="dissolved") & models.Q(successor__isnull=False)),
                name="succession_only_the_dissolved_have_none",
            ),
        )
