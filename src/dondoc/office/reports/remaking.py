"""An issued report made again: is it the same, and if not, what differs and why.

It is made twice: once with what was known when it was issued, which must give the same bytes unless the program or the
records behind it are others; and once with what is known today, which says what the report would be now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from dondoc.office import figures
from dondoc.office.access import Refused, Viewer
from dondoc.office.figures import FigureValue, UnknownFigure
from dondoc.office.figures.registry import number_written
from dondoc.office.queries import frames, issued
from dondoc.office.queries.issued import Entries, IssuedReport, Touched
from dondoc.office.reports.blocks import Report
from dondoc.office.reports.board import Scope
from dondoc.office.reports.moved_rows import Bridges, bridged, touched
from dondoc.office.reports.printing import printed
from dondoc.office.reports.program import program_version
from dondoc.office.reports.snapshot import as_text
from dondoc.office.reports.templates import make
from dondoc.office.reports.text_lines import TextLine, differences
from dondoc.office.reports.wording import known_until
from dondoc.rules.chain import digest_bytes
from dondoc.rules.layouts import Layout

CauseKind = Literal["program", "definition", "recorded_later", "removed", "unknown"]
Record = Mapping[str, Any]

EXPUNGED = ("expunge",)
DEFINING = ("define",)
REMOVALS = (*EXPUNGED, "withdraw_document", "put_document_back")
# What changes the words of a report without changing any one of its numbers.
NO_ENTRIES = Entries()
HEADS = (
    *("set_letterhead", "correct_header", "define", "name_states", "lay_down_measure", "lay_down_scale", "end_scale"),
    *("lay_down_parameter", "rename_agency", "succeed_agency"),
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something differs: what kind of reason, in words, and the entries of the log that made it so."""

    kind: CauseKind
    words: str
    entries: Entries = NO_ENTRIES


@dataclass(frozen=True, slots=True)
class FormAgain:
    """One form of the report: the hash when it was issued, the hash now."""

    form: str
    then: str
    now: str

    @property
    def is_same(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True, slots=True)
class FigureAgain:
    """A number of the report that is another one now: in words, and as a figure that opens to its rows."""

    label: str
    sentence: str
    then: str
    then_url: str
    now: str
    now_url: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The report made once more: whether it could be, its forms, and what differs in words and numbers."""

    refusal: str = ""
    forms: tuple[FormAgain, ...] = ()
    lines: tuple[TextLine, ...] = ()
    figures: tuple[FigureAgain, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs: no word, no number, no byte of any form."""
        return not (self.refusal or self.lines or self.figures) and all(form.is_same for form in self.forms)


@dataclass(frozen=True, slots=True)
class Remade:
    """An issued report, made again with what was known then, and with what is known today."""

    issued: IssuedReport
    program_version: str
    then: Again
    today: Again


def remade(issued_id: int, *, viewer: Viewer) -> Remade:
    """Make an issued report again and say what differs from what was printed, and why."""
    report = issued.one(issued_id, viewer=viewer, known_at=None)
    then, today = (_values(report, viewer=viewer, today=today) for today in (False, True))
    again = _as_then(report, then, viewer)
    program = () if again.is_same else _program(report)
    now = _as_today(report, then, today, viewer)
    return Remade(
        report, program_version(), again, now if now.is_same else replace(now, causes=(*program, *now.causes))
    )


def scope_of(arguments: Mapping[str, str]) -> Scope:
    """Give the scope of a report by what was stored of it."""
    return Scope(*next(iter(arguments.items()), ("office", "")))


def _values(report: IssuedReport, *, viewer: Viewer, today: bool) -> list[FigureValue | None]:
    """Work out the numbers of a report again, each source once; None for one that this version does not know."""
    groups: dict[tuple[date, datetime | None], list[int]] = {}
    for place, record in enumerate(report.figures):
        as_of, known_at = _moment(record)
        groups.setdefault((as_of, None if today else known_at), []).append(place)
    found: list[FigureValue | None] = [None] * len(report.figures)
    for (as_of, known_at), places in groups.items():
        moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
        asked = [(place, report.figures[place]["key"], report.figures[place]["arguments"]) for place in places]
        for place, value in zip(places, _worked_out(asked, moment), strict=True):
            found[place] = value
    return found


