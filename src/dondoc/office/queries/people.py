"""Who somebody is in an office today: the viewer that every other read takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Deputy, Grant, Holding, Office, OfficeParameter, Person, Post, Role, User
from dondoc.office.models.facts import in_force, known, recorded
from dondoc.office.models.history import opened_on
from dondoc.office.queries import parameters
from dondoc.office.queries.happenings.lateness import began_late, ended_late, formers
from dondoc.rules.text import sort_key

ROLE_ORDER = ("administrator", "officer", "leader", "inspection", "focal")


class NoRole(Refused):
    """The person has no role in the office."""


class NoSuchHolding(Refused):
    """There is no such holding of a post in the office."""


def viewer_for(user: User, office: Office, *, on: date) -> Viewer:
    """Say what a signed-in person may see in an office today; refused when the person has no role there."""
    grants = list(_roles(Grant.objects.filter(user=user, office=office), on=on).order_by("id"))
    if not grants:
        raise NoRole(_("You have no role in this office. Ask its administrator to give you one."))
    return _viewer(grants)


def _roles(rows: QuerySet[Grant], *, on: date) -> QuerySet[Any]:
    """Keep the roles that hold on a day, each with what its office laid down of late entries."""
    laid = parameters.late_days(OfficeParameter.objects.filter(office=OuterRef("office"))).values("stored")
    return in_force(rows, as_of=on, known_at=None).annotate(late_days=ArraySubquery(laid))


def _viewer(grants: list[Any]) -> Viewer:
    role = min((grant.role for grant in grants), key=ROLE_ORDER.index)
    agencies = frozenset(grant.agency_id for grant in grants if grant.agency_id)
    return Viewer(
        user_id=grants[0].user_id,
        office_id=grants[0].office_id,
        role=role,
        agency_ids=agencies,
        late_days=parameters.as_own_days(grants[0].late_days),
    )


def rights(user: User, *, on: date) -> list[tuple[Office, Viewer]]:
    """List the offices in which a person has a role today, by name, and what the person may see in each: one query."""
    found: dict[Office, list[Any]] = {}
    rows = _roles(Grant.objects.filter(user=user), on=on).select_related("office")
    for grant in rows.order_by("office__name", "office_id", "id"):
        found.setdefault(grant.office, []).append(grant)
    return [(office, _viewer(grants)) for office, grants in found.items()]


def acting(deputy_id: int, user: User, office: Office, *, on: date) -> tuple[User, Viewer] | None:
    """Say for whom an account acts in an office today, and with which rights: those that this person has today.

    None when it does not stand in (any more), or when the person stood in for has no role any more. What is written
    is still the account's own doing: the viewer keeps its key.
    """
    rows = in_force(Deputy.objects.filter(pk=deputy_id, deputy=user, office=office), as_of=on, known_at=None)
    found = rows.select_related("user").first()
    if found is None or not found.user.is_active:
        return None
    try:
        viewer = viewer_for(found.user, office, on=on)
    except NoRole:
        return None
    return found.user, replace(viewer, user_id=user.pk, stands_for_id=found.user_id)


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


def holds(person: Person, post: Post, *, on: date, until: date | None) -> bool:
    """Say whether a person holds a post on some day from a day on, up to but not on another."""
    rows = known(Holding.objects.filter(person=person, post=post), known_at=None)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
    return (rows if until is None else rows.filter(effective_on__lt=until)).exists()


def holding(holding_id: int, *, office_id: int) -> Holding | None:
    """Give a holding of an office that stands and has no end yet, or an end that can be brought forward."""
    rows = Holding.objects.filter(pk=holding_id, post__agency__entry__office=office_id)
    return known(rows, known_at=None).first()


def person_of(person_id: int, *, office_id: int) -> Person | None:
    """Give a person of an office."""
    return Person.objects.filter(pk=person_id, office_id=office_id).first()


def account_here(user_id: int, *, office_id: int, on: date) -> User | None:
    """Give an account that has a role in an office on a day."""
    held = in_force(Grant.objects.filter(user=user_id, office=office_id), as_of=on, known_at=None)
    return User.objects.filter(pk=user_id, is_active=True).first() if held.exists() else None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of an office, as it is offered in a list."""

    id: int
    name: str
    roles: str
    person_id: int | None


def accounts_of(office_id: int, *, on: date) -> list[AccountRow]:
    """List the accounts that have a role in an office on a day, by name, for the action that checks a choice."""
    rows = Grant.objects.filter(office_id=office_id, user__is_active=True)
    return _account_rows(in_force(rows, as_of=on, known_at=None).select_related("user"))


def accounts(*, viewer: Viewer, as_of: date) -> list[AccountRow]:
    """List the accounts that a viewer may choose from on a day: all for an administrator, else one's own circle."""
    if viewer.role == "administrator":
        return accounts_of(viewer.office_id, on=as_of)
    return fit_to_act(viewer.user_id or 0, office_id=viewer.office_id, on=as_of)


def fit_to_act(user_id: int, *, office_id: int, on: date) -> list[AccountRow]:
    """List who may stand in for somebody: colleagues of the same agency for a focal point, else those of the office."""
    rows = in_force(
        Grant.objects.filter(office_id=office_id, user__is_active=True), as_of=on, known_at=None
    ).select_related("user")
    own = [grant for grant in rows if grant.user_id == user_id]
    agencies = {grant.agency_id for grant in own if grant.role == Role.FOCAL}
    if own and all(grant.role == Role.FOCAL for grant in own):
        fit = [grant for grant in rows if grant.role == Role.FOCAL and grant.agency_id in agencies]
    else:
        fit = [grant for grant in rows if grant.role != Role.FOCAL] if own else []
    return [row for row in _account_rows(fit) if row.id != user_id]


