"""A number opened, as a file for Excel: what it says, of what it was asked, of which day, and the rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office import figures
from dondoc.office.figures import FigureValue, Opened
from dondoc.office.figures.deliveries import OUTCOMES
from dondoc.office.reports.sheets import Cell, Sheet, SheetColumn


@dataclass(frozen=True, slots=True)
class Column:
    """A column of such a file: its head, what it takes of a row, and how wide it is, in letters."""

    title: str
    take: Callable[[Any], Cell]
    width: int = 16


def _of(path: str) -> Callable[[Any], Cell]:
    """Take a property of a row, or a property of one of its properties: "pair.first.words"."""
    names = path.split(".")

    def take(row: Any) -> Cell:
        for name in names:
            row = getattr(row, name)
        found: Cell = row
        return found if found != "" else None

    return take


def _column(title: str, path: str, width: int = 16) -> Column:
    return Column(title, _of(path), width)


_TITLE, _AGENCY = gettext_noop("Task"), gettext_noop("Agency")
_STANDING = (
    _column(gettext_noop("State"), "state_label", 22),
    _column(gettext_noop("Due"), "due", 12),
    Column(gettext_noop("Days late"), lambda row: row.days_late or None, 10),
)
# The columns of each kind of row, by the name of its class.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "TaskRow": (
        _column(gettext_noop("No."), "number", 8),
        _column(_TITLE, "title", 60),
        _column(gettext_noop("Lead"), "lead", 28),
        *_STANDING,
    ),
    "DutyRow": (
        _column(_TITLE, "title", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Role"), "role_label", 12),
        *_STANDING,
        _column(gettext_noop("First due day"), "first_due", 12),
        _column(gettext_noop("Done on"), "done_on", 12),
    ),
    "ListRow": (
        _column(gettext_noop("No."), "number", 8),
        _column(_TITLE, "duty.title", 60),
        _column(_AGENCY, "duty.agency", 28),
        _column(gettext_noop("Role"), "duty.role_label", 12),
        _column(gettext_noop("State"), "duty.state_label", 22),
        _column(gettext_noop("Due"), "duty.due", 12),
        Column(gettext_noop("Days late"), lambda row: row.duty.days_late or None, 10),
        _column(gettext_noop("Assigned on"), "assigned_on", 12),
    ),
    "LateEntry": (
        _column(_TITLE, "title", 60),
        _column(gettext_noop("On the day"), "on", 12),
        _column(gettext_noop("Entered so many days late"), "days", 12),
        Column(gettext_noop("Correction"), lambda row: _("correction") if row.is_correction else None, 12),
        _column(gettext_noop("By"), "who", 24),
    ),
    "FileRow": (
        _column(gettext_noop("No."), "order", 8),
        Column(gettext_noop("File"), lambda row: row.filename or _("the name is not kept"), 40),
        Column(gettext_noop("What became of it"), lambda row: _(OUTCOMES[row.outcome]), 24),
        _column(gettext_noop("Why"), "reason", 50),
        _column(gettext_noop("Document"), "title", 40),
        _column(gettext_noop("What the reading met"), "problem", 50),
    ),
    "DeliveryRow": (
        _column(gettext_noop("By"), "by", 24),
        _column(gettext_noop("How"), "source_label", 20),
        _column(gettext_noop("Announced"), "expected", 12),
        _column(gettext_noop("Came"), "files", 12),
        _column(gettext_noop("Not sent"), "unsent", 12),
    ),
    "NoticeRow": (
        _column(gettext_noop("Notice"), "label", 30),
        _column(gettext_noop("About"), "title", 60),
        _column(gettext_noop("Words"), "text", 60),
    ),
    "MailRow": (
        _column(gettext_noop("To"), "to", 28),
        _column(gettext_noop("Address"), "address", 30),
        _column(gettext_noop("Notices"), "count", 10),
        _column(gettext_noop("Outcome"), "outcome_label", 20),
        _column(gettext_noop("Tries"), "tries", 8),
    ),
    "ClaimRow": (
        _column(gettext_noop("Stated number"), "value", 12),
        _column(gettext_noop("Unit"), "unit", 12),
        _column(gettext_noop("Words"), "words", 70),
        _column(gettext_noop("Document"), "document", 30),
        _column(gettext_noop("Day"), "day", 12),
    ),
    "DocumentRow": (
        _column(gettext_noop("Number"), "number", 16),
        _column(gettext_noop("Document"), "title", 60),
        _column(gettext_noop("Issuer"), "issuer", 28),
        _column(gettext_noop("Issued on"), "issued_on", 12),
        _column(gettext_noop("Came in on"), "received_on", 12),
    ),
    "ClauseRow": (
        _column(gettext_noop("Clause"), "address", 14),
        _column(gettext_noop("Words"), "words", 80),
        _column(gettext_noop("Document"), "document", 30),
    ),
    "OfferedRow": (
        _column(gettext_noop("Proposal"), "title", 80),
        _column(gettext_noop("Document"), "document", 30),
        Column(gettext_noop("State"), lambda row: row.verdict_label or _("left to decide"), 20),
    ),
    "AgencyRow": (
        _column(_AGENCY, "name", 40),
        _column(gettext_noop("Short"), "short_name", 16),
        _column(gettext_noop("Level"), "level", 16),
        _column(gettext_noop("Ended on"), "ended_on", 12),
    ),
    "ObstacleRow": (
        _column(_TITLE, "title", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Sort of cause"), "cause_label", 22),
        _column(gettext_noop("What holds it up"), "text", 50),
        _column(gettext_noop("Who must remove it"), "remover", 28),
        _column(gettext_noop("Since"), "began_on", 12),
        _column(gettext_noop("Must be gone by"), "needed_by", 12),
        _column(gettext_noop("Days waited"), "days_waited", 10),
    ),
    "ExtensionRow": (
        _column(_TITLE, "title", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Present due day"), "present_on", 12),
        _column(gettext_noop("Due day asked for"), "wanted_on", 12),
        _column(gettext_noop("Why"), "reason", 50),
        _column(gettext_noop("Asked on"), "asked_on", 12),
    ),
    "UrgeRow": (
        _column(gettext_noop("About"), "about", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Kind"), "kind", 18),
        _column(gettext_noop("No."), "number", 8),
        _column(gettext_noop("On the day"), "on", 12),
        _column(gettext_noop("Answer by"), "answer_by", 12),
        _column(gettext_noop("Received on"), "received_on", 12),
        Column(gettext_noop("Answers"), lambda row: len(row.answers), 10),
    ),
    "ReminderRow": (
        _column(_TITLE, "title", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Step"), "step_label", 22),
        _column(gettext_noop("On the day"), "on", 12),
        _column(gettext_noop("Due"), "due_on", 12),
    ),
    "ReportRow": (
        _column(_TITLE, "title", 60),
        _column(_AGENCY, "agency", 28),
        _column(gettext_noop("Period"), "period", 16),
        _column(gettext_noop("State of the report"), "state_label", 16),
        _column(gettext_noop("Due"), "due_on", 12),
        _column(gettext_noop("Handed in on"), "said_on", 12),
        Column(gettext_noop("Days late"), lambda row: row.days_late or None, 10),
        _column(gettext_noop("Share done, %"), "share", 10),
        Column(gettext_noop("Result"), lambda row: _("nothing new") if row.nothing_new else row.result or None, 60),
    ),
    "ScoreRow": (
        _column(gettext_noop("Rate"), "title", 50),
        _column(gettext_noop("Counted"), "counted", 10),
        _column(gettext_noop("Out of"), "out_of", 10),
        _column(gettext_noop("Percent"), "rate", 10),
        _column(gettext_noop("Points"), "points", 10),
        _column(gettext_noop("At most, points"), "most", 10),
    ),
    "AheadRow": (
        _column(gettext_noop("Place"), "rank", 8),
        _column(_AGENCY, "title", 40),
        _column(gettext_noop("Percent"), "percent", 10),
    ),
    "LadderRow": (
        _column(_TITLE, "duty.title", 60),
        _column(_AGENCY, "duty.agency", 28),
        _column(gettext_noop("Next step"), "step.label", 22),
        _column(gettext_noop("Due"), "duty.due", 12),
        Column(gettext_noop("Days late"), lambda row: row.duty.days_late or None, 10),
    ),
    "Moved": (_column(_TITLE, "title", 80), _column(gettext_noop("No."), "id", 10)),
    "HeldClaim": (
        _column(gettext_noop("Stated number"), "claim.value", 12),
        _column(gettext_noop("Words"), "claim.words", 70),
        _column(gettext_noop("Document"), "claim.document", 30),
        _column(gettext_noop("Day"), "claim.day", 12),
        Column(gettext_noop("Our number"), lambda row: row.computed.value if row.computed else None, 12),
        _column(gettext_noop("Held against ours"), "verdict_label", 18),
        _column(gettext_noop("Why"), "why", 50),
    ),
    "HeldPair": (
        _column(gettext_noop("Of what"), "pair.what", 40),
        _column(gettext_noop("One document"), "pair.first.document", 30),
        _column(gettext_noop("states"), "pair.first.value", 10),
        _column(gettext_noop("The other document"), "pair.second.document", 30),
        _column(gettext_noop("states"), "pair.second.value", 10),
    ),
}


def columns_of(rows: Sequence[Any]) -> tuple[Column, ...]:
    """Give the columns of a list of rows; a kind that has none of its own shows its plain fields by their names."""
    if not rows:
        return (Column(gettext_noop("No row is counted."), lambda _row: None, 40),)
    kind = type(rows[0])
    if kind.__name__ in COLUMNS:
        return COLUMNS[kind.__name__]
    plain = [field.name for field in fields(kind) if isinstance(getattr(rows[0], field.name), str | int | date)]
    return tuple(_column(name, name, 30) for name in plain)


def sheet_of(
    number: FigureValue, found: Opened, *, said: Iterable[str], office: str, made_at: datetime, made_by: str
) -> Sheet:
    """Write a number and its rows as a sheet; `said` says in words for what the number was asked.

    A rate has a column more: which of the rows it counts, and which only stand in the whole that it is counted out of.
    """
    is_rate = figures.figure(number.key).whole is not None
    every = (*found.rows, *found.rest)
    columns = columns_of(every)
    heads = [SheetColumn(_(column.title), column.width) for column in columns]
    flags = [_("counted")] * len(found.rows) + [_("in the whole only")] * len(found.rest)
    cells = [tuple(column.take(row) for column in columns) for row in every]
    return Sheet(
        title=number.label[:1].upper() + number.label[1:],
        says=number.sentence,
        columns=(*heads, *([SheetColumn(_("Counted"), 14)] if is_rate else [])),
        rows=[(*row, flag) if is_rate else row for row, flag in zip(cells, flags, strict=True)],
        office=office,
        as_of=number.as_of,
        known_at=number.known_at,
        made_at=made_at,
        made_by=made_by,
        notes=(
            *said,
            _("Number: %(value)s (%(key)s)") % {"value": shown(number), "key": number.key},
            *_definition(number),
        ),
    )


def shown(number: FigureValue) -> str:
    """Write the value as Vietnamese papers do; what was not recorded is said so."""
    return number.written + ("" if number.value is None else figures.figure(number.key).unit)


def _definition(number: FigureValue) -> tuple[str, ...]:
    return (_("Definition: %(name)s") % {"name": number.definition},) if number.definition else ()
