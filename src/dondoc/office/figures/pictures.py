"""The figure of pictures of one day: duties by agency, by how they stand, how late they are, and where they come from.

Everything that is asked must fit: the late duties of one agency under one resolution, those of one task in one state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import CLASSES, Argument
from dondoc.office.figures.registry import ArgumentsRefused, Counted, Figure, register
from dondoc.office.figures.tasks import not_recorded
from dondoc.office.models import StateClass
from dondoc.office.queries import agencies, documents, pictures
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.pictures import Chosen, Piece
from dondoc.rules.ageing import BandRefused, band_of
from dondoc.rules.text import vi_date

LATE = "late"
STANDINGS = (*StateClass.values, LATE)
TAKES = (
    *("agency", "agencies_but", "standing", "late_days", "whence", "whence_but", "task"),
    *("programme", "resolution", "document"),
)
# What duties must be alike in for these arguments.
ALIKE = {"whence": "whence", "whence_but": "whence", "task": "task", "late_days": "days"}
Place = tuple[str | None, str | None, int | None]  # a list, a resolution, a document; of none: the whole office
WHOLE: Place = (None, None, None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read for the numbers of one day: the alike duties of each scope, and the names that sentences need."""

    pieces: Mapping[Place, Sequence[Piece] | None]
    of_agency: Mapping[tuple[Place, int], Sequence[Piece]] = field(default_factory=dict)
    agencies: Mapping[int, str] = field(default_factory=dict)
    documents: Mapping[int, str] = field(default_factory=dict)
    tasks: Mapping[int, str] = field(default_factory=dict)
    short: Mapping[int, str] = field(default_factory=dict)


def chosen(arguments: Mapping[str, str]) -> Chosen:
    """Say which duties are meant by the arguments of the figure."""
    days = arguments.get("late_days")
    try:
        band = band_of(days) if days else None
    except BandRefused as refusal:
        raise ArgumentsRefused(str(refusal)) from refusal

    def record(name: str) -> int | None:
        return int(arguments[name]) if name in arguments else None

    def records(name: str) -> frozenset[int]:
        written = arguments.get(name, "")
        keys = written.split(",") if written else []
        if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
            raise ArgumentsRefused(_("“%(written)s” is no list of keys. Write it like 3,5,8.") % {"written": written})
        return frozenset(map(int, keys))

    return Chosen(
        agencies_but=records("agencies_but"),
        whence_but=records("whence_but"),
        agency=record("agency"),
        standing=arguments.get("standing"),
        first_late=band.first if band else None,
        last_late=band.last if band else None,
        whence=record("whence"),
        task=record("task"),
        programme=arguments.get("programme"),
        resolution=arguments.get("resolution"),
        document=record("document"),
    )


def place_of(arguments: Mapping[str, str]) -> Place:
    """Say which list, resolution and document are asked for."""
    document = arguments.get("document")
    return arguments.get("programme"), arguments.get("resolution"), int(document) if document else None


def source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] = ()
) -> Standing:
    """Read the duties of each scope that is asked for; of the whole office where nothing is said."""
    asked = only or ({},)
    places = dict.fromkeys(map(place_of, asked))
    # As the board has it: a document counts from when its words had given a task that this viewer may know of.
    any_document = any(document is not None for _programme, _resolution, document in places)
    assigning = dict(documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at)) if any_document else {}
    found: dict[Place, Sequence[Piece] | None] = {}
    for place in places:
        if place[2] is not None and place[2] not in assigning:
            found[place] = None
            continue
        by = frozenset(ALIKE[name] for each in asked if place_of(each) == place for name in each if name in ALIKE)
        found[place] = pictures.pieces(*place, by=by, viewer=viewer, as_of=as_of, known_at=known_at)
    every = [piece for pieces in found.values() for piece in pieces or ()]
    called = agencies.names({piece.agency for piece in every}, as_of=as_of, known_at=known_at)
    return Standing(
        pieces=found,
        of_agency=_by_agency(found),
        agencies={pk: name for pk, (name, _short) in called.items()},
        short={pk: short or name for pk, (name, short) in called.items()},
        documents=assigning | documents.short_titles(sorted({p.whence for p in every if p.whence}), known_at=known_at),
        tasks=pictures.titles((piece.task for piece in every if piece.task), office_id=viewer.office_id),
    )


