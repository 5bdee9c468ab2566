"""Promises about notices: the right people are told, nobody of what they did themselves, and no mail is lost."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
import pytest_django.fixtures
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import (
    MAIL_JOB,
    FeedRefused,
    MailNotSent,
    News,
    give_up_mail,
    make_digests,
    make_feed,
    notify,
    send_mail,
    set_wish,
    wake_waiting,
)
from dondoc.office.actions.people import NewDeputy, disable_account, hold_post, lay_down_deputy
from dondoc.office.jobs import Growing
from dondoc.office.models import CalendarFeed, Mail, Notice
from dondoc.office.queries import notices
from dondoc.rules.deadlines import DueRule
from dondoc.settings import mail_server
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db


def person(world: World, role: str) -> Actor:
    user = world.users[role]
    return Actor(Viewer(user.pk, world.office.pk, role), str(user))


def told(world: World, *news: News, by: Actor) -> set[tuple[str, str, str]]:
    """Tell news in an action of its own; give who was told of what."""
    Notice.objects.all().delete()
    with writing(by) as w:
        notify(w, news)
    return {(row.user.username, row.kind, row.url) for row in Notice.objects.select_related("user")}


def test_the_people_concerned_are_told_and_whoever_did_it_is_not(worlds: tuple[World, World]) -> None:
    near, far = worlds
    duty = near.tasks[0].duties.get().pk
    page = f"/duties/{duty}/"
    officer, focal = person(near, "officer"), person(near, "focal")
    assert told(near, News("duty_assigned", duty), by=officer) == {("gan-focal", "duty_assigned", page)}
    assert told(near, News("duty_reported", duty), by=focal) == {("gan-officer", "duty_reported", page)}
    assert told(near, News("duty_reported", duty), by=officer) == set(), "nobody is told of what he did"
    asked = told(near, News("extension_asked", duty), by=focal)
    assert {user for user, _kind, _url in asked} == {"gan-officer", "gan-leader"}
    # An agency without a focal point, a duty and an account of another office: nobody.
    assert told(near, News("clause_urged", agency_id=near.building.pk), by=officer) == set()
    foreign = far.tasks[0].duties.get().pk
    assert told(near, News("duty_assigned", foreign), by=officer) == set()
    strangers = tuple(user.pk for user in far.users.values())
    assert told(near, News("deputy_named", user_ids=strangers), by=officer) == set()
    row = Notice.objects.none()
    told(near, News("reminder", duty, words="còn 5 ngày làm việc"), by=officer)
    row = Notice.objects.get()
    assert (row.title, row.text) == ("Nhiệm vụ số 1 của Cần Thơ", f"{officer.name} · còn 5 ngày làm việc")
    assert date(2022, 1, 3) < row.made_at.date()


# Mails, through a real SMTP server.


class AnyPort(Controller):
    """Listens on a port that is free, and says on which."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Post:
    """A mail server on this machine: keeps what it takes, and refuses or breaks off when it is told to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: list[str] = []
        self.controller: AnyPort | None = None

    def start(self) -> int:
        """Listen on a free port."""
        self.controller = AnyPort(self, hostname="127.0.0.1", port=0)
        self.controller.start()
        return self.controller.port

    def stop(self) -> None:
        """Be gone."""
        if self.controller:
            self.controller.stop()
        self.controller = None

    async def handle_RCPT(self, server, session, envelope, address: str, options: list[str]) -> str:
        if self.answers and self.answers[0].startswith(("450", "550")):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.answers and self.answers[0] == "drop":
            self.answers.pop(0)
            session_transport = server.transport
            session_transport.abort()
            return "250 never said"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def post(settings: pytest_django.fixtures.SettingsWrapper) -> Iterator[Post]:
    server = Post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.start()
    settings.EMAIL_TIMEOUT = 5
    settings.DONDOC_SITE_URL, settings.DONDOC_MAIL_READY = "https://dondoc.cantho.example", True
    settings.DEFAULT_FROM_EMAIL = "don-doc@cantho.example"
    yield server
    server.stop()


def wishes(world: World, role: str, mail: str, address: str = "dau.moi@cantho.example") -> None:
    user = world.users[role]
    set_wish(mail=mail, address=address, viewer=Viewer(user.pk, world.office.pk, role))


def assigned(world: World, n: int = 0) -> int:
    """Tell the focal point that work was assigned; give the duty."""
    duty = world.tasks[n].duties.get().pk
    with writing(person(world, "officer")) as w:
        notify(w, [News("duty_assigned", duty)])
    return duty


def sent(mail: Mail, *, last_try: bool = False) -> tuple[str, int, str]:
    """Let the job of a mail run once; give what became of it."""
    with contextlib.suppress(MailNotSent):
        send_mail(mail.pk, on=localdate(), now=timezone.now(), last_try=last_try)
    mail.refresh_from_db()
    return mail.outcome, mail.tries, mail.error


def test_a_mail_goes_out_at_once_in_vietnamese_with_the_address_of_the_work(
    worlds: tuple[World, World], post: Post
) -> None:
    near, _far = worlds
    wishes(near, "focal", "at_once")
    assigned(near)
    mail = Mail.objects.get()
    job = ProcrastinateJob.objects.get(task_name=MAIL_JOB)
    assert (job.args, job.lock) == ({"mail_id": mail.pk}, f"mail-{mail.pk}")
    assert sent(mail) == ("sent", 1, "")
    assert sent(mail) == ("sent", 1, ""), "a second job finds nothing to do"
    (taken,) = post.taken
    notice = Notice.objects.get()
    assert (taken["To"], taken["From"]) == ("dau.moi@cantho.example", "don-doc@cantho.example")
    assert taken["Subject"].strip() == "[Đôn Đốc] Nhiệm vụ được giao: Nhiệm vụ số 1 của Cần Thơ"
    text = taken.get_content()
    assert f"https://dondoc.cantho.example/notices/{notice.pk}/" in text
    assert "Kính gửi đồng chí focal Cần Thơ," in text
    client = signed_in(near, "focal")
    assert "Thông báo: 1 chưa đọc" in words(client.get("/tasks/"))
    assert client.get(f"/notices/{notice.pk}/").headers["Location"] == notice.url
    assert "Thông báo: đã đọc hết" in words(client.get("/tasks/"))


def test_an_action_that_fails_tells_nobody(world: World) -> None:
    wishes(world, "focal", "at_once")
    with contextlib.suppress(ZeroDivisionError), writing(person(world, "officer")) as w:
        notify(w, [News("duty_assigned", world.tasks[0].duties.get().pk)])
        raise ZeroDivisionError
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)
    assert not ProcrastinateJob.objects.filter(task_name=MAIL_JOB).exists()


def test_a_mail_that_cannot_be_sent_is_tried_again_and_then_shown_with_its_error(
    world: World, post: Post, settings: pytest_django.fixtures.SettingsWrapper
) -> None:
    wishes(world, "focal", "at_once")
    assigned(world)
    mail = Mail.objects.get()
    post.answers = ["450 busy", "drop"]
    assert sent(mail) == ("waiting", 1, "Máy chủ thư từ chối địa chỉ nhận (450).")
    assert sent(mail) == ("waiting", 2, "Kết nối bị đứt trước khi máy chủ nhận thư.")
    post.stop()
    assert sent(mail, last_try=True) == ("failed", 3, "Không liên lạc được với máy chủ thư.")
    waits = [Growing().get_retry_decision(exception=MailNotSent(), job=SimpleNamespace(attempts=n)) for n in range(4)]
    assert [wait is not None for wait in waits] == [True, True, True, False]
    # What was recorded stands, the administrator sees the outcome and sends it once more; nobody else may.
    assert Notice.objects.count() == 1
    admin = signed_in(world, "administrator")
    page = words(admin.get("/notices/mails/?outcome=failed"))
    assert "Không liên lạc được với máy chủ thư." in page
    assert signed_in(world, "officer").post(f"/notices/mails/{mail.pk}/again/").status_code == 403
    assert admin.post(f"/notices/mails/{mail.pk}/again/").status_code == 302
    mail.refresh_from_db()
    assert (mail.outcome, mail.tries) == ("waiting", 0)
    assert admin.post(f"/notices/mails/{mail.pk}/again/").status_code == 403, "it waits already"
    settings.EMAIL_PORT = post.start()
    post.answers = ["550 no such user"]
    assert sent(mail) == ("failed", 1, "Máy chủ thư từ chối địa chỉ nhận (550)."), "it would answer the same again"
    assert post.taken == []


def test_what_is_not_needed_any_more_is_not_mailed(worlds: tuple[World, World], post: Post) -> None:
    near, far = worlds
    for one in worlds:
        wishes(one, "focal", "at_once")
        for n in range(3):
            assigned(one, n)
    closed, read, open_still = Mail.objects.filter(office=near.office).order_by("pk")
    move_duty(Move(near.tasks[0].duties.get().pk, "done", localdate()), actor=near.actor)
    Notice.objects.filter(mails=read).update(read_at=timezone.now())
    assert [sent(mail)[0] for mail in (closed, read, open_still)] == ["not_needed", "not_needed", "sent"]
    # That it was accepted is news of a closed duty; to one who has no role any more there is nothing to say.
    with writing(person(near, "officer")) as w:
        notify(w, [News("duty_accepted", near.tasks[0].duties.get().pk)])
    assert sent(Mail.objects.filter(office=near.office).latest("pk"))[0] == "sent"
    disable_account(far.users["focal"], on=localdate(), actor=far.actor)
    assert sent(Mail.objects.filter(office=far.office).latest("pk"))[0] == "not_needed"


def test_a_digest_comes_once_a_day_with_what_is_unread(worlds: tuple[World, World], post: Post) -> None:
    near, far = worlds
    wishes(near, "focal", "digest")
    for n in range(3):
        assigned(near, n)
    assigned(far)  # whose focal point has given no address
    assert Mail.objects.count() == 0, "nothing at once"
    Notice.objects.filter(office=near.office, title__contains="số 2").update(read_at=timezone.now())
    now = timezone.now()
    assert make_digests(on=localdate(), now=now) == 1
    assert make_digests(on=localdate(), now=now) == 0, "one a day"
    assert sent(Mail.objects.get()) == ("sent", 1, "")
    (taken,) = post.taken
    assert taken["Subject"].strip() == "[Đôn Đốc] 2 thông báo"
    assert [f"số {n} của Cần Thơ" in taken.get_content() for n in (1, 2, 3)] == [True, False, True]
    wishes(near, "focal", "never")
    assigned(near)
    tomorrow = timedelta(days=1)
    assert make_digests(on=localdate() + tomorrow, now=now + tomorrow) == 0


def test_a_deputy_is_told_in_the_others_place_and_only_on_those_days(worlds: tuple[World, World], post: Post) -> None:
    near, far = worlds
    today, now, day = localdate(), timezone.now(), timedelta(days=1)
    officer, leader, focal = (person(near, role) for role in ("officer", "leader", "focal"))
    inspector = near.users["inspection"]
    for one in worlds:
        wishes(one, "inspection", "at_once", "kiem.tra@cantho.example")
    new = NewDeputy(near.users["leader"].pk, inspector.pk, today, today + day)
    deputy = lay_down_deputy(new, actor=near.actor)
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    duty = near.tasks[0].duties.get().pk
    for actor in (focal, Actor(replace(leader.viewer, user_id=inspector.pk), "Người thay")):
        with writing(actor) as w:
            notify(w, [News("extension_asked", duty)])
    # Whoever stands in is told what the leader is told, not of what was done by the own hand.
    own, copy = Notice.objects.filter(user=leader.user_id).earliest("pk"), Notice.objects.get(user=inspector)
    assert (copy.title, copy.duty_id, copy.text) == (own.title, duty, f"{own.text} · thay {near.users['leader']}")
    assert Notice.objects.filter(user=officer.user_id).count() == 2
    mail = Mail.objects.get(user=inspector)
    assert sent(mail) == ("sent", 1, "")
    assert f"thay {near.users['leader']}" in post.taken[0].get_content()
    # It opens where one may act in that person's place; the other's notice stays unread.
    client = signed_in(near, "inspection")
    assert "thay leader Cần Thơ" in words(client.get("/notices/"))
    assert client.get(f"/notices/{copy.pk}/")["Location"] == copy.url
    assert f'value="{deputy.pk}"' in client.get(copy.url).content.decode()
    opened = client.post("/acting/", {"deputy": deputy.pk, "notice": own.pk})
    assert (opened["Location"], Notice.objects.get(pk=own.pk).read_at) == (f"/duties/{duty}/", None)
    assert signed_in(far, "inspection").get(copy.url).status_code == 403
    # After the days nobody is shown it, and what waits to be mailed is not needed any more.
    with writing(focal) as w:
        notify(w, [News("extension_asked", duty)])
    late = Mail.objects.filter(user=inspector).latest("pk")
    viewer = Viewer(inspector.pk, near.office.pk, "inspection")
    shown = [len(notices.notices(viewer=viewer, on=on, size=9)) for on in (today, today + day, today + 2 * day)]
    unread = [notices.head(viewer=viewer, on=on, as_of=on, known_at=None).unread for on in (today, today + 2 * day)]
    assert (shown, unread) == ([2, 2, 0], [1, 0])
    send_mail(late.pk, on=today + 2 * day, now=now, last_try=False)
    wishes(near, "inspection", "digest")
    with writing(focal) as w:
        notify(w, [News("extension_asked", duty)])
    assert [make_digests(on=on, now=now) for on in (today + 2 * day, today + day)] == [0, 1]
    late.refresh_from_db()
    assert (late.outcome, len(post.taken)) == ("not_needed", 1)


def test_without_a_mail_server_mails_wait_and_say_so(
    world: World, post: Post, settings: pytest_django.fixtures.SettingsWrapper
) -> None:
    settings.DONDOC_MAIL_READY = False
    wishes(world, "focal", "at_once")
    assigned(world)
    mail = Mail.objects.get()
    assert sent(mail) == ("waiting", 0, "")
    assert "chưa cấu hình thư" in words(signed_in(world, "administrator").get("/notices/mails/"))
    ProcrastinateJob.objects.filter(task_name=MAIL_JOB)._raw_delete("default")
    assert wake_waiting() == 0
    settings.DONDOC_MAIL_READY = True
    assert (wake_waiting(), wake_waiting()) == (1, 0)
    assert sent(mail) == ("sent", 1, "")
    give_up_mail(mail.pk)
    assert sent(mail)[0] == "sent", "only what waits is given up"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("", ("", 0, "", "", False, False)),
        ("smtp://thu.local", ("thu.local", 25, "", "", False, False)),
        ("smtp+tls://don%40x:m%3At@thu.gov.vn", ("thu.gov.vn", 587, "don@x", "m:t", True, False)),
        ("smtps://a:b@thu.gov.vn:4650", ("thu.gov.vn", 4650, "a", "b", False, True)),
    ],
)
def test_the_address_of_the_mail_server_is_read(url: str, read: tuple[object, ...]) -> None:
    assert mail_server(url) == read
    with pytest.raises(ImproperlyConfigured):
        mail_server(f"x{url}://y")


# Calendars.


def feed_of(world: World, role: str, agency: int | None = None) -> str:
    viewer = replace(world.viewer(role, world.finance), user_id=world.users[role].pk)
    return make_feed(agency_id=agency, viewer=viewer, now=timezone.now())


def test_a_calendar_shows_the_due_days_in_sight_to_whoever_knows_its_address(worlds: tuple[World, World]) -> None:
    near, far = worlds
    duties = [task.duties.get() for task in near.tasks]
    due = {"words": "", "on": START, "actor": near.actor}
    set_due(duties[0], DueRule("day", date(2030, 6, 30)), **due)
    set_due(duties[1], DueRule("day", date(2030, 7, 1)), **due)
    move_duty(Move(duties[1].pk, "done", date(2022, 2, 1)), actor=near.actor)
    set_due(far.tasks[0].duties.get(), DueRule("day", date(2030, 6, 30)), words="", on=START, actor=far.actor)
    secret = feed_of(near, "focal")
    assert not CalendarFeed.objects.filter(secret_digest__contains=secret).exists(), "the secret is kept nowhere"
    asked = Client()
    answer = asked.get(f"/calendar/{secret}.ics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = answer.content.split(b"\r\n")
    assert (lines[0], max(map(len, lines)) <= 75, b"\n" in b"".join(lines)) == (b"BEGIN:VCALENDAR", True, False)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["uid"], event["dtstart"].dt) == (f"duty-{duties[0].pk}@gan.dondoc", date(2030, 6, 30))
    assert event["summary"].endswith("Nhiệm vụ số 1 của Cần Thơ")
    # What has not changed is not sent again; a day that is moved keeps its name.
    tag = {"If-None-Match": answer.headers["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        again = asked.get(f"/calendar/{secret}.ics", headers=tag)
    assert (again.status_code, again.content, len(queries)) == (304, b"", 3)
    set_due(duties[0], DueRule("day", date(2030, 9, 30)), **due)
    moved = asked.get(f"/calendar/{secret}.ics", headers=tag)
    (later,) = Calendar.from_ical(moved.content).walk("VEVENT")
    assert (moved.status_code, later["uid"], later["dtstart"].dt) == (200, event["uid"], date(2030, 9, 30))
    # Unknown, made anew, revoked, or without a right any more: there is nothing.
    newer = feed_of(near, "focal")
    own = signed_in(near, "focal")
    statuses = [asked.get(f"/calendar/{one}.ics").status_code for one in ("x", secret, newer)]
    assert statuses == [404, 404, 200]
    assert "mọi việc xem được" in words(own.get("/notices/preferences/"))
    own.post(f"/notices/feeds/{CalendarFeed.objects.get(revoked_at=None).pk}/revoke/")
    assert asked.get(f"/calendar/{newer}.ics").status_code == 404
    shown = own.post("/notices/feeds/", {"agency": near.finance.pk})
    agency = re.search(r"/calendar/[\w-]+\.ics", shown.content.decode())[0]
    assert asked.get(agency).status_code == 200
    with pytest.raises(FeedRefused):
        feed_of(near, "focal", near.building.pk)
    with pytest.raises(FeedRefused):
        feed_of(near, "focal", far.finance.pk)
    disable_account(near.users["focal"], on=localdate(), actor=near.actor)
    assert asked.get(agency).status_code == 404


def test_a_person_sees_and_marks_only_its_own_notices(worlds: tuple[World, World]) -> None:
    near, far = worlds
    assigned(near), assigned(near, 1), assigned(far)
    foreign = Notice.objects.get(office=far.office)
    client = signed_in(near, "focal")
    page = words(client.get("/notices/"))
    assert ("số 1 của Cần Thơ" in page, "số 2 của Cần Thơ" in page, "Bắc Kạn" in page) == (True, True, False)
    assert client.get(f"/notices/{foreign.pk}/").status_code == 403
    first = Notice.objects.filter(office=near.office).order_by("pk").first()
    client.post("/notices/read/", {"notice": [first.pk, foreign.pk]})
    unread = Notice.objects.filter(read_at=None).values_list("office", flat=True)
    assert sorted(unread) == sorted([near.office.pk, far.office.pk])
    assert client.get("/notices/unread/").json() == {"count": 1, "label": "Thông báo: 1 chưa đọc"}
    # What is unread is unread now, whatever day is looked at.
    assert client.get("/notices/?as_of=2022-03-01").context["unread"].value == 1
    client.post("/notices/read/", {"all": ""})
    assert client.get("/notices/unread/").json()["count"] == 0
    assert Notice.objects.filter(read_at=None).get() == foreign


def test_the_pages_ask_as_often_with_one_row_as_with_three(world: World) -> None:
    admin = signed_in(world, "administrator")
    user, key = world.users["administrator"], world.office.pk
    focal, leader = world.users["focal"].pk, world.users["leader"].pk
    pages = ("/notices/", "/notices/mails/", "/notices/preferences/", "/deputies/")
    posts = f"/agencies/{world.finance.pk}/posts/"
    counts = []
    for rows in (1, 3):
        for n in range(rows if rows == 1 else 2):
            notice = Notice(office_id=key, user=user, kind="reminder", title="x", url="/", made_at=timezone.now())
            notice.save()
            Mail.objects.create(office_id=key, user=user, made_at=timezone.now()).notices.add(notice)
            day = localdate() + timedelta(days=10 * rows + n)
            lay_down_deputy(NewDeputy(leader, focal, day, day), actor=world.actor)
            hold_post(name=f"Lê {rows}{n}", title=f"Chức {n}", agency=world.finance, on=START, actor=world.actor)
            replaced = replace(world.viewer("administrator"), user_id=user.pk)
            agency = (world.finance.pk, world.building.pk, None)[rows // 3 + n]
            make_feed(agency_id=agency, viewer=replaced, now=timezone.now())
        found = {}
        for page in (*pages, posts):
            with CaptureQueriesContext(connection) as queries:
                assert admin.get(page).status_code == 200
            found[page.replace(posts, "posts")] = len(queries)
        counts.append(found)
    literal = {"/notices/": 6, "/notices/mails/": 6, "/notices/preferences/": 10, "/deputies/": 6, "posts": 11}
    assert counts == [literal, literal]
