"""The clauses of a document as a page shows them: in the tree of its numbers, each with what was made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import F
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Clause, ClauseRelease, DocumentLink
from dondoc.office.models.facts import in_force
from dondoc.office.queries import documents, duties, parameters, urges
from dondoc.office.queries.clauses.ties import CONCRETE, Ties, of_kind, tied
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.happenings.lateness import began_late, came_in, ended_late, formers
from dondoc.office.queries.indicators import IndicatorRow
from dondoc.office.queries.urges import UrgeRow
from dondoc.rules.lateness import LateRule

LONG = 420  # letters; longer words are folded on the page
Which = Literal["all", "nothing", "late"]


class NoSuchClause(Refused):
    """The clause does not exist, or its document is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class ClauseTask:
    """A task that comes from a clause, with its state, its first lead and that lead's due day.

    `tie_id` is the officer's word that it does, None where the task was read in the clause's own words; `late_entry` by
    how many days that was entered late.
    """

    lead: DutyRow
    state_class: str
    state_label: str
    is_late: bool
    tie_id: int | None = None
    late_entry: int = 0

    @property
    def url(self) -> str:
        return f"/tasks/{self.lead.task_id}/"


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A document that makes a clause, or a whole document, concrete; since which day, and until which, if one is known.

    `late_entry` and `late_end` say by how many days it was entered late that it began and that it ended.
    """

    id: int
    document_id: int
    title: str
    kind: str
    since: date
    until: date | None = None
    late_entry: int = 0
    late_end: int = 0

    @property
    def url(self) -> str:
        return f"/documents/{self.document_id}/"


@dataclass(frozen=True, slots=True)
class Release:
    """That a clause needs nothing made of it: since when, until when, why, who says so, how late entered."""

    id: int
    since: date
    reason: str
    recorded_by: str
    until: date | None = None
    late_entry: int = 0
    late_end: int = 0


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause in the tree of its document, with everything that was made of it."""

    id: int
    document_id: int
    document: str
    address: str
    depth: int
    heading: str
    words: str
    is_long: bool
    has_children: bool
    is_narrative: bool
    is_counted: bool
    tasks: tuple[ClauseTask, ...] = ()
    links: tuple[ClauseLink, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    urges: tuple[UrgeRow, ...] = ()
    release: Release | None = None
    above: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The place of the clause on the page of its document; a second part of the same number is told apart."""
        return self.address.replace("#", "~")

    @property
    def url(self) -> str:
        return f"/documents/{self.document_id}/clauses/#{self.anchor}"

    @property
    def text(self) -> str:
        """Its words without its number."""
        place = self.words.find(self.heading[:40])
        return self.words[max(place, 0) :]

    @property
    def has_nothing(self) -> bool:
        """Whether it is to be made concrete, nothing was made of it, and nobody said that it needs nothing."""
        return self.is_counted and not (self.tasks or self.links or self.indicators or self.release)

    @property
    def is_late(self) -> bool:
        """Whether a task from it is late."""
        return any(task.is_late for task in self.tasks)


def listed(document_id: int, kind: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClauseRow]:
    """List the clauses that a count of `Coverage` counts, each with what was made of it."""
    found = tied([document_id], viewer=viewer, as_of=as_of, known_at=known_at)
    wanted = set(of_kind(found, document_id, kind))
    rows = _rows(found, document_id, viewer=viewer, as_of=as_of, known_at=known_at)
    return [one for one in rows if one.id in wanted]


def clauses(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClauseRow]:
    """List all clauses of a document in the order of the text; none where it is not in sight."""
    found = tied([document_id], viewer=viewer, as_of=as_of, known_at=known_at)
    return _rows(found, document_id, viewer=viewer, as_of=as_of, known_at=known_at)


def clause(clause_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ClauseRow:
    """Give one clause with what was made of it; refused when its document is not in sight."""
    document_id = Clause.objects.filter(pk=clause_id).values_list("document_id", flat=True).first()
    if document_id is not None:
        found = tied([document_id], viewer=viewer, as_of=as_of, known_at=known_at)
        rows = _rows(found, document_id, viewer=viewer, as_of=as_of, known_at=known_at)
        for one in rows:
            if one.id == clause_id:
                return one
    raise NoSuchClause(_("There is no such clause on this day, or its document concerns other agencies only."))


def kept(rows: Iterable[ClauseRow], which: Which) -> list[ClauseRow]:
    """Keep the clauses that were asked for, with the parts above them."""
    found = list(rows)
    if which == "all":
        return found
    hits = [one for one in found if (one.has_nothing if which == "nothing" else one.is_late)]
    wanted = {one.address for one in hits} | {address for one in hits for address in one.above}
    return [one for one in found if one.address in wanted]


def _rows(found: Ties, document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClauseRow]:
    places = found.places.get(document_id, [])
    if not places:
        return []
    text = documents.text_of(document_id)
    leads = [stand[3] for ties in found.tasks.values() for stand in ties.values()]
    named = {row.task_id: row for row in duties.rows_of(leads, as_of=as_of, known_at=known_at)}
    links = [link for some in found.links.values() for link in some]
    before = formers(links)
    released = formers(found.releases.values())
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    titles = documents.short_titles([document_id, *(link.document_id for link in links)], known_at=known_at)
    urged: dict[int | None, list[UrgeRow]] = {}
    for urge in urges.urges(viewer=viewer, as_of=as_of, known_at=known_at, clauses=[p.part.key for p in places]):
        urged.setdefault(urge.clause_id, []).append(urge)
    first_child: dict[int, int] = {}
    for place in places:
        if place.parent is not None:
            first_child.setdefault(place.parent, place.part.start)
    above: dict[int, tuple[str, ...]] = {}
    rows = []
    for place in places:
        key, one = place.part.key, found.clauses[place.part.key]
        above[key] = () if place.parent is None else (*above[place.parent], found.clauses[place.parent].address)
        words = " ".join(text[one.start : first_child.get(key, one.end)].split())
        rows.append(
            ClauseRow(
                id=key,
                document_id=document_id,
                document=titles.get(document_id, ""),
                address=one.address,
                depth=place.depth,
                heading=one.heading,
                words=words,
                is_long=len(words) > LONG,
                has_children=place.has_children,
                is_narrative=place.is_narrative,
                is_counted=place.is_counted,
                tasks=tuple(
                    ClauseTask(
                        named[task_id], klass, label, late, found.by_hand.get((key, task_id)), found.late[key, task_id]
                    )
                    for task_id, (late, klass, label, _lead) in found.tasks.get(key, {}).items()
                ),
                links=tuple(_link(link, titles, before, rule) for link in found.links.get(key, [])),
                indicators=tuple(found.indicators.get(key, [])),
                urges=tuple(urged.get(key, [])),
                release=_release(found.releases.get(key), released, rule),
                above=above[key],
            )
        )
    return rows


def _release(row: ClauseRelease | None, before: dict[int, ClauseRelease], rule: LateRule) -> Release | None:
    if row is None:
        return None
    return Release(
        id=row.pk,
        since=row.effective_on,
        reason=row.reason,
        recorded_by=row.entry.actor_name,
        until=row.until_on,
        late_entry=began_late(row, before, "reason", rule=rule),
        late_end=ended_late(row, before, rule=rule),
    )


def _link(link: Any, titles: dict[int, str], before: dict[int, Any], rule: LateRule) -> ClauseLink:
    """Make a row of a link of which the day is known on which its document came in (`came_in`)."""
    return ClauseLink(
        id=link.pk,
        document_id=link.document_id,
        title=titles.get(link.document_id, ""),
        kind=str(link.get_kind_display()),
        since=link.effective_on,
        until=link.until_on,
        late_entry=began_late(link, before, "kind", rule=rule, not_before=link.came_in),
        late_end=ended_late(link, before, rule=rule, not_before=link.came_in),
    )


def of_whole(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClauseLink]:
    """List the documents in sight that make a document concrete as a whole, each once, and name no clause of it."""
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    rows = DocumentLink.objects.filter(
        target_id=document_id, target__office_id=viewer.office_id, target_clause=None, kind__in=CONCRETE
    ).filter(document__in=seen)
    rows = rows.annotate(came_in=came_in("document", known_at=known_at))
    # What an officer recorded stands before what was read of the same document.
    found = list(
        in_force(rows, as_of=as_of, known_at=known_at).order_by("document_id", F("start").desc(nulls_first=True))
    )
    found = sorted(
        {link.document_id: link for link in reversed(found)}.values(), key=lambda one: (one.effective_on, one.pk)
    )
    titles = documents.short_titles([link.document_id for link in found], known_at=known_at)
    before = formers(found)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [_link(link, titles, before, rule) for link in found]
