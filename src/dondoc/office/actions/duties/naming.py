"""The person whom an agency names for a duty, and what that person answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, acts_for, office_wide, require_bearer
from dondoc.office.actions.duties.refusals import ChangedMeanwhile, DayRefused, DutyRefused
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import AssigneeAnswer, AssigneeAnswerKind, DutyAssignee, Person
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import assignees, duties, people
from dondoc.office.queries.assignees import Named
from dondoc.office.queries.standing import StandingDuty
from dondoc.rules.text import folded, sort_key, vi_date

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Naming:
    """Who is to do the work: somebody on record by the key, or somebody by the name."""

    duty_id: int
    person_id: int | None = None
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a named person says: taken on, or sent back and why."""

    duty_id: int
    assignee_id: int
    kind: str
    reason: str = ""


def name_person(naming: Naming, *, on: date, actor: Actor) -> DutyAssignee:
    """Name the person who does the work of a duty for its agency, from a day on; whoever was named before is not."""
    with writing(actor) as w:
        duty = _open_duty(w, naming.duty_id, on=on, actor=actor)
        person, rows = _person(w, naming)
        present = _named(w, duty.id)
        if present is not None and present.person_id == person.pk and present.answer != AssigneeAnswerKind.SENT_BACK:
            raise DutyRefused(_("%(name)s is named for this duty already.") % {"name": person.name})
        row = w.new(DutyAssignee, duty_id=duty.id, person=person, note=naming.note.strip(), effective_on=on)
        w.record("name_person", [*rows, row])
        notify(w, [News("person_named", duty.id)])
        return row


def answer_naming(answer: Answer, *, on: date, actor: Actor) -> AssigneeAnswer:
    """Record that the named person takes a duty on, or sends it back with a reason; the agency may say it for them."""
    if answer.kind not in AssigneeAnswerKind.values:
        raise DutyRefused(_("There is no such answer. Take the work on, or send it back."))
    with writing(actor) as w:
        duty = _duty(w, answer.duty_id)
        present = _named(w, duty.id)
        _check_may_answer(present, duty, actor)
        if present is None or present.id != answer.assignee_id:
            raise ChangedMeanwhile(_("Meanwhile somebody else was named for this duty. Reload the page to see whom."))
        if present.answer:
            raise ChangedMeanwhile(
                _("Meanwhile %(name)s recorded an answer already. Reload the page to see it.")
                % {"name": present.answered_by}
            )
        if answer.kind == AssigneeAnswerKind.SENT_BACK and not answer.reason.strip():
            raise DutyRefused(_("Say why it is sent back: the agency has to name somebody else."))
        _check_open(duty)
        if not present.since <= on <= w.today:
            raise DayRefused(_("The answer is given between the day of the naming and today."))
        row = w.new(
            AssigneeAnswer, assignee_id=present.id, kind=answer.kind, answered_on=on, reason=answer.reason.strip()
        )
        w.record("answer_naming", [row])
        if answer.kind == AssigneeAnswerKind.SENT_BACK:
            notify(w, [News("person_sent_back", duty.id)])
        return row


def _check_may_answer(present: Named | None, duty: StandingDuty, actor: Actor) -> None:
    own = present is not None and assignees.is_person(actor.viewer.stands_for_id or actor.user_id, present.person_id)
    if not own and not acts_for(actor.viewer, duty.bearer_id):
        raise Refused(_("Only the person named for this work, or the agency that owes it, answers here."))


def _open_duty(w: Writing, duty_id: int, *, on: date, actor: Actor) -> StandingDuty:
    duty = _duty(w, duty_id)
    require_bearer(actor, duty.bearer_id)
    _check_open(duty)
    if not duty.assigned_on <= on <= w.today:
        raise DayRefused(
            _("A person is named from a day on between the assignment, %(day)s, and today.")
            % {"day": vi_date(duty.assigned_on)}
        )
    return duty


def _duty(w: Writing, duty_id: int) -> StandingDuty:
    return duties.standing_duty(duty_id, office_id=w.office.pk, as_of=w.today)


def _check_open(duty: StandingDuty) -> None:
    if duty.state_class not in duties.OPEN:
        raise DutyRefused(_("This work is closed or put off: nothing is to be done in it."))


def _named(w: Writing, duty_id: int) -> Named | None:
    found = assignees.named([duty_id], viewer=office_wide(w.office.pk), as_of=w.today, known_at=None)
    return found.get(duty_id)


def _person(w: Writing, naming: Naming) -> tuple[Person, list[Recorded]]:
    """Find the person, or enter one by name."""
    if naming.person_id is not None:
        chosen = people.person_of(naming.person_id, office_id=w.office.pk)
        if chosen is None:
            raise DutyRefused(_("There is no such person in this office. Choose one from the list, or write the name."))
        return chosen, []
    name = " ".join(naming.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise DutyRefused(_("Choose the person, or write the full name."))
    found = people.person(name, office_id=w.office.pk)
    if found is not None:
        return found, []
    made = w.new(Person, office=w.office, name=name, folded=folded(name), sort_key=sort_key(name))
    return made, [made]
