"""Urges: an agency is reminded of a duty, or of a clause of which nothing was made; what was said never changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, acts_for, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake import refuse_secret
from dondoc.office.actions.notices import News, notify
from dondoc.office.actions.originals import keep_file
from dondoc.office.models import Original, Urge, UrgeAnswer, UrgeReceipt
from dondoc.office.queries import agencies, clauses, duties, ladder, urges
from dondoc.office.queries.ladder import LadderRow
from dondoc.rules.ladder import Step, step_day
from dondoc.rules.text import vi_date
from dondoc.rules.urges import UnknownWay, channel, draft, kind


class UrgeRefused(Refused):
    """An agency cannot be urged like this."""


class NothingToUrge(UrgeRefused):
    """What is to be urged was done meanwhile, or was never owed."""


@dataclass(frozen=True, slots=True)
class NewUrge:
    """What is said to an agency: of which kind, by which channel, in which words, to be answered by when."""

    kind: str
    channel: str
    text: str
    answer_by: date | None = None


def urge_clause(clause_id: int, new: NewUrge, *, agency_id: int, on: date, actor: Actor) -> Urge:
    """Urge an agency about a clause of which nothing has been made; refused when something has been made meanwhile."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        _check(new, on=on, today=w.today)
        whole = office_wide(w.office.pk)
        clause = clauses.clause(clause_id, viewer=whole, as_of=w.today, known_at=None)
        if not clause.is_counted:
            raise NothingToUrge(_("This clause only carries others, or tells how things are. Urge one that asks."))
        if not clause.has_nothing:
            raise NothingToUrge(
                _("Meanwhile something was made of clause %(clause)s: look at it before you urge.")
                % {"clause": clause.address}
            )
        former = agencies.agency(agency_id, viewer=whole, as_of=on, known_at=None)
        if former.ended_on is not None and former.ended_on <= on:
            raise UrgeRefused(_("%(agency)s does not exist any more. Urge who follows it.") % {"agency": former.name})
        return _urge(w, new, agency=agency_id, on=on, clause=clause_id)


class HeldUp(UrgeRefused):
    """The work waits for others: whoever bears it is not urged for their delay."""


def urge_duty(duty_id: int, new: NewUrge, *, on: date, actor: Actor) -> Urge:
    """Urge the agency that bears a duty; refused when it is not open any more, or waits for others.

    The letter counts as the step of the ladder that has its kind, if there is one. A leader, too, may ask an agency
    for an explanation by it.
    """
    require(actor, "administrator", "officer", "leader")
    with writing(actor) as w:
        _check(new, on=on, today=w.today)
        whole = office_wide(w.office.pk)
        duty = duties.duty(duty_id, viewer=whole, as_of=w.today, known_at=None)
        if duty.state_class not in duties.OPEN:
            raise NothingToUrge(
                _("Meanwhile this duty is “%(state)s”: there is nothing to urge.") % {"state": duty.state_label}
            )
        row = ladder.standing(viewer=whole, as_of=on, known_at=None, ids=[duty_id])
        if row and row[0].hold:
            raise HeldUp(
                _("This duty waits for %(whom)s: its agency is not urged for that. Urge who holds it up.")
                % {"whom": row[0].hold.whom}
            )
        if row and row[0].was_sent_on(on) and urges.last(office_id=w.office.pk, agency=0, duty=duty_id)[1] != on:
            raise UrgeRefused(_("The agency was reminded of this work today. The next urge goes out tomorrow."))
        steps = ladder.ladder(viewer=whole, as_of=on, known_at=None).steps
        step = next((step.key for step in steps if step.is_pressed and step.urge_kind == new.kind), "")
        return _urge(w, new, agency=duty.agency_id, on=on, duty=duty_id, step=step)


@dataclass(frozen=True, slots=True)
class Urged:
    """What came of sending many urges: those that were sent, and the duties that were left out, as they stand."""

    sent: tuple[Urge, ...]
    left_out: tuple[LadderRow, ...]


def urge_duties(ids: Collection[int], *, channel_key: str, on: date, actor: Actor) -> Urged:
    """Send for each of these duties the urge that is due by the ladder today, each with its own number and words.

    Whatever closed meanwhile, waits for others or was urged by somebody else today is left out and said.
    """
    require(actor, "administrator", "officer")
    if not ids:
        raise UrgeRefused(_("No work was ticked. Tick what is to be urged, then send it again."))
    with writing(actor) as w:
        if on > w.today:
            raise UrgeRefused(_("That day has not come yet. An urge is recorded when it has been sent."))
        rows = ladder.standing(viewer=office_wide(w.office.pk), as_of=on, known_at=None, ids=ids)
        if len(rows) < len(set(ids)):
            raise duties.no_such_duty()
        due = [row for row in rows if row.is_pressed and row.rung.why == "due"]
        numbers = urges.numbers([row.duty.id for row in due])
        w.reserve(Urge, len(due))
        made = [_of_ladder(w, row, channel_key, number=numbers.get(row.duty.id, 0) + 1, on=on) for row in due]
        w.record_many([("urge_duty", [row]) for row in made])
        notify(w, [News("urge_sent", row.duty_id, _words(row), url=f"/urges/{row.pk}/") for row in made])
        return Urged(tuple(made), tuple(row for row in rows if row not in due))


def letter_of(row: LadderRow, step: Step, *, on: date, speaker: str) -> NewUrge:
    """Propose what is said by a step of the ladder about a duty: its kind, its words, by when it is to be answered."""
    answer_by = step_day(on, step.answer_days) if step.answer_days else None
    text = draft(
        "duty",
        on=on,
        way=kind(step.urge_kind, on=on),
        agency=row.duty.agency,
        speaker=speaker,
        title="",
        place=f" ({row.source})" if row.source else "",
        words=row.duty.title,
        answer_by=answer_by,
        due_on=row.duty.due,
        days_late=row.duty.days_late,
    )
    return NewUrge(step.urge_kind, "", text, answer_by)


