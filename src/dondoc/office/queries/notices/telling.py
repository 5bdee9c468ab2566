"""Who is told of what: the people who stand in some relation to a piece of news, on its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dondoc.office.access import office_wide
from dondoc.office.models import DutyAssignee, Grant, User
from dondoc.office.models.facts import in_force
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules import notices as rules


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened and that people are told of: of which kind, to which duty.

    `words` are a few plain words beside the title ("lần 2", "đến 30/9/2024"): days and numbers, never what somebody
    wrote, since they go out by mail. `agency_id` is a further agency that it concerns: who must remove an obstacle,
    who bore the duty until now. `user_ids` are accounts that are told by name. `url` is what the notice opens, the
    page of the duty where it is empty.
    """

    kind: str
    duty_id: int | None = None
    words: str = ""
    agency_id: int | None = None
    user_ids: tuple[int, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who is told one piece of news, and how the work is called."""

    user_id: int
    news: News
    title: str


def recipients(news: Iterable[News], *, office_id: int, as_of: date) -> list[Recipient]:
    """Say who is told of what: each person once for each piece of news, whoever did it among them.

    Five queries at most, however much happened.
    """
    told = list(news)
    ids = sorted({one.duty_id for one in told if one.duty_id is not None})
    whole = office_wide(office_id)
    standing = duties_standing("true", viewer=whole, as_of=as_of, known_at=None, duties=ids) if ids else []
    found = {duty.id: duty for duty in standing}
    leads = _leads(told, found, office_id=office_id, as_of=as_of)
    named = _named(ids, office_id=office_id, as_of=as_of) if ids else {}
    rights = _rights(office_id, as_of=as_of)
    result = []
    for one in told:
        duty = found.get(one.duty_id or 0)
        if one.duty_id is not None and duty is None:
            continue
        users: set[int] = set()
        for audience in rules.kind(one.kind).told:
            users |= _audience(audience, one, duty, leads=leads, named=named, rights=rights)
        result += [Recipient(user, one, duty.title if duty else "") for user in sorted(users)]
    return result


@dataclass(frozen=True, slots=True)
class _Rights:
    """The accounts of an office by what they are there on a day."""

    officers: frozenset[int]
    leaders: frozenset[int]
    everybody: frozenset[int]
    focal: Mapping[int, frozenset[int]]


def _rights(office_id: int, *, as_of: date) -> _Rights:
    rows = in_force(Grant.objects.filter(office_id=office_id, user__is_active=True), as_of=as_of, known_at=None)
    roles: dict[str, set[int]] = {}
    focal: dict[int, set[int]] = {}
    for user, role, agency in rows.values_list("user_id", "role", "agency_id"):
        roles.setdefault(role, set()).add(user)
        if role == "focal" and agency is not None:
            focal.setdefault(agency, set()).add(user)
    return _Rights(
        frozenset(roles.get("officer", ())),
        frozenset(roles.get("leader", ())),
        frozenset(user for users in roles.values() for user in users),
        {agency: frozenset(users) for agency, users in focal.items()},
    )


def _audience(
    audience: str,
    news: News,
    duty: StandingDuty | None,
    *,
    leads: Mapping[int, set[int]],
    named: Mapping[int, set[int]],
    rights: _Rights,
) -> set[int]:
    """Give the accounts that stand in one relation to a piece of news."""
    by_name: dict[str, set[int]] = {
        rules.ASSIGNERS: set(rights.officers),
        rules.DECIDERS: set(rights.officers | rights.leaders),
        rules.PERSONS: set(rights.everybody & set(news.user_ids)),
        rules.AGENCY: set(rights.focal.get(news.agency_id or 0, ())),
    }
    if duty is not None:
        led = leads.get(duty.task_id, set()) if duty.role != "lead" else set()
        by_name[rules.BEARER] = set(rights.focal.get(duty.bearer_id, ()))
        by_name[rules.NAMED] = named.get(duty.id, set()) & rights.everybody
        by_name[rules.LEAD] = {user for agency in led for user in rights.focal.get(agency, ())}
    return by_name.get(audience, set())


def _leads(
    news: Iterable[News], found: Mapping[int, StandingDuty], *, office_id: int, as_of: date
) -> dict[int, set[int]]:
    """Say which agencies lead the tasks whose coordinators something happened to."""
    tasks = {
        duty.task_id
        for one in news
        if rules.LEAD in rules.kind(one.kind).told and (duty := found.get(one.duty_id or 0)) and duty.role != "lead"
    }
    if not tasks:
        return {}
    rows = duties_standing(
        "role = 'lead'", viewer=office_wide(office_id), as_of=as_of, known_at=None, tasks=sorted(tasks)
    )
    leads: dict[int, set[int]] = {}
    for row in rows:
        leads.setdefault(row.task_id, set()).add(row.bearer_id)
    return leads


def _named(ids: list[int], *, office_id: int, as_of: date) -> dict[int, set[int]]:
    """Say which accounts belong to the persons who are named for duties on a day."""
    rows = in_force(
        DutyAssignee.objects.filter(Q(answer__isnull=True) | ~Q(answer__kind="sent_back"), duty_id__in=ids),
        as_of=as_of,
        known_at=None,
    )
    persons: dict[int, set[int]] = {}
    for duty, person in rows.values_list("duty_id", "person_id"):
        persons.setdefault(person, set()).add(duty)
    if not persons:
        return {}
    accounts = User.objects.filter(person__in=persons, person__office_id=office_id, is_active=True)
    named: dict[int, set[int]] = {}
    for user, person in accounts.values_list("pk", "person_id"):
        for duty in persons[person]:
            named.setdefault(duty, set()).add(user)
    return named
