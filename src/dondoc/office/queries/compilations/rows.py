"""A report in the making as it was known at an instant: its sections, its passages, and every version of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Compilation, CompilationSection, Passage
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import duties
from dondoc.rules.authorship import Version, Written, authors


class NoSuchCompilation(Refused):
    """The report in the making does not exist in this office, or was not begun yet."""


class Overwritten(Refused):
    """What somebody wanted to replace was replaced meanwhile; `now` is what stands in its place."""

    def __init__(self, message: str, now: Passage | CompilationSection | None) -> None:
        super().__init__(message)
        self.now = now


@dataclass(frozen=True, slots=True)
class Source:
    """The report of progress from which a passage was taken over: whose, on what, of which day."""

    step_id: int
    agency: str
    task: str
    duty_id: int
    on: date

    @property
    def url(self) -> str:
        return f"/duties/{self.duty_id}/#progress"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A passage as somebody left it; an empty text: taken away."""

    id: int
    text: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that stands, with all its versions, the oldest first, and who wrote which of its sentences."""

    id: int
    section: str
    order: int
    text: str
    source: Source | None
    versions: tuple[VersionRow, ...]
    written: tuple[Written, ...]

    @property
    def last(self) -> VersionRow:
        """Its present version."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """What was laid down of a section: its place, its heading ("" for the template's), its owner, if it is left out."""

    id: int
    key: str
    order: int
    heading: str
    owner_id: int | None
    owner: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class CompilationRow:
    """A report in the making: by which template, on what, as of which day, for which period, begun by whom.

    `frame` is the office's own Word file into which it is written, "" for none. `sections` holds those that somebody
    changed, by key; `passages` what stands, in order. Both are empty in a list.
    """

    id: int
    report: str
    title: str
    scope: Mapping[str, str]
    as_of: date
    period_id: int | None
    period: str
    frame_id: int | None
    frame: str
    begun_by: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime
    sections: Mapping[str, SectionRow] = field(default_factory=dict)
    passages: tuple[PassageRow, ...] = ()
    taken_away: tuple[PassageRow, ...] = ()

    @property
    def url(self) -> str:
        return f"/report/compilations/{self.id}/"

    def of(self, section: str) -> list[PassageRow]:
        """List the passages of a section, in order."""
        return [passage for passage in self.passages if passage.section == section]


def of_office(compilation_id: int, *, office_id: int) -> Compilation:
    """Give a report in the making of an office, for an action on it. Raises NoSuchCompilation."""
    found = Compilation.objects.filter(pk=compilation_id, office_id=office_id).select_related("period").first()
    if found is None:
        raise _none()
    return found


def _none() -> NoSuchCompilation:
    return NoSuchCompilation(
        _("There is no such report in the making in this office on this day. Look for it in the list.")
    )


def passage_of(passage_id: int, *, compilation_id: int) -> Passage:
    """Give a passage that stands, for an action that replaces it. Raises Overwritten, with what stands in its place."""
    row = Passage.objects.filter(pk=passage_id, compilation_id=compilation_id).select_related("entry").first()
    if row is None:
        raise NoSuchCompilation(_("There is no such passage in this report."))
    last = row
    while (later := Passage.objects.filter(replaces=last).select_related("entry").first()) is not None:
        last = later
    if last.pk != row.pk:
        raise Overwritten(
            _("%(name)s has changed this passage meanwhile. Yours is still here: compare the two and send it again.")
            % {"name": last.entry.actor_name},
            last,
        )
    return row


def section_of(key: str, *, compilation_id: int) -> CompilationSection | None:
    """Give what was last laid down of a section; None where it is as the template has it."""
    rows = known(CompilationSection.objects.filter(compilation_id=compilation_id, key=key), known_at=None)
    return rows.select_related("entry").order_by("-pk").first()


def compilations(*, viewer: Viewer, known_at: datetime | None, size: int | None = 50) -> list[CompilationRow]:
    """List the reports in the making of the viewer's office, the latest begun first; agencies see none."""
    if not viewer.sees_all:
        return []
    rows = recorded(Compilation.objects.filter(office_id=viewer.office_id), known_at=known_at)
    found = list(_whole(rows).order_by("-pk")[:size])
    changed: dict[int, tuple[datetime, str]] = {}
    written: tuple[QuerySet[Any], ...] = (Passage.objects.all(), CompilationSection.objects.all())
    for rows_of in written:
        later = recorded(rows_of.filter(compilation__in=found), known_at=known_at)
        latest = later.order_by("compilation_id", "-recorded_at", "-pk").distinct("compilation_id")
        for pk, at, name in latest.values_list("compilation_id", "recorded_at", "entry__actor_name") if found else ():
            changed[pk] = max(changed.get(pk, (at, name)), (at, name))
    return [_row(row, *changed.get(row.pk, (row.recorded_at, row.entry.actor_name))) for row in found]


def compilation(compilation_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> CompilationRow:
    """Give one report in the making with what was written into it by an instant. Raises NoSuchCompilation.

    The agencies of its sources are called as on the day of the report, or on an earlier one that is looked at.
    """
    rows = Compilation.objects.filter(pk=compilation_id, office_id=viewer.office_id)
    row = _whole(recorded(rows, known_at=known_at)).first() if viewer.sees_all else None
    if row is None:
        raise _none()
    laid_down = list(
        known(CompilationSection.objects.filter(compilation=row), known_at=known_at)
        .select_related("owner", "entry")
        .order_by("pk")
    )
    sections = {
        found.key: SectionRow(
            found.pk, found.key, found.order, found.heading, found.owner_id, _name(found), found.left_out
        )
        for found in laid_down
    }
    written = list(
        recorded(Passage.objects.filter(compilation=row), known_at=known_at)
        .select_related("entry", "source__progress__duty__task")
        .order_by("pk")
    )
    passages, taken_away = _passages(written, viewer=viewer, as_of=min(as_of, row.as_of), known_at=known_at)
    touched = [(one.recorded_at, one.entry.actor_name) for one in (row, *laid_down, *written)]
    at, name = max(touched)
    return replace(_row(row, at, name), sections=sections, passages=passages, taken_away=taken_away)


def _whole(rows: QuerySet[Compilation]) -> QuerySet[Compilation]:
    """Read them with what they name; of the Word file the name only."""
    return rows.select_related("entry", "period", "frame").defer("frame__content")


def _row(row: Compilation, changed_at: datetime, changed_by: str) -> CompilationRow:
    return CompilationRow(
        id=row.pk,
        report=row.report,
        title=row.title,
        scope=row.scope,
        as_of=row.as_of,
        period_id=row.period_id,
        period=row.period.name if row.period else "",
        frame_id=row.frame_id,
        frame=row.frame.name if row.frame else "",
        begun_by=row.entry.actor_name,
        begun_at=row.recorded_at,
        changed_by=changed_by,
        changed_at=changed_at,
    )


def _name(row: CompilationSection) -> str:
    return str(row.owner) if row.owner else ""


def _passages(
    rows: list[Passage], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> tuple[tuple[PassageRow, ...], tuple[PassageRow, ...]]:
    """Give the passages that stand, in order, and those that were taken away, by the chains of their versions."""
    sources = _sources(rows, viewer=viewer, as_of=as_of, known_at=known_at)
    later = {row.replaces_id: row for row in rows if row.replaces_id is not None}
    found = []
    for row in rows:
        if row.replaces_id is None:
            chain = [row]
            while chain[-1].pk in later:
                chain.append(later[chain[-1].pk])
            found.append(_passage(chain, sources.get(row.source_id or 0)))
    stand = sorted((one for one in found if one.text), key=lambda one: (one.order, one.versions[0].id))
    return tuple(stand), tuple(one for one in found if not one.text)


def _passage(chain: list[Passage], source: Source | None) -> PassageRow:
    last = chain[-1]
    versions = [Version(row.entry.actor_name, row.text) for row in chain]
    if source is not None:
        # Taken over as it stood: the words are the agency's, whoever pressed.
        versions[0] = Version(source.agency, chain[0].text)
    return PassageRow(
        id=last.pk,
        section=last.section,
        order=last.order,
        text=last.text,
        source=source,
        versions=tuple(VersionRow(row.pk, row.text, row.entry.actor_name, row.recorded_at) for row in chain),
        written=authors(versions) if last.text else (),
    )


def _sources(rows: Iterable[Passage], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Source]:
    steps = {row.source.pk: row.source for row in rows if row.source is not None}
    if not steps:
        return {}
    ids = {step.progress.duty_id for step in steps.values()}
    borne = duties.bearers(ids, viewer=viewer, as_of=as_of, known_at=known_at)
    return {
        pk: Source(
            pk,
            borne.get(step.progress.duty_id, (0, "", ""))[1],
            step.progress.duty.task.title,
            step.progress.duty_id,
            step.on,
        )
        for pk, step in steps.items()
    }
