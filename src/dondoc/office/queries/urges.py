"""Urges: what was said to which agency about a duty or a clause, that it arrived, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Original, Urge, UrgeAnswer
from dondoc.office.models.facts import late_by, recorded
from dondoc.office.queries import agencies, documents, parameters
from dondoc.rules.deadlines import days_late
from dondoc.rules.lateness import LateRule
from dondoc.rules.urges import UnknownWay, channel, kind_label


class NoSuchUrge(Refused):
    """The urge does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an agency answered to an urge, and whether the answer came behind the day on which it was expected.

    `late_entry` says by how many days it was entered late.
    """

    id: int
    number: int
    on: date
    text: str
    file: str
    recorded_by: str
    is_late: bool
    late_entry: int


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """One urge as a list shows it; `url` leads to what it is about, `page_url` to the urge itself.

    `received_on` is empty while nobody confirmed that it arrived. `days_late` is how long an answer is overdue on the
    day that is looked at; 0 where none is expected, or one has come. `late_entry` and `late_receipt` say by how many
    days the urge and its receipt were entered late.
    """

    id: int
    number: int
    kind_key: str
    kind: str
    channel: str
    on: date
    answer_by: date | None
    text: str
    agency_id: int
    agency: str
    agency_short: str
    about: str
    url: str
    clause_id: int | None
    duty_id: int | None
    recorded_by: str
    received_on: date | None
    received_by: str
    answers: tuple[AnswerRow, ...]
    days_late: int
    is_sample: bool
    late_entry: int
    late_receipt: int

    @property
    def page_url(self) -> str:
        return f"/urges/{self.id}/"

    @property
    def is_unanswered(self) -> bool:
        """Whether an answer is expected and none has come."""
        return self.answer_by is not None and not self.answers


def urges(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    clauses: Collection[int] | None = None,
    duty: int | None = None,
    agency: int | None = None,
    ids: Collection[int] | None = None,
    day: date | None = None,
    start: int = 0,
    size: int | None = None,
) -> list[UrgeRow]:
    """List urges up to a day, the latest first; a focal point's own agencies' only."""
    rows = _visible(viewer=viewer, as_of=as_of, known_at=known_at)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    for column, wanted in (("duty", duty), ("agency", agency), ("urged_on", day)):
        if wanted is not None:
            rows = rows.filter(**{column: wanted})
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    rows = rows.select_related("clause", "duty__task", "entry", "receipt").order_by("-urged_on", "-id")
    found = list(rows[start : None if size is None else start + size])
    called = agencies.names({row.agency_id for row in found}, as_of=as_of, known_at=known_at)
    titles = documents.short_titles({row.clause.document_id for row in found if row.clause}, known_at=known_at)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    answered = _answers(found, rule, as_of=as_of, known_at=known_at)
    return [
        _row(row, called, titles, tuple(answered.get(row.pk, ())), rule, as_of=as_of, known_at=known_at)
        for row in found
    ]


def urge(urge_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> UrgeRow:
    """Give one urge in a viewer's sight with what became of it by a day."""
    found = urges(viewer=viewer, as_of=as_of, known_at=known_at, ids=[urge_id])
    if not found:
        raise NoSuchUrge(_("There is no such urge on this day, or it concerns another agency."))
    return found[0]


def _visible(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Urge]:
    rows = recorded(Urge.objects.filter(office_id=viewer.office_id, urged_on__lte=as_of), known_at=known_at)
    return rows if viewer.sees_all else rows.filter(agency_id__in=viewer.agency_ids)


def _answers(
    found: Iterable[Urge], rule: LateRule, *, as_of: date, known_at: datetime | None
) -> dict[int, list[AnswerRow]]:
    due = {row.pk: row.answer_by for row in found}
    rows = recorded(UrgeAnswer.objects.filter(urge_id__in=due, answered_on__lte=as_of), known_at=known_at)
    answered: dict[int, list[AnswerRow]] = {}
    for row in rows.select_related("entry", "original").defer("original__content").order_by("number") if due else ():
        by = due[row.urge_id]
        file = row.original.filename if row.original else ""
        late = by is not None and row.answered_on > by
        entered = late_by(row.answered_on, row.recorded_at, rule)
        one = AnswerRow(row.pk, row.number, row.answered_on, row.text, file, row.entry.actor_name, late, entered)
        answered.setdefault(row.urge_id, []).append(one)
    return answered