def _by_agency(found: Mapping[Place, Sequence[Piece] | None]) -> dict[tuple[Place, int], Sequence[Piece]]:
    own: dict[tuple[Place, int], list[Piece]] = {}
    for place, pieces in found.items():
        for piece in pieces or ():
            own.setdefault((place, piece.agency), []).append(piece)
    return dict(own)


def days_words(first: int, last: int | None) -> str:
    """Write a band of days: 8 to 30 days; more than 90 days."""
    if last is None:
        return _("more than %(n)d days") % {"n": first - 1}
    return _("%(first)d to %(last)d days") % {"first": first, "last": last}


def standing_words(standing: str) -> str:
    """Name a class of states, or lateness."""
    return pgettext("chart", "late") if standing == LATE else str(StateClass(standing).label)


def _words(found: Standing, wanted: Chosen) -> list[str]:
    words = []
    if wanted.standing is not None:
        words.append(standing_words(wanted.standing))
    if wanted.first_late is not None:
        words.append(_("late by %(days)s") % {"days": days_words(wanted.first_late, wanted.last_late)})
    if wanted.agency is not None:
        words.append(found.agencies.get(wanted.agency) or _("of the agency asked for"))
    if wanted.agencies_but:
        words.append(_("of other agencies"))
    if wanted.whence_but:
        words.append(_("from other documents"))
    if wanted.whence is not None:
        words.append(found.documents.get(wanted.whence) or _("not from the words of a document"))
    if wanted.document is not None:
        words.append(_("from the words of %(document)s") % {"document": found.documents[wanted.document]})
    if wanted.task is not None:
        words.append(f"“{found.tasks.get(wanted.task, '')}”")
    return words


def _count(found: Standing, *, as_of: date, **arguments: str) -> Counted:
    place = place_of(arguments)
    pieces = found.pieces.get(place)
    if pieces is None:
        if "document" in arguments:
            return not_recorded(arguments["document"], as_of)
        return Counted(None, _("not recorded"), _("On this day the list was not on record."))
    wanted = chosen(arguments)
    if wanted.agency is not None:
        pieces = found.of_agency.get((place, wanted.agency), ())
    n = sum(piece.n for piece in pieces if piece.fits(wanted))
    words = "; ".join(_words(found, wanted))
    label = ngettext("duty", "duties", n)
    if not words:
        sentence = ngettext("On %(day)s, %(n)d duty was on record.", "On %(day)s, %(n)d duties were on record.", n)
        return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n})
    sentence = ngettext(
        "On %(day)s, there was %(n)d duty: %(what)s.", "On %(day)s, there were %(n)d duties: %(what)s.", n
    )
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n, "what": words})


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **arguments: str) -> list[DutyRow]:
    return pictures.chosen_rows(chosen(arguments), viewer=viewer, as_of=as_of, known_at=known_at)


def _every(found: Standing) -> list[Mapping[str, str]]:
    pieces = found.pieces.get(WHOLE) or ()
    bearers = sorted({piece.agency for piece in pieces})
    each: list[Mapping[str, str]] = [{}, *({"standing": standing} for standing in STANDINGS)]
    return [*each, *({"agency": str(pk)} for pk in bearers), *({"agency": str(pk), "standing": LATE} for pk in bearers)]


STANDING = register(
    Figure(
        key="duties.standing",
        says=gettext_noop(
            "The duties on a day that fit all that is asked: of an agency, in a class of states or late, late by so "
            "many days, of a task, from the words of a document, on a list, under a resolution."
        ),
        takes=TAKES,
        among={"standing": {**CLASSES, LATE: gettext_noop("late")}},
        types={
            "standing": Argument("choice", gettext_noop("a class of states, or lateness")),
            "agencies_but": Argument("record", gettext_noop("agencies that are left out"), several=True),
            "whence_but": Argument("record", gettext_noop("documents that are left out"), several=True),
            "late_days": Argument("text", gettext_noop("how many days late")),
            "whence": Argument("record", gettext_noop("the first document of the task’s words, else of its list")),
            "document": Argument("record", gettext_noop("the document it comes from")),
        },
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
        narrows=True,
    )
)
