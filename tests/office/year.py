"""An office that lives through its days: everything is done through the actions, and checked in the evening.

What was done is also kept beside the register, in plain lists (`Owed`). In the evening both must say the same, and the
register must agree with itself: states with their histories, counts in SQL with counts by the rules, caches with what
they were made of, records with the log; and what an earlier evening showed is still shown for that evening.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from dondoc.office.access import Actor, Refused, Viewer, office_wide
from dondoc.office.actions import register, spans
from dondoc.office.actions.agencies import NewAgency, add_agency, hand_over_duties
from dondoc.office.actions.definitions import lay_down_standard
from dondoc.office.actions.duties import Move, correct_change, move_duties, move_duty, set_due, withdraw_change
from dondoc.office.actions.extensions import (
    Request,
    ask_extension,
    grant_extension,
    refuse_extension,
    take_extension_back,
)
from dondoc.office.actions.intake import Incoming, take_in
from dondoc.office.actions.obstacles import NewObstacle, end_obstacle, name_obstacle
from dondoc.office.actions.offices import found_office
from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks, split_task
from dondoc.office.actions.urges import NewUrge, urge_duty
from dondoc.office.models import Agency, Change, DocumentWords, Duty, Task, Workflow
from dondoc.office.queries import definitions, duties, history, tasks
from dondoc.office.queries.comparisons import Compared, Moment, compare
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.office.queries.tasks import Wanted
from dondoc.rules.calendar import is_working_day
from dondoc.rules.deadlines import DueRule, due_soon_days, timeliness
from dondoc.rules.states import ChangeFact, state_as_of
from office.truth import span_rows, truly_standing
from office.year_notices import LivingNotices
from office.year_owed import GOES_ON, LETTER, OPEN, Owed
from office.year_reports import LivingReports


@dataclass
class LivingOffice:
    """An office with so many agencies that gets so many tasks over a number of days; the same seed, the same life."""

    agencies: int
    tasks: int
    days: int
    first: date
    seed: int
    owed: dict[int, Owed] = field(default_factory=dict)
    obstacles: dict[int, int] = field(default_factory=dict)
    deeds: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    evenings: list[tuple[date, datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.choose = Random(self.seed)
        self.now = self.morning_of(self.first)
        self.office = found_office(
            key=f"song-{self.seed}",
            name="Văn phòng Thành ủy Mẫu",
            place="Thành phố Mẫu",
            hierarchy="party",
            body_name="Thành ủy Mẫu",
            body_kind="party_committee",
            on=self.first,
            actor_name="hệ thống",
            clock=self.clock,
            is_sample=True,
        )
        self.notices = LivingNotices(self)
        self.reports = LivingReports(self)
        administrator = self.acting("administrator")
        self.workflow: Workflow = lay_down_standard(actor=administrator)
        self.bodies = [
            add_agency(NewAgency(f"Đơn vị mẫu số {n}", "department", "province"), on=self.first, actor=administrator)
            for n in range(1, self.agencies + 1)
        ]
        self.notices.settle_in()
        self.officer = self.acting("officer")

    def clock(self) -> datetime:
        """The clock of this office: a little later each time it is looked at."""
        self.now += timedelta(milliseconds=7)
        return self.now

    def acting(self, role: str, *bodies: Agency) -> Actor:
        """Somebody who acts, at the clock of this office."""
        user = self.notices.users.get((role, bodies[0].pk if bodies else None))
        viewer = Viewer(user and user.pk, self.office.pk, role, frozenset(body.pk for body in bodies))
        return Actor(viewer, str(user or "Phạm Tổng Hợp"), self.clock, is_present=True)

    def morning_of(self, day: date) -> datetime:
        """When people begin to work on a day."""
        return datetime.combine(day, time(1, 0), UTC)

    def live(self) -> Iterator[date]:
        """Live day after day; what is given has been worked through and can be checked."""
        for n in range(self.days):
            day = self.first + timedelta(days=n)
            self.now = max(self.now, self.morning_of(day))
            self.notices.morning(day)
            if is_working_day(day):
                self._work(day)
            self.notices.evening(day)
            yield day

    def _work(self, day: date) -> None:
        self._assign(day)
        self._go_on(day)
        for deed in (self._by_hand, self._extend, self._hinder, self._hand_over, self._mend, self._urge, self._split):
            for _time in range(1 + self.tasks // 2000):
                deed(day)
        self._overstep(day)
        if day.day <= 7:
            text = LETTER.format(number=day.toordinal(), day=f"{day:%d/%m/%Y}")
            take_in(Incoming(text.encode(), f"{day}.txt", day), actor=self.officer)
            self.deeds["take_in"] += 1
        self.reports.work(day)

    def _some(self, day: date, *states: str) -> tuple[int, Owed] | None:
        found = [(pk, one) for pk, one in self.owed.items() if one.state(day) in states and one.last_step_on <= day]
        return self.choose.choice(found) if found else None

    def _try(self, name: str, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except Refused as refusal:
            self.refused[f"{name}: {type(refusal).__name__}"] += 1
            return False
        self.deeds[name] += 1
        return True

    def _assign(self, day: date) -> None:
        rate = self.tasks / (self.days * 0.6)  # days off and the last weeks bring none
        made = [self._task(day) for _one in range(int(rate) + (self.choose.random() < rate % 1))]
        for task in add_tasks(made, on=day, actor=self.officer):
            for duty in Duty.objects.filter(task=task).prefetch_related("bearers__agency", "dues").order_by("id"):
                [bearer], [due] = duty.bearers.all(), duty.dues.all()
                self.owed[duty.pk] = Owed(task, bearer.agency, day, [(day, "assigned")], [due.last_day])
            self.deeds["add_task"] += 1

    def _task(self, day: date) -> NewTask:
        bodies = self.choose.sample(self.bodies, self.choose.choice((1, 1, 2, 3)))
        due = DueRule("day", day + timedelta(days=self.choose.randint(5, 120)))
        own = [
            NewDuty(body, "coordinate" if n else "lead", due if self.choose.random() < 0.8 else None)
            for n, body in enumerate(bodies)
        ]
        return NewTask(f"Nhiệm vụ ngày {day:%d/%m/%Y}", tuple(own), self.workflow, is_sample=True)

    def _go_on(self, day: date) -> None:
        """Enter in one import what agencies told on paper; some of it was true some days before."""
        moves = []
        for pk, one in self.owed.items():
            chance = self.choose.random()
            for to_state, share in GOES_ON[one.state(day)]:
                chance -= share
                if chance < 0:
                    on = max(one.last_step_on, day - timedelta(days=self.choose.choice((0, 0, 0, 1, 3))))
                    if on <= day:
                        moves.append(Move(pk, to_state, on, note="theo báo cáo của đơn vị"))
                    break
        move_duties(moves, actor=self.officer)
        for move in moves:
            self.owed[move.duty_id].states.append((move.on, move.to_state))
            self.deeds["move"] += 1

    def _by_hand(self, day: date) -> None:
        """Let a focal point take the next step of its own duty."""
        if found := self._some(day, "assigned", "acknowledged"):
            pk, one = found
            to_state = "acknowledged" if one.state(day) == "assigned" else "in_progress"
            move = Move(pk, to_state, day, seen_state=one.state(day))
            if self._try("move_by_hand", lambda: move_duty(move, actor=self.acting("focal", one.agency))):
                one.states.append((day, to_state))

    def _extend(self, day: date) -> None:
        found = self._some(day, *OPEN)
        if not found or found[1].dues[-1] is None:
            return
        pk, one = found
        focal, until = self.acting("focal", one.agency), one.dues[-1] + timedelta(days=self.choose.randint(1, 40))
        asked: list[int] = []
        if not self._try(
            "ask_extension",
            lambda: asked.append(ask_extension(Request(pk, until, "cần thêm thời gian"), on=day, actor=focal).pk),
        ):
            return
        leader, chance = self.acting("leader"), self.choose.random()
        if chance < 0.6:
            grant_extension(asked[0], until=until, note="", on=day, actor=leader)
            one.dues.append(until)
        elif chance < 0.8:
            refuse_extension(asked[0], note="không đủ lý do", on=day, actor=leader)
            self.deeds["refuse_extension"] += 1
        else:
            take_extension_back(asked[0], on=day, actor=focal)

    def _hinder(self, day: date) -> None:
        if self.obstacles and self.choose.random() < 0.5:
            obstacle, pk = self.choose.choice(sorted(self.obstacles.items()))
            actor = self.acting("focal", self.owed[pk].agency)
            end = {"kind": "removed", "ended_on": day, "note": "", "on": day, "actor": actor}
            if self._try("end_obstacle", lambda: end_obstacle(obstacle, **end)):
                del self.obstacles[obstacle]
        elif found := self._some(day, "in_progress"):
            pk, one = found
            new = NewObstacle(pk, "capital", "chưa được bố trí vốn", "Bộ Tài chính", day)
            self.obstacles[name_obstacle(new, on=day, actor=self.acting("focal", one.agency)).pk] = pk
            self.deeds["name_obstacle"] += 1

    def _hand_over(self, day: date) -> None:
        if found := self._some(day, *OPEN):
            pk, one = found
            taken = set(Duty.objects.filter(task=one.task).values_list("bearers__agency_id", flat=True))
            if body := next((b for b in self.choose.sample(self.bodies, 3) if b.pk not in taken), None):
                hand_over_duties([pk], successor=body, on=day, basis=None, actor=self.officer)
                one.agency = body
                self.deeds["hand_over_duty"] += 1

    def _mend(self, day: date) -> None:
        """Take the last step of a duty back, or set it on another day; or set another due day."""
        found = self._some(day, "acknowledged", "in_progress", "reported")
        if not found:
            return
        pk, one = found
        last = Change.objects.filter(duty=pk, replaced_by=None).exclude(from_state="").order_by("-id").first()
        chance = self.choose.random()
        if last is None or one.is_mended or chance < 0.3:
            due = DueRule("day", day + timedelta(days=30))
            set_due(Duty.objects.get(pk=pk), due, words="đặt lại hạn", on=day, actor=self.officer)
            one.dues.append(due.on)
            self.deeds["set_due"] += 1
        elif chance < 0.6:
            withdraw_change(last, note="ghi nhầm", actor=self.officer)
            one.states.pop()
            self.deeds["withdraw_change"] += 1
        else:
            before = one.states[-2][0]
            on = max(before, one.states[-1][0] - timedelta(days=2))
            correct_change(last, to_state=last.to_state, on=on, note="ghi nhầm ngày", actor=self.officer)
            one.states[-1] = (on, last.to_state)
            self.deeds["correct_change"] += 1
        one.is_mended = True

    def _urge(self, day: date) -> None:
        if found := self._some(day, *OPEN):
            new = NewUrge("nhac-nho", "cong-van", "Đề nghị khẩn trương thực hiện.")
            self._try("urge_duty", lambda: urge_duty(found[0], new, on=day, actor=self.officer))

    def _split(self, day: date) -> None:
        if self.choose.random() < 0.1 and (found := self._some(day, "assigned", "in_progress")):
            task = found[1].task
            same = {pk: one for pk, one in self.owed.items() if one.task.pk == task.pk}
            if any(one.last_step_on > day for one in same.values()):
                return
            parts: list[Task] = []
            if self._try(
                "split_task",
                lambda: parts.extend(
                    split_task(task, [self._task(day), self._task(day)], on=day, actor=self.officer, note="tách")
                ),
            ):
                for one in same.values():
                    if one.state(day) not in ("done", "dropped"):
                        one.states.append((day, "dropped"))
                for part in parts:
                    for duty in Duty.objects.filter(task=part).order_by("id"):
                        agency, due = duty.bearers.get().agency, duty.dues.get().last_day
                        self.owed[duty.pk] = Owed(part, agency, day, [(day, "assigned")], [due])

    def _overstep(self, day: date) -> None:
        """Try what nobody may do: nothing of it is recorded."""
        found = self._some(day, *OPEN)
        if not found:
            return
        pk, one = found
        other = next(body for body in self.bodies if body.pk != one.agency.pk)
        before = history.head(self.office.pk)
        for deed in (
            lambda: move_duty(Move(pk, "reported", day), actor=self.acting("focal", other)),
            lambda: move_duty(Move(pk, "done", day + timedelta(days=1)), actor=self.officer),
            lambda: move_duty(Move(pk, "no-such-state", day), actor=self.officer),
            lambda: ask_extension(Request(pk, day, "x"), on=day, actor=self.acting("leader")),
        ):
            assert not self._try("overstep", deed)
        assert history.head(self.office.pk) == before

    # What must hold in the evening.

    def check(self, day: date, *, thoroughly: bool = True) -> None:
        """Make sure of everything that must hold on the evening of a day; `thoroughly` also reads the whole log."""
        viewer = office_wide(self.office.pk)
        rows = {row.id: row for row in duties_standing("true", viewer=viewer, as_of=day, known_at=None)}
        self._nothing_lost(rows, day)
        self._states_come_from_histories(rows, day)
        self._counts_agree(rows, day, viewer)
        self._evenings_stay(rows, day, viewer)
        self._days_compare(viewer)
        self.reports.check(rows, day)
        self.notices.check(day)
        if thoroughly:
            self._log_agrees()
            self._caches_are_true()

    def _nothing_lost(self, rows: dict[int, StandingDuty], day: date) -> None:
        found = {pk: (row.bearer_id, row.state, row.due_on, row.first_due_on) for pk, row in rows.items()}
        wanted = {}
        for pk, one in self.owed.items():
            first = next((due for due in one.dues if due is not None), None)
            wanted[pk] = (one.agency.pk, one.state(day), one.dues[-1], first)
        assert found == wanted

    def _states_come_from_histories(self, rows: dict[int, StandingDuty], day: date) -> None:
        """Each state is what the rule makes of the changes, and each step is one that the workflow allows."""
        flow = definitions.workflow(self.workflow.pk, as_of=day)
        facts: dict[int, list[ChangeFact]] = {}
        columns = ("id", "to_state", "effective_on", "until_on", "recorded_at", "replaces_id")
        for duty, from_state, *fact in Change.objects.filter(duty__task__office=self.office).values_list(
            "duty_id", "from_state", *columns
        ):
            facts.setdefault(duty, []).append(ChangeFact(*fact))
            # A task that was split is dropped from whichever state it was in: its parts are owed instead. And what
            # passes to another agency begins anew.
            assert not from_state or fact[1] in ("dropped", "assigned") or (from_state, fact[1]) in flow.moves
        assert {pk: state_as_of(facts[pk], as_of=day, known_at=None) for pk in rows} == {
            pk: row.state for pk, row in rows.items()
        }

    def _counts_agree(self, rows: dict[int, StandingDuty], day: date, viewer: Viewer) -> None:
        soon = due_soon_days(on=day)
        said: Counter[str] = Counter()
        for row in rows.values():
            said["owed"] += 1
            said["open"] += row.state_class in duties.OPEN
            said["done"] += row.state_class == "done"
            if row.state_class in (*duties.OPEN, "done"):
                done_on = row.since if row.state_class == "done" else None
                said[timeliness(last_day=row.due_on, done_on=done_on, as_of=day, soon_days=soon)] += 1
        whole = duties.tallies(viewer=viewer, as_of=day, known_at=None).whole
        found = (whole.owed, whole.open, whole.done, whole.late, whole.due_soon, whole.done_in_time)
        assert found == tuple(said[key] for key in ("owed", "open", "done", "late", "due_soon", "done_in_time"))

    def _evenings_stay(self, rows: dict[int, StandingDuty], day: date, viewer: Viewer) -> None:
        """What was known of this day this evening; and what an earlier evening showed is shown again."""
        if self.evenings:
            then, known_at, shown = self.choose.choice(self.evenings)
            again = duties_standing("true", viewer=viewer, as_of=then, known_at=known_at)
            assert _digest(again) == shown
            assert {row.id: row for row in again} == truly_standing(viewer=viewer, as_of=then, known_at=known_at)
        head = history.head(self.office.pk)
        assert head is not None
        self.evenings.append((day, head.recorded_at, _digest(list(rows.values()))))

    def _days_compare(self, viewer: Viewer) -> None:
        """Of any two evenings, with what was known on any: the lines lead from one count to the other."""
        days = sorted(self.choose.choice(self.evenings)[0] for _end in "ab")
        first, second = (Moment(day, self.choose.choice(self.evenings)[1]) for day in days)
        found = compare(Compared(), first, second, viewer=viewer)
        each = tuple(map(sum, zip(found.before, *(line.changes for line in found.lines), strict=True)))
        assert each == found.after
        for at, shown in ((first, found.before_all), (second, found.after_all)):
            assert len(tasks.tasks(Wanted(), viewer=viewer, as_of=at.as_of, known_at=at.known_at)) == shown

    def _log_agrees(self) -> None:
        assert history.verify_chain(self.office, end=None).faults == ()
        assert list(history.audit(self.office)) == []

    def _caches_are_true(self) -> None:
        kept = list(DocumentWords.objects.filter(office=self.office).order_by("header_id").values())
        register.rebuild(self.office.pk)
        assert list(DocumentWords.objects.filter(office=self.office).order_by("header_id").values()) == kept
        stood = span_rows(self.office.pk)
        spans.rebuild(self.office.pk)
        assert span_rows(self.office.pk) == stood


def _digest(rows: list[StandingDuty]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