def _worked_out(asked: list[tuple[int, str, Any]], moment: dict[str, Any]) -> list[FigureValue | None]:
    try:
        return list(figures.values([(key, arguments) for _place, key, arguments in asked], **moment))
    except (UnknownFigure, Refused):
        return [_alone(key, arguments, moment) for _place, key, arguments in asked]


def _alone(key: str, arguments: Mapping[str, str], moment: dict[str, Any]) -> FigureValue | None:
    try:
        return figures.value(key, arguments=arguments, **moment)
    except (UnknownFigure, Refused):
        return None


def _moment(record: Record) -> tuple[date, datetime | None]:
    as_of = parse_date(record["as_of"])
    assert as_of is not None  # written by figure_records
    return as_of, parse_datetime(record["known_at"]) if record["known_at"] else None


def _make(report: IssuedReport, *, viewer: Viewer, known_at: datetime | None) -> tuple[Report, Layout]:
    return make(
        report.report,
        scope_of(report.scope),
        viewer=viewer,
        as_of=report.as_of,
        known_at=known_at,
        issued_on=report.issued_on,
        compilation=report.compilation_id,
    )


def _as_then(report: IssuedReport, values: list[FigureValue | None], viewer: Viewer) -> Again:
    """Make it with what was known then: only another program or destroyed records can make it differ."""
    try:
        made, layout = _make(report, viewer=viewer, known_at=report.known_at)
        frame = frames.content(report.frame_id, viewer=viewer) if report.frame_id else None
        again = printed(made, layout, frame=frame)
    except Refused as refusal:
        return Again(refusal=str(refusal), causes=_why_not_as_then(report, viewer))
    found = Again(
        forms=tuple(FormAgain(f.form, f.sha256, _digest(again.get(f.form))) for f in report.files),
        lines=differences(report.text, as_text(made)),
        figures=tuple(_figure(r, v, _definition(r, v)) for r, v in _differing(report, values)),
    )
    return found if found.is_same else replace(found, causes=_why_not_as_then(report, viewer))


def _digest(content: bytes | None) -> str:
    return digest_bytes(content) if content is not None else ""


def _why_not_as_then(report: IssuedReport, viewer: Viewer) -> tuple[Cause, ...]:
    found = [*_program(report), *_recorded(report, Touched(), viewer, EXPUNGED)]
    if found:
        return tuple(found)
    words = _(
        "Neither another version of the program nor a destroyed document explains this. Have the administrator check "
        "the log: a record may have been altered behind the program's back."
    )
    return (Cause("unknown", words),)


def _as_today(
    report: IssuedReport, then: list[FigureValue | None], today: list[FigureValue | None], viewer: Viewer
) -> Again:
    """Make it with what is known today, and explain each number that is another one."""
    general = tuple(cause for kinds in (HEADS, REMOVALS) for cause in _recorded(report, Touched(), viewer, kinds))
    try:
        made, _layout = _make(report, viewer=viewer, known_at=None)
    except Refused as refusal:
        return Again(refusal=str(refusal), causes=general)
    explaining = _Explaining(report, viewer)
    former = {record["number"]: value for record, value in zip(report.figures, then, strict=True)}
    found = Again(
        lines=differences(_unstamped(report.text, report, made.language), as_text(made)),
        figures=tuple(
            _figure(record, value, tuple(explaining.causes(record, former[record["number"]], value)))
            for record, value in _differing(report, today)
        ),
    )
    return found if found.is_same else replace(found, causes=general)


