"""The people of a living office are told: notices on the page, mails through the queue, read or not.

A mail server stands beside it that is busy now and then and knows no such address as one of theirs. As in `year.py`,
what must come of each mail is worked out from plain lists, and held against the register.
"""

from __future__ import annotations

import re
import smtplib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Count
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Viewer
from dondoc.office.actions.notices import MAIL_JOB, MailNotSent, make_digests, mark_read, send_mail, set_wish
from dondoc.office.actions.people import add_account
from dondoc.office.jobs import MAIL_WAITS
from dondoc.office.models import Agency, DutyBearer, Mail, Notice, Reminder, Urge, User
from dondoc.office.queries import definitions, duties
from dondoc.rules import notices as rules

if TYPE_CHECKING:
    from office.year import LivingOffice

UNKNOWN = "khong-co@mau.example"
ROLES = {"administrator": "Quản Trị", "officer": "Phạm Tổng Hợp", "leader": "Lê Lãnh Đạo"}


class Post(BaseEmailBackend):
    """A mail server: takes most mails, is busy now and then, knows no such address as one of them."""

    taken: ClassVar[list[tuple[int, list[int]]]] = []
    answers: ClassVar[list[str]] = []
    choose: ClassVar[Random] = Random(0)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Take the mails, keeping the key of each and those of the notices it leads to; or say why not."""
        for mail in messages:
            if mail.to == [UNKNOWN]:
                self.answers.append("unknown")
                raise smtplib.SMTPRecipientsRefused({UNKNOWN: (550, b"no such user")})
            if self.choose.random() < 0.1:
                self.answers.append("busy")
                raise smtplib.SMTPServerDisconnected("busy")
            self.answers.append("taken")
            key = int(re.split("[-.]", mail.extra_headers["Message-ID"])[1])
            self.taken.append((key, sorted(map(int, re.findall(r"/notices/(\d+)/", str(mail.body))))))
        return len(messages)


# Reachable for all that is told in a living office.
with_post = override_settings(
    EMAIL_BACKEND="office.year_notices.Post",
    DONDOC_MAIL_READY=True,
    DONDOC_SITE_URL="https://song.example",
    DEFAULT_FROM_EMAIL="don-doc@song.example",
)


@dataclass
class LivingNotices:
    """The accounts of a living office, how each wants to be told, and what became of every mail."""

    office: LivingOffice
    wishes: dict[int, str] = field(default_factory=dict)
    agencies: dict[int, int] = field(default_factory=dict)
    users: dict[tuple[str, int | None], User] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    tries: Counter[int] = field(default_factory=Counter)
    ended: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        Post.taken.clear()
        Post.choose, self.choose = Random(self.office.seed), Random(self.office.seed)

    def settle_in(self) -> None:
        """Give everybody an account: one for each role of the office, and one for each agency."""
        for role, name in ROLES.items():
            self._account(role, None, name)
        for body in self.office.bodies:
            self._account("focal", body, f"Trần Đầu Mối {body.pk}")

    def _account(self, role: str, body: Agency | None, name: str) -> None:
        n = len(self.users)
        user = add_account(
            username=f"song-{self.office.seed}-{n}",
            password="mat khau du dai 2024",
            full_name=name,
            role=role,
            agency=body,
            on=self.office.first,
            actor=self.office.acting("administrator"),
        )
        # Some want mail at once, some once a day, the others never; one has an address that nobody knows.
        mail = {0: "never", 1: "at_once"}.get(n) or ("at_once", "digest", "never", "never")[n % 4]
        address = UNKNOWN if n == 4 else f"nguoi-{n}@mau.example"
        set_wish(mail=mail, address=address, viewer=Viewer(user.pk, self.office.office.pk, role))
        self.users[role, body.pk if body else None] = user
        self.wishes[user.pk] = mail
        if body:
            self.agencies[user.pk] = body.pk

    @with_post
    def morning(self, day: date) -> None:
        """Make the digests of the day and send what waits."""
        self.office.deeds["make_digest"] += make_digests(on=day, now=self.office.clock())
        self._work_through_the_queue(day)

    @with_post
    def evening(self, day: date) -> None:
        """Let some read what they were told, then send what the day has brought: some of it is closed by now."""
        for (role, _body), user in self.users.items():
            if self.choose.random() < 0.3:
                unread = Notice.objects.filter(user=user, read_at=None).order_by("pk").values_list("pk", flat=True)
                mine = [pk for pk in unread if self.choose.random() < 0.7]
                viewer = Viewer(user.pk, self.office.office.pk, role)
                assert mark_read(mine, viewer=viewer, now=self.office.clock()) == len(mine)
                self.read |= set(mine)
                self.office.deeds["mark_read"] += len(mine)
        self._work_through_the_queue(day)

    def _work_through_the_queue(self, day: date) -> None:
        """Run each mail's job once; one that is to be tried again stays in the queue."""
        own = set(Mail.objects.filter(office=self.office.office, outcome="waiting").values_list("pk", flat=True))
        jobs = ProcrastinateJob.objects.filter(task_name=MAIL_JOB, status="todo", args__mail_id__in=own)
        assert sorted(jobs.values_list("args__mail_id", flat=True)) == sorted(own), "one job for each mail that waits"
        for job in jobs.order_by("id"):
            key = int(job.args["mail_id"])
            worth = self._still_news(key, day)
            Post.answers.clear()
            before = len(Post.taken)
            self.tries[key] += 1
            try:
                last = self.tries[key] > len(MAIL_WAITS)
                send_mail(key, on=day, now=self.office.clock(), last_try=last)
            except MailNotSent:
                assert Post.answers == ["busy"]
                assert not last
                continue
            ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
            outcome = {(): "not_needed", ("taken",): "sent"}.get(tuple(Post.answers), "failed")
            assert bool(worth) == (outcome != "not_needed")
            assert Post.taken[before:] == ([(key, worth)] if outcome == "sent" else [])
            self.ended[key] = outcome
            self.office.deeds[f"mail_{outcome}"] += 1

    def _still_news(self, key: int, day: date) -> list[int]:
        """Say which notices of a mail are worth sending: unread, and no call for work closed or another's by now."""
        classes = definitions.workflow(self.office.workflow.pk, as_of=day).classes
        found = []
        for row in Notice.objects.filter(mails=key).order_by("pk"):
            one = self.office.owed.get(row.duty_id or 0)
            mine = row.user_id not in self.agencies or (one and self.agencies[row.user_id] == one.agency.pk)
            calls = one is not None and rules.kind(row.kind).asks
            is_open = one is not None and classes[one.state(day)] in duties.OPEN and mine
            if row.pk not in self.read and (is_open or not calls):
                found.append(row.pk)
        return found

    # What must hold in the evening.

    def check(self, day: date) -> None:
        """One outcome for each notice; everybody is told of the day's reminders, urges and work, and of it once."""
        mine = Notice.objects.filter(office=self.office.office)
        told = mine.annotate(n=Count("mails"))
        wanting = {wish: [pk for pk, own in self.wishes.items() if own == wish] for wish in set(self.wishes.values())}
        assert not told.filter(n__gt=1).exists()
        assert not told.filter(user__in=wanting["never"], n__gt=0).exists()
        assert not told.filter(user__in=wanting["at_once"], n=0).exists()
        begun = self.office.morning_of(day)
        assert not told.filter(user__in=wanting["digest"], n=0, read_at=None, made_at__lt=begun).exists()
        mails = Mail.objects.filter(office=self.office.office)
        waiting = {pk for pk in self.tries if pk not in self.ended}
        assert dict(mails.exclude(outcome="waiting").values_list("pk", "outcome")) == self.ended
        assert set(mails.filter(outcome="waiting").values_list("pk", flat=True)) == waiting
        assert Counter(pk for pk, _notices in Post.taken) == Counter(
            pk for pk, outcome in self.ended.items() if outcome == "sent"
        )
        self._check_day(day)

    def _check_day(self, day: date) -> None:
        """Whoever speaks for an agency was told of each of the day's events once; nobody of the own deeds."""
        made = Notice.objects.filter(office=self.office.office, made_at__gte=self.office.morning_of(day))
        rows = list(made.values_list("kind", "user_id", "duty_id", "text"))
        names = {user.pk: str(user) for user in self.users.values()}
        assert all(not text.startswith(f"{names[user]} ·") and text != names[user] for _k, user, _d, text in rows)
        calls = Counter((user, duty) for kind, user, duty, _t in rows if kind in {"reminder", "urge_sent"})
        assert set(calls.values()) <= {1}
        of_agency = {agency: user for user, agency in self.agencies.items()}
        own = {"duty__task__office": self.office.office}
        went_out = [
            *Reminder.objects.filter(**own, on=day).values_list("agency_id", "duty_id"),
            *Urge.objects.filter(**own, urged_on=day).values_list("agency_id", "duty_id"),
        ]
        assert calls == Counter((of_agency[agency], duty) for agency, duty in went_out)
        given = DutyBearer.objects.filter(**own, duty__assigned_on=day).order_by("duty_id", "pk").distinct("duty_id")
        wanted = {(of_agency[agency], duty) for agency, duty in given.values_list("agency_id", "duty_id")}
        assert {(user, duty) for kind, user, duty, _t in rows if kind == "duty_assigned"} == wanted
