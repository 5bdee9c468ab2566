"""What deputies are told: a copy of each notice of whoever they stand in for, for as long as they do.

A copy is a notice of its own, with its own reader; its address names the deputyship and the notice it was made of. It
is news only while that deputyship lasts: from the day after, nobody is shown it, and no mail holds it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from dondoc.office.models import Deputy, Notice
from dondoc.office.models.facts import in_force

COPY = r"^/deputies/([0-9]+)/notices/[0-9]+/$"


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
    held = in_force(
        Deputy.objects.filter(deputy=OuterRef("user"), office=OuterRef("office"), user__is_active=True),
        as_of=on,
        known_at=None,
    )
    address = ExpressionWrapper(OuterRef("url"), output_field=TextField())
    begins = Concat(Value("/deputies/"), Cast("pk", TextField()), Value("/notices/"), output_field=TextField())
    held = held.annotate(address=address, begins=begins).filter(address__startswith=F("begins"))
    return rows.filter(~Q(url__regex=COPY) | Exists(held))
