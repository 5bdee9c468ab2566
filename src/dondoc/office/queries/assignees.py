"""Assignees: the persons whom agencies name for their duties, and what these answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.office.models import DutyAssignee, Grant, Holding, Person, User
from dondoc.office.models.facts import in_force
from dondoc.office.queries.standing import HOLDS, LATEST


@dataclass(frozen=True, slots=True)
class Named:
    """The person named for a duty on a day; `answer` is empty while the person has not answered."""

    id: int
    duty_id: int
    person_id: int
    person: str
    since: date
    note: str
    named_by: str
    answer: str
    answered_on: date | None
    reason: str
    answered_by: str
    on_behalf: bool


# An agency names the person: who was named before it bore the duty is named no longer.
# ruff: noqa: S608 -- every piece that is put together here is a constant; values go in as parameters.
NAMED = f"""
    select distinct on (a.duty_id)
        a.id, a.duty_id, a.person_id, p.name, a.effective_on, a.note, e.actor_name,
        coalesce(answer.kind, ''), answer.answered_on, coalesce(answer.reason, ''), coalesce(said.actor_name, ''),
        answer.id is not null and account.person_id is distinct from a.person_id
    from office_dutyassignee a
    join office_person p on p.id = a.person_id
    join office_logentry e on e.id = a.entry_id
    cross join lateral (
        select b.recorded_at from office_dutybearer b
        where b.duty_id = a.duty_id and {HOLDS.format(row="b", table="office_dutybearer")}
        order by {LATEST.format(row="b")} limit 1
    ) bearer
    left join office_assigneeanswer answer
        on answer.assignee_id = a.id and answer.recorded_at <= %(known_at)s and answer.answered_on <= %(as_of)s
    left join office_logentry said on said.id = answer.entry_id
    left join office_user account on account.id = said.actor_id
    where a.duty_id = any(%(duties)s::bigint[]) and e.office_id = %(office)s
      and {HOLDS.format(row="a", table="office_dutyassignee")} and a.recorded_at >= bearer.recorded_at
    order by a.duty_id, {LATEST.format(row="a")}
"""


def named(ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Named]:
    """Give the person named for each of some duties that were fetched with this viewer; one query."""
    wanted: dict[str, Any] = {
        "duties": list(ids),
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
    }
    with connection.cursor() as cursor:
        cursor.execute(NAMED, wanted)
        return {row[1]: Named(*row) for row in cursor.fetchall()}


def is_person(user_id: int | None, person_id: int) -> bool:
    """Say whether an account is the person's own."""
    return user_id is not None and User.objects.filter(pk=user_id, person_id=person_id).exists()


def offered(agency_id: int, *, viewer: Viewer, on: date) -> list[tuple[int, str]]:
    """List whom an agency can name: holders of its posts, its accounts' persons, and those it named before."""
    holders = in_force(Holding.objects.filter(post__agency=agency_id), as_of=on, known_at=None).values("person_id")
    accounts = in_force(Grant.objects.filter(agency=agency_id, office=viewer.office_id), as_of=on, known_at=None)
    own = accounts.filter(user__person__isnull=False).values("user__person_id")
    before = DutyAssignee.objects.filter(duty__bearers__agency=agency_id).values("person_id")
    rows = Person.objects.filter(office_id=viewer.office_id)
    found = rows.filter(pk__in=holders) | rows.filter(pk__in=own) | rows.filter(pk__in=before)
    return list(found.distinct().order_by("sort_key", "pk").values_list("pk", "name"))
