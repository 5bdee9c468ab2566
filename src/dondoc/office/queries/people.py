"""Who somebody is in an office today: the viewer that every other read takes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Grant, Holding, Office, Person, Post, Role, User
from dondoc.office.models.facts import in_force, known

ROLE_ORDER = ("administrator", "officer", "leader", "inspection", "focal")


class NoRole(Refused):
    """The person has no role in the office."""


def viewer_for(user: User, office: Office, *, on: date) -> Viewer:
    """Say what a signed-in person may see in an office today; refused when the person has no role there."""
    grants = list(in_force(Grant.objects.filter(user=user, office=office), as_of=on, known_at=None).order_by("id"))
    if not grants:
        raise NoRole(_("You have no role in this office. Ask its administrator to give you one."))
    role = min((grant.role for grant in grants), key=ROLE_ORDER.index)
    agencies = frozenset(grant.agency_id for grant in grants if grant.agency_id)
    return Viewer(user_id=user.pk, office_id=office.pk, role=role, agency_ids=agencies)


def stands(grant_id: int, *, office_id: int) -> bool:
    """Say whether a role that an office gave has not been ended or replaced."""
    rows = known(Grant.objects.filter(pk=grant_id, office_id=office_id, until_on__isnull=True), known_at=None)
    return rows.exists()


def grants(user: User, *, office_id: int, on: date) -> list[Grant]:
    """List the roles that an account has in an office on a day, for the action that ends them."""
    rows = in_force(Grant.objects.filter(user=user, office_id=office_id), as_of=on, known_at=None)
    return list(rows.order_by("id"))


def offices_of(user: User, *, on: date) -> list[Office]:
    """List the offices in which a person has a role today, by name."""
    grants = in_force(Grant.objects.filter(user=user), as_of=on, known_at=None)
    return list(Office.objects.filter(pk__in=grants.values("office_id")).order_by("name", "pk"))


def offices() -> list[Office]:
    """List all offices on this machine: for whoever runs the program on it."""
    return list(Office.objects.order_by("name", "pk"))


def account(username: str) -> User | None:
    """Find an account by its name."""
    return User.objects.filter(username=username, is_active=True).first()


def account_row(username: str) -> User | None:
    """Find an account by its name, also one that may not sign in any more: the name is taken."""
    return User.objects.filter(username=username).first()


def person(name: str, *, office_id: int) -> Person | None:
    """Find the person of this name whom an office knows; of several, the one who was entered first."""
    return Person.objects.filter(office_id=office_id, name=name).order_by("id").first()


def post(title: str, *, agency_id: int) -> Post | None:
    """Find a post of an agency by its title."""
    return Post.objects.filter(agency_id=agency_id, title=title).order_by("id").first()


def holds(person: Person, post: Post, *, on: date) -> bool:
    """Say whether a person holds a post on a day."""
    return in_force(Holding.objects.filter(person=person, post=post), as_of=on, known_at=None).exists()


def role_label(role: str) -> str:
    """Name a role as people say it."""
    return str(Role(role).label)
