"""Which of the six things that must be clear ("6 rõ") a task on record lacks, and where each can be given.

The rule is `rules.clarity`. Work that is closed lacks nothing any more, and an orientation asks for nothing by a day.
`lacking` answers the same in SQL, for lists.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from dondoc.office.queries.products import EXPECTED
from dondoc.office.queries.standing import HOLDS, LATEST, TIED
from dondoc.office.queries.tasks import TaskHead
from dondoc.rules.clarity import Given, unclear


@dataclass(frozen=True, slots=True)
class Missing:
    """One of the six that a task lacks, said in one sentence, and the duty, document or task at which it is given."""

    key: str = ""
    label: str = ""
    sentence: str = ""
    duty_id: int | None = None
    document_id: int | None = None
    start: int | None = None
    task_id: int | None = None


# That a due day of its own will come when an event has happened; {duty} is the key of a duty.
_BY_EVENT = f"""(
    select u.kind from office_dutydue u
    where u.duty_id = {{duty}} and {HOLDS.format(row="u", table="office_dutydue")}
    order by {LATEST.format(row="u")} limit 1) = 'event'"""
_ISSUED = """exists (
    select 1 from office_documentheader h where h.document_id = {document} and btrim(h.issuer_name) <> ''
      and h.recorded_at <= %(known_at)s and not exists (
        select 1 from office_documentheader later where later.replaces_id = h.id
          and later.recorded_at <= %(known_at)s))"""
_FACTS = f"""
    select array(select a.id from office_agency a where a.id = any(%(leads)s::bigint[]) and a.is_class),
           array(select d.id from unnest(%(undated)s::bigint[]) d(id) where {_BY_EVENT.format(duty="d.id")}),
           array(select d.id from unnest(%(documents)s::bigint[]) d(id) where {_ISSUED.format(document="d.id")})
"""


def missing(task: TaskHead, *, as_of: date, known_at: datetime | None) -> tuple[Missing, ...]:
    """Say which of the six a task lacks on a day, in their usual order; one query."""
    leads = [row for row in task.duties if row.role == "lead" and row.state_class != "dropped"]
    if task.is_orientation or all(row.state_class == "done" for row in leads):
        return ()
    documents = list(dict.fromkeys(words.document_id for words in task.words))
    undated = [row.id for row in leads if row.due is None]
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS,
            {
                "leads": [row.agency_id for row in leads],
                "undated": undated,
                "documents": documents,
                "as_of": as_of,
                "known_at": known_at or "infinity",
            },
        )
        classes, by_event, issued = cursor.fetchone()
    unstaged = [row for row in leads if not row.stage]
    given = Given(
        title=task.title,
        leads=tuple(str(row.agency_id) for row in leads),
        classes=frozenset(map(str, classes)),
        has_due=set(undated) <= set(by_event),
        product=task.product,
        given_by="note" if task.is_from_note else "document" if issued else "",
        staged=frozenset(str(row.agency_id) for row in leads) - {str(row.agency_id) for row in unstaged},
    )
    words = next((words for words in task.words if words.start is not None), None)
    places = {
        "who": Missing(duty_id=next((row.id for row in leads if row.agency_id in classes), None)),
        "when": Missing(duty_id=next((pk for pk in undated if pk not in by_event), None)),
        "answers": Missing(duty_id=unstaged[-1].id if unstaged else None),
        "product": Missing(document_id=words.document_id, start=words.start) if words else Missing(task_id=task.id),
        "authority": Missing(document_id=next(iter(documents), None)),
    }
    return tuple(
        replace(places.get(point.key, Missing()), key=point.key, sentence=point.missing, label=point.label)
        for point in unclear(given, on=task.assigned_on)
    )


# The tasks that lack one of the six, as a condition on the duty `d` by which a list shows them (`queries.wishes`).
# What must be done a task on record always says.
_LACKS = {
    "who": "bool_and(a.is_class)",
    "when": f"bool_or(l.due_on is null and {_BY_EVENT.format(duty='l.id')} is not true)",
    "answers": "count(distinct l.bearer_id) > 1 and bool_or(l.stage = '')",
    "product": f"btrim({EXPECTED}) = ''",
    "authority": f"""t.note_id is null and not exists (
        select 1 from office_taskclause c where c.task_id = t.id and {TIED}
          and {_ISSUED.format(document="c.document_id")})""",
}


def lacking(keys: Iterable[str]) -> str:
    """Write in SQL that the task of a duty `d` lacks any of these points."""
    any_of = " or ".join(f"({_LACKS[key]})" for key in keys if key in _LACKS) or "false"
    return f"""d.task_id in (
        select l.task_id from duty l
        join office_task t on t.id = l.task_id join office_agency a on a.id = l.bearer_id
        where l.role = 'lead' and l.state_class <> 'dropped' and l.kind <> 'orientation'
        group by l.task_id, t.id
        having bool_or(l.state_class <> 'done') and ({any_of}))"""
