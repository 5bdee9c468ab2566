"""The steps of one duty as they stand, and those that another step made void: for mending what was entered wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F, Q
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Change
from dondoc.office.models.facts import known
from dondoc.office.queries.definitions import Flows
from dondoc.office.queries.duties.rows import change as standing_change
from dondoc.office.queries.happenings.lateness import formers
from dondoc.office.queries.happenings.mended import BY_ITSELF

__all__ = ["BY_ITSELF", "NoSuchStep", "StepRow", "made_void", "step", "steps", "why_it_stays"]


class NoSuchStep(Refused):
    """A step that is not one of this duty, or does not stand any more."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step that may be mended: the state, since when, the words, the product, and what could stand in its place."""

    id: int
    duty_id: int
    to_state: str
    label: str
    on: date
    note: str
    number: str
    issued_on: date | None
    title: str
    states: tuple[tuple[str, str], ...]


def steps(duty_id: int) -> list[Change]:
    """List the steps of a duty that stand, in the order in which they decide: by day, then as recorded."""
    rows = known(Change.objects.filter(duty_id=duty_id), known_at=None)
    held = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("effective_on")))
    return list(held.select_related("entry").order_by("effective_on", "recorded_at", "pk"))


def made_void(change: Change) -> list[Change]:
    """List the empty rows by which a step ended those of later days when it was recorded, where these still stand."""
    said = [row for row in (change, *formers([change]).values()) if row.until_on != row.effective_on]
    rows = Change.objects.filter(
        duty_id=change.duty_id,
        entry__in={row.entry_id for row in said},
        entry__action="move_duty",
        replaces__isnull=False,
        until_on=F("effective_on"),
    )
    return list(known(rows, known_at=None).select_related("replaces__product").order_by("pk"))


def why_it_stays(change: Change) -> str:
    """Say why a step is not mended by itself; empty where it can be."""
    if not change.from_state:
        return _("The first step says that the work was assigned, and when: it stays. Record that the work is dropped.")
    if change.entry.action not in BY_ITSELF:
        return _("This step came with something else, such as a hand-over or a split. Record the next step instead.")
    return ""


def step(change_id: int, *, duty_id: int, viewer: Viewer) -> StepRow:
    """Give a step of a duty that stands, for the page on which it is mended."""
    row = standing_change(change_id, office_id=viewer.office_id)
    if row is None or row.duty_id != duty_id:
        raise NoSuchStep(_("Meanwhile this entry was corrected or withdrawn. Look at its history again."))
    if words := why_it_stays(row):
        raise NoSuchStep(words)
    workflow_id = row.duty.task.workflow_id
    flow = Flows([workflow_id]).on(workflow_id, row.effective_on)
    held = steps(duty_id)
    before = next((a.to_state for a, b in pairwise(held) if b.pk == row.pk), row.from_state)
    codes = [row.to_state, *(one.code for one in flow.next_states(before, assigns=True) if one.code != row.to_state)]
    product = getattr(row, "product", None)
    return StepRow(
        id=row.pk,
        duty_id=duty_id,
        to_state=row.to_state,
        label=flow.labels.get(row.to_state, row.to_state),
        on=row.effective_on,
        note=row.note,
        number=product.number if product else "",
        issued_on=product.issued_on if product else None,
        title=product.title if product else "",
        states=tuple((code, flow.labels.get(code, code)) for code in codes),
    )