def _row(
    row: Urge,
    called: dict[int, tuple[str, str]],
    titles: dict[int, str],
    answers: tuple[AnswerRow, ...],
    rule: LateRule,
    *,
    as_of: date,
    known_at: datetime | None,
) -> UrgeRow:
    name, short = called.get(row.agency_id, ("", ""))
    if row.clause is not None:
        about = f"{titles.get(row.clause.document_id, '')}, {row.clause.address}"
        url = f"/clauses/{row.clause_id}/"
    else:
        assert row.duty is not None  # the table demands one of the two
        about, url = row.duty.task.title, f"/duties/{row.duty_id}/"
    receipt = getattr(row, "receipt", None)
    if receipt is not None and (
        receipt.received_on > as_of or (known_at is not None and receipt.recorded_at > known_at)
    ):
        receipt = None
    return UrgeRow(
        id=row.pk,
        number=row.number,
        kind_key=row.kind,
        kind=kind_label(row.kind, on=row.urged_on),
        channel=_channel(row.channel, row.urged_on),
        on=row.urged_on,
        answer_by=row.answer_by,
        text=row.text,
        agency_id=row.agency_id,
        agency=name,
        agency_short=short,
        about=about,
        url=url,
        clause_id=row.clause_id,
        duty_id=row.duty_id,
        recorded_by=row.entry.actor_name,
        received_on=receipt.received_on if receipt else None,
        received_by=receipt.received_by if receipt else "",
        answers=answers,
        days_late=0 if answers else days_late(last_day=row.answer_by, done_on=None, as_of=as_of),
        is_sample=row.duty.task.is_sample if row.duty else False,
        late_entry=late_by(row.urged_on, row.recorded_at, rule),
        late_receipt=late_by(receipt.received_on, receipt.recorded_at, rule) if receipt else 0,
    )


def _channel(key: str, on: date) -> str:
    """Name a channel as it was called on the day; one that the data lost keeps its key."""
    try:
        return channel(key, on=on).label
    except UnknownWay:
        return key


def last(*, office_id: int, agency: int, clause: int | None = None, duty: int | None = None) -> tuple[int, date | None]:
    """Give number and day of the latest urge about a clause to an agency, or about a duty; 0 where there was none."""
    rows = Urge.objects.filter(office_id=office_id)
    rows = rows.filter(clause=clause, agency=agency) if clause is not None else rows.filter(duty=duty)
    return rows.order_by("-number").values_list("number", "urged_on").first() or (0, None)


def numbers(ids: Collection[int]) -> dict[int, int]:
    """Give how many urges there were about each of some duties, for the action that sends many."""
    rows = Urge.objects.filter(duty_id__in=ids).order_by("number")
    return {duty: number for duty, number in rows.values_list("duty_id", "number") if duty is not None}


def open_urge(urge_id: int, *, office_id: int) -> Urge:
    """Give an urge of an office, for the action that records its receipt or an answer to it."""
    row = Urge.objects.filter(pk=urge_id, office_id=office_id).select_related("receipt").first()
    if row is None:
        raise NoSuchUrge(_("There is no such urge in this office."))
    return row


def answers_of(urge_id: int) -> int:
    """Say how many answers were recorded to an urge."""
    return UrgeAnswer.objects.filter(urge_id=urge_id).count()


def file_of(answer_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Original:
    """Give the file of an answer in a viewer's sight; a file that was destroyed as secret is not there any more."""
    mine = _visible(viewer=viewer, as_of=as_of, known_at=known_at).values("pk")
    rows = recorded(UrgeAnswer.objects.filter(pk=answer_id, answered_on__lte=as_of, urge__in=mine), known_at=known_at)
    row = rows.filter(original__document__expunging=None).select_related("original").first()
    if row is None or row.original is None:
        raise NoSuchUrge(_("There is no such file, or it concerns other agencies only."))
    return row.original
