"""What a progress report is made of, gathered for a viewer, a scope and a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office import figures
from dondoc.office.access import Viewer
from dondoc.office.figures.claims import HeldClaim, hold
from dondoc.office.queries import claims, duties, obstacles, programmes
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.reports import pictures
from dondoc.office.reports.blocks import Paragraph, Quote, Text
from dondoc.office.reports.board import Scope
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import unnoted
from dondoc.office.reports.progress import progress_content
from dondoc.office.reports.progress_data import (
    ClaimCheck,
    Hindrance,
    Hindrances,
    OpenWork,
    ProgrammeProgress,
    ProgressFacts,
    TaskRow,
)
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import GroupCount
from dondoc.rules.text import vi_number


def gathered(ask: Ask) -> Content:
    """Gather what the progress report on a resolution or a list says, and write its sections."""
    scope, called = ask.scope, scope_words(ask)
    rows = [
        row
        for row in programmes.programmes(**ask.moment)
        if scope.key in ({row.key} if scope.kind == "programme" else {str(row.resolution_id)})
    ]
    written = progress_content(
        ProgressFacts(
            scope=called,
            as_of=ask.as_of,
            known_at=ask.known_at,
            programmes=tuple(_programmes(rows, **ask.moment)),
            work=open_work(scope, **ask.moment),
            hindrances=_hindrances(scope, **ask.moment),
            claims=tuple(_claims(rows, **ask.moment)),
        )
    )
    over_time = pictures.states_over_time(scope, **ask.moment)
    counted = pictures.how_counted(scope, rows[0].counting.name if len(rows) == 1 else "")
    drawn = (unnoted(over_time), Paragraph((Text(counted),), "note")) if over_time.twin.rows else ()
    return replace(written, sections={**written.sections, "summary": (*written.sections["summary"], *drawn)})


def open_work(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> OpenWork:
    """Give what is not finished under a scope, what of it is overdue and what falls due next, with the duties."""
    about = scope.arguments
    asked = [(key, about) for key in ("duties.open", "duties.late", "duties.due_soon")]
    unfinished, late, due_soon = figures.values(asked, viewer=viewer, as_of=as_of, known_at=known_at)
    late_rows, soon_rows = (
        tuple(duties.listed(which, viewer=viewer, as_of=as_of, known_at=known_at, **about)) if figure.value else ()
        for which, figure in (("late", late), ("due_soon", due_soon))
    )
    return OpenWork(unfinished, late, due_soon, late_rows, soon_rows)


def _programmes(
    rows: list[ProgrammeRow], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[ProgrammeProgress]:
    requests = []
    for row in rows:
        programme = {"programme": row.key}
        requests += [(key, programme) for key in ("tasks.total", "duties.late", "duties.due_soon")]
        requests += [("tasks.in_group", {**programme, "group": g.code}) for g in row.counting.groups]
    found = iter(figures.values(requests, viewer=viewer, as_of=as_of, known_at=known_at))
    gathered = []
    for row in rows:
        total, late, due_soon = next(found), next(found), next(found)
        groups = tuple(GroupCount(g.label, g.state_class, next(found)) for g in row.counting.groups)
        gathered.append(
            ProgrammeProgress(
                title=row.title,
                noun=row.item_noun,
                lead=(Text(_lead(row)),),
                total=total,
                groups=groups,
                late=late,
                due_soon=due_soon,
                rows=tuple(_annex(row, viewer=viewer, as_of=as_of, known_at=known_at)),
            )
        )
    return gathered


def _lead(row: ProgrammeRow) -> str:
    """Say whose the items are: the words of the list's title behind its noun, or the title itself."""
    if row.title.casefold().startswith(f"{row.item_noun} ".casefold()):
        return row.title[len(row.item_noun) :].strip()
    return _("of “%(list)s”") % {"list": row.title}


def _annex(row: ProgrammeRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[TaskRow]:
    items = programmes.items(row.key, viewer=viewer, as_of=as_of, known_at=known_at)
    return [TaskRow(item.title, item.lead, item.group, item.due, item.days_late or None) for item in items]


def _claims(rows: list[ProgrammeRow], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClaimCheck]:
    keys = {row.key for row in rows}
    bound = [
        row
        for row in claims.bound(viewer=viewer, as_of=as_of, known_at=known_at, day=as_of)
        if row.arguments.get("programme") in keys
    ]
    return [_check(row) for row in hold(bound, viewer=viewer, known_at=known_at)]


def _hindrances(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Hindrances:
    arguments = {scope.kind: scope.key}
    found = obstacles.standing(viewer=viewer, as_of=as_of, known_at=known_at)
    asked = [("obstacles.standing", arguments)]
    given = {obstacles.standing: found}
    return Hindrances(
        figures.values(asked, viewer=viewer, as_of=as_of, known_at=known_at, given=given)[0],
        tuple(
            Hindrance(row.title, row.agency_short or row.agency, row.text, row.remover, row.needed_by, row.days_waited)
            for row in found.of(**arguments)
        ),
    )


def _check(row: HeldClaim) -> ClaimCheck:
    claim = row.claim
    stated = vi_number(claim.value) + (f"/{vi_number(claim.of)}" if claim.of is not None else "")
    return ClaimCheck(
        quote=Quote(claim.words, claim.document, "", f"/documents/{claim.document_id}/reading/#at-{claim.start}"),
        stated=f"{stated} {claim.unit}".strip(),
        computed=row.computed,
        verdict=row.verdict,  # type: ignore[arg-type]
        reason=row.why,
    )
