"""The past, on every page: shown as it was, said to be the past, kept from link to link, and never written to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from dondoc.office import figures
from dondoc.office.actions.agencies import succeed_agency
from dondoc.office.actions.parameters import NewValue, lay_down_parameter
from dondoc.office.models import Change, LogEntry
from dondoc.office.templatetags.look import shown
from dondoc.office.web.past import ONLY_WRITE
from office.asking import addresses, signed_in
from office.conftest import World, two_offices
from office.kept_rows import Kept, keep
from office.test_access import MAY_OPEN, ONLY_BY_POST, deeds, filled, furnished

pytestmark = pytest.mark.django_db
# Where the controls of the day do not stand: what was printed once, and what is of now, each saying so.
DAYLESS = {"notices", "notice_preferences", "mails", "working_days", "issued", "issued_again"}
DAYLESS |= {"compilation", "compilation_begin"}  # a report has the day that it is of
OWN_DAY = {"compare", "notices"}  # numbers of a day of their own: the other one that is compared, and now
# Forms that may be sent while the past is looked at, by their addresses: they write nothing of that day.
SENT_ANYWAY = {"/language/", "/logout/", "/office/", "/tasks/views/", "/notices/read/", "/notices/preferences/"}
SENT_ANYWAY |= {"/notices/feeds/", "/report/issue/"}
# Writing that a past day does not stop, since it says nothing of the work.
OF_A_DAY = {
    *("issue a report", "begin a report", "compilation_begin"),
    *("keep a list", "change a list", "office_switch"),
}


@pytest.fixture(scope="module")
def kept_past() -> list[Kept[tuple[World, dict[str, int], datetime]]]:
    """Where the furnished office is kept once the first test has built it."""
    return []


@pytest.fixture
def past(
    db: None, kept_past: list[Kept[tuple[World, dict[str, int], datetime]]]
) -> tuple[World, dict[str, int], datetime]:
    """An office with a record of each noun, and the instant at which all of it was known."""
    if kept_past:
        return kept_past[0].put_in()

    def make() -> tuple[World, dict[str, int], datetime]:
        near, _far = two_offices()
        keys = furnished(near)
        return near, keys, LogEntry.objects.filter(office=near.office).latest("seq").recorded_at

    kept_past.append(keep(make))
    return kept_past[0].made


LINK = re.compile(r'<a\b([^>]*?)\shref="(/[^"#]*)[^"]*"')
FIGURE = re.compile(r'<a class="figure[^"]*" href="(/figures/[^"]+)"[^>]*>([^<]*)</a>')
POSTED = re.compile(r'<form\b(?=[^>]*method="post")(?:[^>]*action="([^"]*)")?', re.IGNORECASE)
# Numbers that must be met on the way, so that holding each against its figure is not held against nothing.
COUNTED = {
    "administrator": {
        "compare": {"tasks.total", "tasks.in_group"},
        "claims": {"claims.held", "claims.open", "claims.contradictions"},
        "urges": {"urges.sent", "urges.unanswered", "reminders.sent"},
    },
    "focal": {"progress": {"progress.due", "progress.given", "progress.missing", "progress.late"}},
}


@pytest.mark.parametrize("role", ["administrator", "focal"])
def test_every_page_shows_the_past_as_the_past(role: str, past: tuple[World, dict[str, int], datetime]) -> None:
    world, keys, known_at = past
    query = {"as_of": timezone.localdate().isoformat(), "known_at": known_at.isoformat()}
    client = signed_in(world, role)
    refused, dayless, sent, lost = set(), set(), set(), set()
    counted: dict[str, set[str]] = {}
    for name, address in addresses():
        if role not in MAY_OPEN.get(name, ()) or name == "account_change_password":
            continue
        answer = client.get(filled(address, keys), query)
        if answer.status_code == 403:
            assert "không ghi nhận được" in unescape(answer.content.decode()), name
            refused.add(name)
            continue
        if answer.status_code == 302:
            assert "as_of=" in answer["Location"], name
            continue
        assert answer.status_code == 200, name
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        if "<body" in page:
            assert 'class="pastline"' in page, name
            assert "Định nghĩa áp dụng từ" in unescape(page), name
            if 'id="day-as-of"' not in page or 'id="day-known-at"' not in page:
                dayless.add(name)
        if name != "compilation_begin":  # a report of that day is begun there
            sent |= {(name, to) for to in POSTED.findall(page) if not to.startswith(tuple(SENT_ANYWAY))}
        lost |= {(name, href) for marks, href in LINK.findall(page) if not kept(name, marks, href)}
        for href, text in FIGURE.findall(page):
            number = number_at(unescape(href), viewer_of(world, role))
            assert said(text) in {number.value, None}, (name, href, text)
            counted.setdefault(name, set()).add(number.key)
    assert (lost, sent) == (set(), set())
    assert refused == {name for name in {*ONLY_WRITE, "task_add"} if role in MAY_OPEN.get(name, ())}
    assert dayless <= DAYLESS
    assert COUNTED[role].items() <= counted.items()


def said(text: str) -> Decimal | None:
    """The number that a link says, the last where it says how it came about ("3/4 · 75,0%"); None for words alone."""
    found = re.findall(r"\d[\d.]*(?:,\d+)?", unescape(text))
    return Decimal(found[-1].replace(".", "").replace(",", ".")) if found else None


def kept(name: str, marks: str, href: str) -> bool:
    """Whether a link keeps both clocks, or need not: it leads back to today, or to a file of the program itself."""
    own = name in OWN_DAY and "as_of=" in href
    return own or "data-today" in marks or "known_at=" in href or href.startswith("/static/")


def viewer_of(world: World, role: str) -> Any:
    """The one who is signed in: some numbers are everybody's own."""
    seen = world.viewer(role, *([world.finance] if role == "focal" else []))
    return replace(seen, user_id=world.users[role].pk)