def _of_ladder(w: Writing, row: LadderRow, channel_key: str, *, number: int, on: date) -> Urge:
    said = letter_of(row, row.step, on=on, speaker=w.office.name)
    new = NewUrge(said.kind, channel_key, said.text, said.answer_by)
    _check(new, on=on, today=w.today)
    about = {"duty": row.duty.id, "agency": row.duty.agency_id}
    return _row(w, new, number=number, on=on, step=row.step.key, **about)


def _words(row: Urge) -> str:
    """Say beside a notice which urge it is: the day of the answer and the number, never what was written."""
    by = _(" · to be answered by %(day)s") % {"day": vi_date(row.answer_by)} if row.answer_by else ""
    return _("no. %(number)d") % {"number": row.number} + by


def _check(new: NewUrge, *, on: date, today: date) -> None:
    if not new.text.strip():
        raise UrgeRefused(_("The letter is empty. Write what is asked of the agency."))
    if on > today:
        raise UrgeRefused(_("That day has not come yet. An urge is recorded when it has been sent."))
    try:
        kind(new.kind, on=on), channel(new.channel, on=on)
    except UnknownWay as unknown:
        raise UrgeRefused(str(unknown)) from unknown
    if new.answer_by is not None and new.answer_by <= on:
        raise UrgeRefused(_("The day of the answer must come after the day of the letter."))


def _urge(
    w: Writing,
    new: NewUrge,
    *,
    agency: int,
    on: date,
    clause: int | None = None,
    duty: int | None = None,
    step: str = "",
) -> Urge:
    number, day = urges.last(office_id=w.office.pk, agency=agency, clause=clause, duty=duty)
    if day is not None and on <= day:
        raise UrgeRefused(
            _("This agency was urged about it on %(day)s already: the next urge is of a later day.")
            % {"day": vi_date(day)}
        )
    row = _row(w, new, number=number + 1, agency=agency, on=on, clause=clause, duty=duty, step=step)
    w.record("urge_clause" if clause is not None else "urge_duty", [row])
    if clause is not None:
        notify(w, [News("clause_urged", words=_words(row), agency_id=agency, url=f"/urges/{row.pk}/")])
    else:
        notify(w, [News("urge_sent", duty, _words(row), url=f"/urges/{row.pk}/")])
    return row


def _row(
    w: Writing,
    new: NewUrge,
    *,
    number: int,
    agency: int,
    on: date,
    clause: int | None = None,
    duty: int | None = None,
    step: str = "",
) -> Urge:
    return w.new(
        Urge,
        office=w.office,
        clause_id=clause,
        duty_id=duty,
        agency_id=agency,
        number=number,
        kind=new.kind,
        channel=new.channel,
        urged_on=on,
        answer_by=new.answer_by,
        text=new.text.strip(),
        step=step,
    )


def receive_urge(urge_id: int, *, received_on: date, received_by: str, actor: Actor) -> UrgeReceipt:
    """Record that an urge reached its agency, on which day and who took it; once and for all."""
    with writing(actor) as w:
        urge = _concerned(urge_id, actor, office_id=w.office.pk)
        if getattr(urge, "receipt", None) is not None:
            raise UrgeRefused(_("Its receipt was recorded already. Reload the page to see it."))
        _check_day(received_on, since=urge.urged_on, today=w.today)
        row = w.new(UrgeReceipt, urge=urge, received_on=received_on, received_by=received_by.strip()[:200])
        w.record("receive_urge", [row])
        return row


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency answers: its words, the day on which it answered, and a file if there is one."""

    text: str
    answered_on: date
    content: bytes | None = None
    filename: str = ""


def answer_urge(urge_id: int, new: Answer, *, actor: Actor) -> UrgeAnswer:
    """Record what an agency answers to an urge; an answer can be followed by a further one, never changed."""
    if not new.text.strip():
        raise UrgeRefused(_("The answer is empty. Write it, even where a file says more."))
    if new.content:
        refuse_secret(new.content, new.filename)
    with writing(actor) as w:
        urge = _concerned(urge_id, actor, office_id=w.office.pk)
        _check_day(new.answered_on, since=urge.urged_on, today=w.today)
        original, rows = _file(w, new)
        answer = w.new(
            UrgeAnswer,
            urge=urge,
            number=urges.answers_of(urge.pk) + 1,
            answered_on=new.answered_on,
            text=new.text.strip(),
            original=original,
        )
        w.record("answer_urge", [*rows, answer])
        notify(w, [News("urge_answered", urge.duty_id, url=f"/urges/{urge.pk}/")])
        return answer


def _concerned(urge_id: int, actor: Actor, *, office_id: int) -> Urge:
    """Give an urge to whoever may speak for the agency that was urged."""
    urge = urges.open_urge(urge_id, office_id=office_id)
    if not acts_for(actor.viewer, urge.agency_id):
        raise Refused(_("This urge went to another agency. Only its focal point or a compiling officer answers it."))
    return urge


def _check_day(day: date, *, since: date, today: date) -> None:
    if not since <= day <= today:
        raise UrgeRefused(
            _("That day lies before the urge or in the future. Choose one between %(day)s and today.")
            % {"day": vi_date(since)}
        )


def _file(w: Writing, new: Answer) -> tuple[Original | None, list[Original]]:
    """Give the file of an answer, and the row to be written where the office does not hold it yet."""
    if not new.content:
        return None, []
    return keep_file(w, new.content, new.filename)
