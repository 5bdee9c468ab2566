"""What can be chosen in the filters of a list of tasks on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dondoc.office.access import Viewer
from dondoc.office.models import DutyAssignee, Person, WorkflowState
from dondoc.office.models.facts import in_force, latest
from dondoc.office.queries import agencies, documents, programmes

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists, resolutions, documents, agencies, states and persons that a filter offers: value and words."""

    programme: Options
    resolution: Options
    document: Options
    agency: Options
    state: Options
    person: Options


def choices(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Choices:
    """List what can be chosen in the filters, as far as the viewer sees it on a day."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    return Choices(
        programme=tuple((row.key, row.title) for row in programmes.programmes(**moment)),
        resolution=tuple((str(pk), title) for pk, title in documents.resolutions(**moment)),
        document=tuple((str(pk), title) for pk, title in documents.assigning(**moment)),
        agency=tuple((str(row.id), row.name) for row in agencies.agencies(**moment)),
        state=states(**moment),
        person=persons(**moment),
    )


def states(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Options:
    """List the states of the office's workflows on a day, in the order of their ranks."""
    rows = latest(WorkflowState.objects.filter(workflow__office_id=viewer.office_id), as_of=as_of, known_at=known_at)
    found: dict[str, tuple[int, str]] = {}
    for row in reversed(rows):
        found[row.code] = (row.rank, row.label)
    return tuple((code, label) for code, (_rank, label) in sorted(found.items(), key=lambda item: (item[1], item[0])))


def persons(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Options:
    """List the persons who are named for some duty on a day; a focal point's own agencies' only."""
    named = in_force(
        DutyAssignee.objects.filter(duty__task__office_id=viewer.office_id), as_of=as_of, known_at=known_at
    )
    if not viewer.sees_all:
        named = named.filter(duty__bearers__agency_id__in=viewer.agency_ids)
    rows = Person.objects.filter(office_id=viewer.office_id, pk__in=named.values("person_id"))
    return tuple((str(pk), name) for pk, name in rows.order_by("sort_key", "id").values_list("pk", "name"))
