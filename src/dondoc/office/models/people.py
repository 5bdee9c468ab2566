"""People, the posts they hold, and the accounts with which they sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class Role(models.TextChoices):
    """What a person comes to the register for."""

    ADMINISTRATOR = "administrator", _("Administrator")
    OFFICER = "officer", _("Compiling officer")
    FOCAL = "focal", _("Focal point")
    LEADER = "leader", _("Leader")
    INSPECTION = "inspection", _("Inspection")


class User(AbstractUser):
    """An account. It need not belong to a person on record, nor a person to an account."""

    person = models.ForeignKey("office.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name as people say it, for greetings and menus."""
        return self.full_name


class Grant(Fact):
    """A role that an account has in an office, for a period; a focal point's names the agency."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.ForeignKey("office.Agency", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(role="focal") | Q(agency__isnull=False), name="grant_focal_point_has_an_agency"
            ),
        )


class Person(Recorded):
    """A person who holds posts or signs documents."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)

    def __str__(self) -> str:
        return self.name


class Post(Recorded):
    """A post in an agency, whoever holds it."""

    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.title


class Holding(Fact):
    """Who held which post, from when to when."""

    post = models.ForeignKey("office.Post", on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="holdings")


class Deputy(Fact):
    """That one account may act for another in an office, for a period; the log names both."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="deputy_for")
    reason = models.CharField(max_length=300, blank=True)

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~Q(user=models.F("deputy")), name="deputy_is_somebody_else"),
        )