def number_at(href: str, viewer: Any) -> figures.FigureValue:
    """Ask for the number that a link opens."""
    parts = urlsplit(href)
    query = dict(parse_qsl(parts.query))
    day, known = date.fromisoformat(query.pop("as_of")), query.pop("known_at", None)
    at = datetime.fromisoformat(known) if known else None
    key = parts.path.removeprefix("/figures/")
    return figures.value(key, viewer=viewer, as_of=day, known_at=at, arguments=query)


def test_nothing_is_written_while_the_past_is_looked_at(past: tuple[World, dict[str, int], datetime]) -> None:
    world, keys, known_at = past
    head = LogEntry.objects.filter(office=world.office).count()
    client = signed_in(world, "administrator")
    yesterday = {"as_of": (timezone.localdate() - timedelta(days=1)).isoformat()}
    done = set()
    for query in (yesterday, {"known_at": known_at.isoformat()}):
        sent = [(name, address, data) for name, (address, data, _roles) in deeds(world, keys).items()]
        sent += [
            (name, filled(address, keys), {}) for name, address in addresses() if name in MAY_OPEN.keys() | ONLY_BY_POST
        ]
        for name, address, data in sent:
            answer = client.post(
                f"{address}{'&' if '?' in address else '?'}{'&'.join(f'{k}={v}' for k, v in query.items())}".replace(
                    "+", "%2B"
                ),
                data,
            )
            if answer.status_code not in {403, 405}:
                done.add(name)
    assert done == OF_A_DAY | {"account_change_password", "openapi-json"}
    assert LogEntry.objects.filter(office=world.office).count() == head + 2  # one issued, one begun


def test_what_was_entered_late_says_by_how_many_days(past: tuple[World, dict[str, int], datetime]) -> None:
    world, keys, _known_at = past
    client = signed_in(world, "officer")
    duty = world.tasks[0].duties.get()
    behind = (timezone.localdate() - duty.changes.latest("pk").effective_on).days
    rows = client.get("/tasks/", {"columns": "title,late_entry", "q": world.tasks[0].title}).context["rows"]
    assert [row.extras["late_entry"] for row in rows] == [behind]
    said = f"ghi nhận muộn {shown(behind)} ngày"
    for address in (f"/duties/{duty.pk}/", f"/tasks/{world.tasks[0].pk}/"):
        assert said in unescape(client.get(address).content.decode()), address
    document = world.resolution
    received = shown((timezone.localdate() - document.received_on).days)
    for address in ("/documents/", f"/documents/{document.pk}/"):
        assert f"ghi nhận muộn {received} ngày" in unescape(client.get(address).content.decode()), address
    # So do an urge and its answer, what was asked for and what is in the way, a mark at a clause, an agency that ended.
    dissolved: dict[str, Any] = {"kind": "dissolved", "basis": document, "actor": world.actor}
    succeed_agency(world.building, None, on=date(2022, 3, 8), **dissolved)
    for address, days in (
        (f"/urges/{keys['urge_id']}/", (6, 7)),
        ("/urges/", (6,)),
        ("/extensions/", (2,)),
        ("/obstacles/", (1,)),
        (f"/clauses/{keys['clause_id']}/", (5,)),
        ("/agencies/", (8,)),
        (f"/agencies/{world.building.pk}/", (8,)),
    ):
        page = unescape(client.get(address).content.decode())
        for day in days:
            late = shown((timezone.localdate() - date(2022, 3, day)).days)
            assert f"ghi nhận muộn {late} ngày" in page, (address, day)


def test_what_counts_as_late_is_judged_by_the_day_of_the_entry(past: tuple[World, dict[str, int], datetime]) -> None:
    world, _keys, known_at = past
    today = timezone.localdate()
    client = signed_in(world, "officer")
    duty = world.tasks[0].duties.get()
    asked = {"viewer": world.viewer(), "as_of": today}
    late = figures.value("duties.entered_late", **asked, known_at=None, arguments={}).value
    addresses = (f"/duties/{duty.pk}/", f"/tasks/{duty.task_id}/", f"/documents/{world.resolution.pk}/")
    listing = {"columns": "title,late_entry", "q": world.tasks[0].title}

    def marks(**query: str) -> list[int]:
        """How many marks stand on the pages, and how many in the column of the list."""
        rows = client.get("/tasks/", {**listing, **query}).context["rows"]
        pages = [unescape(client.get(address, query).content.decode()) for address in addresses]
        return [*(page.count("ghi nhận muộn") for page in pages), sum(bool(row.extras["late_entry"]) for row in rows)]

    before = marks()
    assert min(before) > 0
    assert late > 0
    for on in (today + timedelta(days=1), today):  # from tomorrow on nothing of today changes
        assert marks() == before
        lay_down_parameter(NewValue("late_entry_days", "3650", on, "QĐ 12-QĐ/VP"), actor=world.actor)
    assert marks() == [0, 0, 0, 0]
    assert marks(known_at=known_at.isoformat()) == before
    corrections = Change.objects.filter(entry__office=world.office, replaces__isnull=False).count()
    assert figures.value("duties.entered_late", **asked, known_at=None, arguments={}).value == corrections
    assert figures.value("duties.entered_late", **asked, known_at=known_at, arguments={}).value == late
