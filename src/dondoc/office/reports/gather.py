"""What a progress report is made of, gathered for a viewer, a scope and a day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office import figures
from dondoc.office.access import Refused, Viewer
from dondoc.office.figures.claims import HeldClaim, hold
from dondoc.office.queries import claims, documents, obstacles, offices, programmes
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.reports.blocks import Quote, Report, Signer, Text
from dondoc.office.reports.board import Scope
from dondoc.office.reports.progress import progress_report
from dondoc.office.reports.progress_data import (
    ClaimCheck,
    Hindrance,
    Hindrances,
    ProgrammeProgress,
    ProgressData,
    TaskRow,
)
from dondoc.office.reports.sentences import GroupCount
from dondoc.rules.layouts import Layout, layout_for
from dondoc.rules.text import vi_number

KIND = "BC"
BLANK_NUMBER = "\u00a0" * 8


class NothingToReport(Refused):
    """The scope has no list on record on the day."""


def progress(
    scope: Scope,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    issued_on: date,
    language: str = "vi",
) -> tuple[Report, Layout]:
    """Write the report on a resolution or a list as of a day, in the layout of the office's own hierarchy."""
    rows = [
        row
        for row in programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
        if scope.key in ({row.key} if scope.kind == "programme" else {str(row.resolution_id)})
    ]
    if not rows:
        raise NothingToReport(
            _("Nothing was on record for this on this day, so there is nothing to report. Choose a later day.")
        )
    head = offices.letterhead(viewer.office_id, on=issued_on, known_at=known_at)
    layout = layout_for(head.hierarchy, on=issued_on)
    form = layout.number_form.format(number=BLANK_NUMBER, kind=KIND, body=head.symbol, unit="")
    data = ProgressData(
        issuer_name=head.issuer_name,
        parent_name=head.parent_name,
        place=head.place,
        hierarchy=head.hierarchy,
        number_symbol=form.removesuffix("-"),
        recipients=head.recipients,
        signer=Signer(tuple(filter(None, (head.signer_authority,))), head.signer_position, head.signer_name),
        speaker=head.speaker,
        scope=_title(scope, rows, known_at=known_at),
        as_of=as_of,
        known_at=known_at,
        issued_on=issued_on,
        programmes=tuple(_programmes(rows, viewer=viewer, as_of=as_of, known_at=known_at)),
        hindrances=_hindrances(scope, viewer=viewer, as_of=as_of, known_at=known_at),
        claims=tuple(_claims(rows, viewer=viewer, as_of=as_of, known_at=known_at)),
        language=language,
    )
    return progress_report(data), layout


def _title(scope: Scope, rows: list[ProgrammeRow], *, known_at: datetime | None) -> str:
    if scope.kind == "programme":
        title, noun = rows[0].title, rows[0].item_noun
        # In the middle of a sentence a list that begins with its items' noun is no name: "thực hiện nhiệm vụ do …".
        return title[:1].lower() + title[1:] if title.casefold().startswith(noun.casefold()) else title
    title = documents.full_titles([rows[0].resolution_id], known_at=known_at)[rows[0].resolution_id]
    return title


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
