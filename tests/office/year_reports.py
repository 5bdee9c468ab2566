"""What a living office does besides its duties: periods of progress, reminders by themselves, persons, work passed on.

As in `year.py`, what was done is kept in plain lists too, and held against the register in the evening.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

from dondoc.office.access import by_itself
from dondoc.office.actions.duties import Answer, HandOver, Naming, answer_naming, hand_over_duty, name_person
from dondoc.office.actions.progress import (
    FREE,
    NewPeriod,
    NewReport,
    accept_all,
    accept_progress,
    nothing_new,
    open_period,
    return_progress,
    submit_progress,
)
from dondoc.office.actions.reminders import send_reminders
from dondoc.office.models import Period, Progress, Reminder, Urge
from dondoc.office.queries import assignees, definitions, duties, progress
from dondoc.office.queries.standing import StandingDuty
from dondoc.rules.deadlines import DueRule
from dondoc.rules.progress import ReportState, Standing, Step, is_due, standing

if TYPE_CHECKING:
    from office.year import LivingOffice

HANDED_ON = ("assigned", "acknowledged", "in_progress")


@dataclass
class Report:
    """A report as those who write and read it remember it: of which duty, and what was done with it."""

    duty: int
    steps: list[Step] = field(default_factory=list)

    def take(self, kind: str, day: date) -> None:
        self.steps.append(Step(len(self.steps) + 1, kind, day))  # type: ignore[arg-type]


@dataclass
class LivingReports:
    """The reports, reminders and persons of a living office."""

    office: LivingOffice
    period: Period | None = None
    reports: dict[int, Report] = field(default_factory=dict)
    persons: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    opened: int = 0

    def work(self, day: date) -> None:
        """Live the end of a day; the program's own reminders go out last."""
        self._pass_on(day)
        self._name(day)
        if self.period is None or day >= self.period.until_on:
            self._open(day)
        self._nothing(day)
        self._report(day)
        self._judge(day)
        itself = replace(by_itself(self.office.office.pk, clock=self.office.clock), is_present=True)
        sent = send_reminders(on=day, actor=itself)
        self.office.deeds["send_reminder"] += len(sent)

    def _open(self, day: date) -> None:
        """Ask for progress: every duty that is open just now owes a report, and no other."""
        length = max(7, self.office.days // 12)
        until = day + timedelta(days=length)
        days = (day, until, day + timedelta(days=length // 2), until + timedelta(days=3))
        self.period = open_period(NewPeriod(FREE, f"Kỳ từ {day:%d/%m}", *days), on=day, actor=self.office.officer)
        made = Progress.objects.filter(period=self.period).values_list("pk", "duty_id")
        self.reports = {pk: Report(duty) for pk, duty in made}
        asked = {pk for pk, one in self.office.owed.items() if self._class(one.state(day), day) in duties.OPEN}
        assert {report.duty for report in self.reports.values()} == asked
        self.opened += 1
        self.office.deeds["open_period"] += 1

    def _class(self, state: str, day: date) -> str:
        return definitions.workflow(self.office.workflow.pk, as_of=day).classes[state]

    def _standing(self, day: date) -> dict[int, Standing]:
        """How each report that is owed stands, by the rules alone and what those who acted remember."""
        assert self.period is not None
        classes = definitions.workflow(self.office.workflow.pk, as_of=day).classes
        found = {}
        for pk, report in self.reports.items():
            since, _n, state = max(
                (on, n, state) for n, (on, state) in enumerate(self.office.owed[report.duty].states) if on <= day
            )
            due = is_due(
                has_steps=bool(report.steps), state_class=classes[state], since=since, until_on=self.period.until_on
            )
            if due:
                found[pk] = standing(report.steps, due_on=self.period.due_on, as_of=day)
        return found

    def _of(self, day: date, *states: ReportState) -> list[int]:
        return [pk for pk, stands in sorted(self._standing(day).items()) if stands.state in states]

    def _nothing(self, day: date) -> None:
        """An agency says of all that it has not begun that nothing happened; the number it saw must be right."""
        missing = self._of(day, "not_begun")
        if self.period is None or not missing or self.office.choose.random() < 0.5:
            return
        body = self.office.owed[self.reports[self.office.choose.choice(missing)].duty].agency
        mine = [pk for pk in missing if self.office.owed[self.reports[pk].duty].agency.pk == body.pk]
        besides = mine[:1] if len(mine) > 2 else []
        asked = {"on": day, "actor": self.office.acting("focal", body), "besides": besides}
        assert not self.office._try("overstep", lambda: nothing_new(self.period.pk, expected=len(mine) + 1, **asked))
        n = nothing_new(self.period.pk, expected=len(mine), **asked)
        for pk in mine:
            if pk not in besides:
                self.reports[pk].take("submitted", day)
                n -= 1
        assert n == 0
        self.office.deeds["nothing_new"] += 1

    def _report(self, day: date) -> None:
        waited = self._of(day, "not_begun", "returned")
        if not waited:
            return
        pk = self.office.choose.choice(waited)
        owner = self.office.owed[self.reports[pk].duty].agency
        other = next(body for body in self.office.bodies if body.pk != owner.pk)
        new = NewReport(pk, "Đã họp, đang lấy ý kiến", share=self.office.choose.randint(0, 100))
        for stranger in (self.office.acting("focal", other), self.office.officer):
            assert not self.office._try("overstep", lambda who=stranger: submit_progress([new], on=day, actor=who))
        submit_progress([new], on=day, actor=self.office.acting("focal", owner))
        self.reports[pk].take("submitted", day)
        self.office.deeds["submit_progress"] += 1

    def _judge(self, day: date) -> None:
        given, chance = self._of(day, "submitted"), self.office.choose.random()
        if self.period is None or not given or chance < 0.3:
            return
        if chance < 0.5:
            pk = self.office.choose.choice(given)
            return_progress(pk, reason="nêu rõ số liệu", on=day, actor=self.office.officer)
            self.reports[pk].take("returned", day)
            self.office.deeds["return_progress"] += 1
            return
        some = given if chance > 0.9 else given[:2]
        if chance > 0.9:
            accept_all(self.period.pk, expected=len(given), on=day, actor=self.office.officer)
        else:
            accept_progress(some, on=day, actor=self.office.officer)
        for pk in some:
            self.reports[pk].take("accepted", day)
        self.office.deeds["accept_progress"] += 1

    def _name(self, day: date) -> None:
        """An agency names a person, who takes the work on or sends it back, or has not answered yet."""
        if not (found := self.office._some(day, *HANDED_ON)):
            return
        pk, one = found
        focal, name = self.office.acting("focal", one.agency), f"Người thứ {self.office.choose.randint(1, 20)}"
        if not self.office._try("name_person", lambda: name_person(Naming(pk, name=name), on=day, actor=focal)):
            return
        [named] = assignees.named([pk], viewer=focal.viewer, as_of=day, known_at=None).values()
        kind = self.office.choose.choice(("", "taken_on", "taken_on", "sent_back"))
        if kind:
            answer_naming(Answer(pk, named.id, kind, "đang đi học"), on=day, actor=focal)
            self.office.deeds[f"person_{kind}"] += 1
        self.persons[pk] = (one.agency.pk, name, kind)

    def _pass_on(self, day: date) -> None:
        """The office gives work to another agency, which acknowledges it anew; now and then by a new day."""
        if not (found := self.office._some(day, *HANDED_ON)):
            return
        pk, one = found
        taken = {other.agency.pk for other in self.office.owed.values() if other.task.pk == one.task.pk}
        body = next((b for b in self.office.choose.sample(self.office.bodies, 3) if b.pk not in taken), None)
        if body is None:
            return
        due = DueRule("day", day + timedelta(days=20)) if self.office.choose.random() < 0.3 else None
        new = HandOver(pk, body.pk, "đúng chức năng hơn", due=due)
        if self.office._try("pass_on", lambda: hand_over_duty(new, on=day, actor=self.office.officer)):
            one.agency = body
            one.states.append((day, "assigned"))
            one.dues += [due.on] if due else []
            self.persons.pop(pk, None)

    # What must hold in the evening.

    def check(self, rows: dict[int, StandingDuty], day: date) -> None:
        """Reports by the rules and in SQL, who is named, and that nobody was reminded of closed work, or twice."""
        office_id = self.office.office.pk
        if self.period is not None:
            wanted = self._standing(day)
            found = progress.standing_reports(office_id=office_id, as_of=day, period=self.period.pk)
            assert {row.id: Standing(row.state, row.first_on, row.days_late) for row in found} == wanted  # type: ignore[arg-type]
            assert {row.id: row.bearer_id for row in found} == {
                pk: self.office.owed[self.reports[pk].duty].agency.pk for pk in wanted
            }
            asked = {"viewer": self.office.officer.viewer, "as_of": day, "known_at": None, "periods": [self.period.pk]}
            each = progress.tallies(**asked).get(self.period.pk, {}).values()
            states = Counter(stands.state for stands in wanted.values())
            assert {name: sum(getattr(one, name) for one in each) for name in get_args(ReportState)} == {
                name: states[name] for name in get_args(ReportState)
            }
            late = sum(stands.is_late for stands in wanted.values())
            assert (sum(one.due for one in each), sum(one.late for one in each)) == (len(wanted), late)
        reminded = list(Reminder.objects.filter(duty__task__office=office_id, on=day).values_list("duty_id", flat=True))
        urged = Urge.objects.filter(duty__task__office=office_id, urged_on=day).values_list("duty_id", flat=True)
        assert set(Counter([*reminded, *urged]).values()) <= {1}
        assert all(rows[pk].state_class in duties.OPEN and rows[pk].state != "reported" for pk in reminded)
        standing_in = {pk: said for pk, said in self.persons.items() if self.office.owed[pk].agency.pk == said[0]}
        named = assignees.named(self.persons, viewer=self.office.officer.viewer, as_of=day, known_at=None)
        assert {pk: (row.person, row.answer) for pk, row in named.items()} == {
            pk: (name, kind) for pk, (_agency, name, kind) in standing_in.items()
        }
