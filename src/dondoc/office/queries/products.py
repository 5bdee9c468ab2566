"""Products: the documents in which reported work ended."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from dondoc.office.models import Change, Product
from dondoc.office.models.facts import known


def day_of(duty_id: int) -> date | None:
    """Give the day on the product that was last reported of a duty, for the action that accepts it."""
    rows = known(Change.objects.filter(duty_id=duty_id), known_at=None)
    found = Product.objects.filter(change__in=rows).order_by("-recorded_at", "-pk").first()
    return found.issued_on if found else None


def steps_after(duty_id: int, *, on: date) -> list[Change]:
    """List the steps of a duty that stand and begin after a day."""
    rows = known(Change.objects.filter(duty_id=duty_id, effective_on__gt=on), known_at=None)
    return list(rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("effective_on"))).order_by("pk"))