def _account_rows(grants: Iterable[Grant]) -> list[AccountRow]:
    held: dict[int, tuple[User, list[str]]] = {}
    for grant in grants:
        held.setdefault(grant.user_id, (grant.user, []))[1].append(role_label(grant.role))
    rows = [
        AccountRow(pk, str(user), ", ".join(sorted(set(roles))), user.person_id) for pk, (user, roles) in held.items()
    ]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """That somebody stands in for another: from the first to the last day."""

    id: int
    user_id: int
    user: str
    deputy_id: int
    deputy: str
    first: date
    last: date
    reason: str
    state: str  # now, later, over
    by: str


def deputies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DeputyRow]:
    """List who stands in for whom, the present ones first: for a focal point only its own."""
    rows = known(Deputy.objects.filter(office=viewer.office_id), known_at=known_at)
    rows = rows.exclude(until_on=F("effective_on"))
    if not viewer.sees_all:
        rows = rows.filter(Q(user=viewer.user_id) | Q(deputy=viewer.user_id))
    found = [
        DeputyRow(
            id=row.pk,
            user_id=row.user_id,
            user=str(row.user),
            deputy_id=row.deputy_id,
            deputy=str(row.deputy),
            first=row.effective_on,
            last=row.until_on - timedelta(days=1),
            reason=row.reason,
            state="now" if row.holds_on(as_of) else "later" if row.effective_on > as_of else "over",
            by=row.entry.actor_name,
        )
        for row in rows.filter(until_on__isnull=False).select_related("user", "deputy", "entry").order_by("-pk")
        if row.until_on is not None
    ]
    return sorted(found, key=lambda row: (("now", "later", "over").index(row.state), row.last, row.id))


def deputy(deputy_id: int, *, office_id: int) -> Deputy | None:
    """Give the standing row that says who stands in for whom."""
    return known(Deputy.objects.filter(pk=deputy_id, office_id=office_id), known_at=None).first()


def deputies_between(
    *, office_id: int, first: date, until: date, user_id: int | None = None, deputy_id: int | None = None
) -> bool:
    """Say whether somebody stands in for this person, or this person for somebody, on some day of a period."""
    rows = known(Deputy.objects.filter(office_id=office_id), known_at=None)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=first), effective_on__lt=until)
    rows = rows.exclude(until_on=F("effective_on"))
    named = {"user_id": user_id, "deputy_id": deputy_id}
    return rows.filter(**{column: key for column, key in named.items() if key is not None}).exists()


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Who holds or held a post: from when, up to but not on when, and with which account.

    `late_entry` and `late_end` say by how many days it was entered late that it was taken up and that it was left.
    """

    id: int
    person_id: int
    name: str
    since: date
    until: date | None
    is_now: bool
    account: str
    late_entry: int
    late_end: int

    @property
    def last(self) -> date | None:
        """The last day on which it was held; None: still."""
        return self.until - timedelta(days=1) if self.until else None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of an agency with its holders, the latest first."""

    id: int
    title: str
    holders: tuple[HolderRow, ...]


def posts(agency_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[PostRow]:
    """List the posts of an agency with everybody who has held them by a day; five queries, more where one was mended.

    The agency is one that the viewer was shown; another office's has no posts here.
    """
    kept = recorded(Post.objects.filter(agency_id=agency_id, entry__office=viewer.office_id), known_at=known_at)
    rows = known(Holding.objects.filter(post__in=kept, effective_on__lte=as_of), known_at=known_at)
    rows = rows.exclude(until_on=F("effective_on")).select_related("person").order_by("-effective_on", "-id")
    held: dict[int, list[Holding]] = {}
    for row in rows:
        held.setdefault(row.post_id, []).append(row)
    persons = {row.person_id for rows in held.values() for row in rows}
    users = User.objects.filter(person__in=persons, is_active=True).order_by("pk") if persons else ()
    accounts = {user.person_id: user.username for user in users}
    before = formers(row for rows in held.values() for row in rows)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    opened = opened_on(viewer.office_id)

    def holder(row: Holding) -> HolderRow:
        return HolderRow(
            id=row.pk,
            person_id=row.person_id,
            name=row.person.name,
            since=row.effective_on,
            until=row.until_on,
            is_now=row.holds_on(as_of),
            account=accounts.get(row.person_id, ""),
            late_entry=began_late(row, before, rule=rule, not_before=opened),
            late_end=ended_late(row, before, rule=rule, not_before=opened),
        )

    return [PostRow(post.pk, post.title, tuple(map(holder, held.get(post.pk, ())))) for post in kept.order_by("id")]


@dataclass(frozen=True, slots=True)
class Held:
    """One holding with the post and its agency, for the form that ends it."""

    id: int
    agency_id: int
    person_id: int
    name: str
    title: str


def holder(holding_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Held:
    """Give one holding that is in force or was by a day; refused when the office has none of this key."""
    rows = Holding.objects.filter(pk=holding_id, post__agency__entry__office=viewer.office_id)
    found = known(rows.filter(effective_on__lte=as_of), known_at=known_at).select_related("post", "person").first()
    if found is None:
        raise NoSuchHolding(_("Nobody holds a post by this record any more. Reload the page of the agency."))
    return Held(found.pk, found.post.agency_id, found.person_id, found.person.name, found.post.title)


def role_label(role: str) -> str:
    """Name a role as people say it."""
    return str(Role(role).label)
