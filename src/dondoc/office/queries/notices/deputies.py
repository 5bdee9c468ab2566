"""What deputies are told: a copy of each notice of whoever they stand in for, for as long as they do.

A copy is a notice of its own, with its own reader; its address names the deputyship and the notice it was made of. It
is news only while that deputyship lasts: from the day after, nobody is shown it, and no mail holds it.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from dondoc.office.access import Viewer
from dondoc.office.models import Deputy, Notice
from dondoc.office.models.facts import in_force
from dondoc.office.queries import definitions

COPY = r"^/deputies/([0-9]+)/notices/[0-9]+/$"
# In SQL, since the head of every page asks for it: a deputyship that lasts on a day, and a notice still told. Said with
# the ORM (`in_force`, Exists) the server makes the same plan, but putting it together took 5,7 ms in place of 0,3, and
# the head would need these words beside it all the same. Measured with 100,000 notices and 300 deputyships.
LASTS = """
    {row}.effective_on <= {on} and ({row}.until_on is null or {row}.until_on > {on})
    and not exists (select 1 from office_deputy later where later.replaces_id = {row}.id)
"""
STILL_TOLD = f"""
    {{row}}.url !~ '{COPY}' or exists (
        select 1 from office_deputy held join office_user whose on whose.id = held.user_id
        where held.deputy_id = {{row}}.user_id and held.office_id = {{row}}.office_id and whose.is_active
          and starts_with({{row}}.url, '/deputies/' || held.id || '/notices/')
          and {LASTS.format(row="held", on="{on}")})
"""

_HEAD = f"""
    select
      (select count(*) from office_notice n
       where n.user_id = %(told)s and n.office_id = %(office)s and n.read_at is null
         and ({STILL_TOLD.format(row="n", on="%(on)s")})),
      array(
        select d.id || ' ' || coalesce(nullif(whose.full_name, ''), whose.username)
        from office_deputy d join office_user whose on whose.id = d.user_id
        where d.deputy_id = %(user)s and d.office_id = %(office)s and whose.is_active
          and {LASTS.format(row="d", on="%(on)s")}
        order by whose.full_name, d.id),
      ({definitions.LAST_LAID})
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """That an account stands in for another just now: the deputyship, whose, who, and the other's name."""

    id: int
    user_id: int
    deputy_id: int
    name: str


def copy_url(deputy: Standing, notice: Notice) -> str:
    """Give the address of a deputy's copy of a notice."""
    return f"/deputies/{deputy.id}/notices/{notice.pk}/"


def deputy_of(url: str) -> int | None:
    """Say by which deputyship somebody got this notice; None for a notice of one's own."""
    found = re.match(COPY, url)
    return int(found[1]) if found else None


def standing_in(users: Collection[int], *, office_id: int, on: date) -> list[Standing]:
    """List who stands in for some of these accounts on a day."""
    rows = Deputy.objects.filter(office_id=office_id, user__in=users, deputy__is_active=True, user__is_active=True)
    found = in_force(rows, as_of=on, known_at=None).select_related("user").order_by("id")
    return [Standing(row.pk, row.user_id, row.deputy_id, str(row.user)) for row in found]


def still_told(rows: QuerySet[Notice], *, on: date) -> QuerySet[Notice]:
    """Keep a person's own notices, and the copies of those for whom the person stands in on this day."""
    told = STILL_TOLD.format(row="office_notice", on="%s")
    return rows.filter(RawSQL(f"({told})", [on, on], BooleanField()))  # noqa: S611 -- a constant; the day goes in apart


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody for whom one may act today."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of every page says to a person: how many notices are unread, and for whom the person may act.

    `defined_on`, for the foot, is the day of the definitions that the page uses: the last one laid down by its day.
    """

    unread: int
    stands_in: tuple[StandIn, ...]
    defined_on: date | None = None


def head(*, viewer: Viewer, on: date, as_of: date, known_at: datetime | None) -> Head:
    """Give what the head of a page says to whoever looks, in one query; a deputy is shown the other's notices.

    `on` is today, by which somebody may act; the definitions are those of the day that is looked at.
    """
    told = viewer.stands_for_id or viewer.user_id
    with connection.cursor() as cursor:
        asked = {"told": told, "user": viewer.user_id, "office": viewer.office_id, "on": on}
        cursor.execute(_HEAD, {**asked, "as_of": as_of, "known_at": known_at or "infinity"})
        unread, others, laid_on = cursor.fetchone()
    parted = [said.partition(" ") for said in others]
    defined_on = definitions.with_shipped(laid_on, as_of=as_of)
    return Head(unread, tuple(StandIn(int(pk), name) for pk, _space, name in parted), defined_on)