def _unstamped(text: str, report: IssuedReport, language: str) -> str:
    """Take out of a text until when entries were counted, for that is what the two texts differ in by intent."""
    with override(language):
        stamp = known_until(report.known_at)
    lines = (line.replace(f" {stamp}", "").replace(stamp, "") for line in text.splitlines() if line != f"> {stamp}")
    return "\n".join(lines)


class _Explaining:
    """Says of the numbers of one report why they are others today; keeps the comparisons that it makes for it."""

    def __init__(self, report: IssuedReport, viewer: Viewer) -> None:
        self._report, self._viewer = report, viewer
        self._bridges: Bridges = {}

    def causes(self, record: Record, then: FigureValue | None, today: FigureValue | None) -> Iterator[Cause]:
        """Give every cause that is found; `then` is the number worked out anew with what was known at the time."""
        if _differs(record, then):
            yield from _program(self._report)
            yield from _recorded(self._report, Touched(), self._viewer, EXPUNGED)
        yield from _definition(record, today)
        if then is None or today is None or then.value == today.value:
            return
        lines = bridged(then, viewer=self._viewer, known_at=None, bridges=self._bridges)
        for line, words in lines:
            about = Touched(tasks={task.id for task in line.tasks})
            entries = _entries(self._report, about, self._viewer, DEFINING if line.cause == "redefined" else ())
            yield Cause("definition" if line.cause == "redefined" else "recorded_later", words, entries)
        if lines:
            return
        about = touched(then, viewer=self._viewer, known_at=None)
        if found := _recorded(self._report, about, self._viewer, ()):
            yield from found
            return
        words = _("It follows from what was recorded since of other records: open both numbers to compare them.")
        yield Cause("recorded_later", words)


def _program(report: IssuedReport) -> list[Cause]:
    if report.program_version == program_version():
        return []
    words = _("It was printed by version %(then)s of the program; this is version %(now)s.")
    return [Cause("program", words % {"then": report.program_version, "now": program_version()})]


def _definition(record: Record, now: FigureValue | None) -> tuple[Cause, ...]:
    if now is None or (record["definition"] or "") == (now.definition or ""):
        return ()
    none = _("none")
    words = _("It was counted by “%(then)s”, and now by “%(now)s”.")
    return (Cause("definition", words % {"then": record["definition"] or none, "now": now.definition or none}),)


def _recorded(report: IssuedReport, about: Touched, viewer: Viewer, actions: tuple[str, ...]) -> list[Cause]:
    """Find the entries of the log after the report that say something of these records, or are of these kinds."""
    entries = _entries(report, about, viewer, actions)
    if not entries.count:
        return []
    if {entry.action for entry in entries.first} <= set(REMOVALS):
        return [Cause("removed", _("Documents were withdrawn, put back or destroyed since."), entries)]
    return [Cause("recorded_later", _("It was recorded after the report was issued."), entries)]


def _entries(report: IssuedReport, about: Touched, viewer: Viewer, actions: tuple[str, ...]) -> Entries:
    if not (about or actions):
        return NO_ENTRIES
    return issued.recorded_after(about, viewer=viewer, after=report.known_at, up_to=report.as_of, actions=actions)


def _differing(report: IssuedReport, values: list[FigureValue | None]) -> list[tuple[Record, FigureValue | None]]:
    return [(r, v) for r, v in zip(report.figures, values, strict=True) if _differs(r, v)]


def _differs(record: Record, value: FigureValue | None) -> bool:
    return value is None or _number(record["value"]) != (None if value.value is None else Decimal(value.value))


def _number(written_down: Any) -> Decimal | None:
    return None if written_down is None else Decimal(str(written_down))


def _figure(record: Record, value: FigureValue | None, causes: tuple[Cause, ...]) -> FigureAgain:
    return FigureAgain(
        label=record["label"],
        sentence=record["sentence"],
        then=number_written(_number(record["value"])),
        then_url=record["url"],
        now=number_written(None if value is None else value.value),
        now_url=value.url if value is not None else "",
        causes=causes,
    )
