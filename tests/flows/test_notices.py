"""Work is assigned, the agency's focal point is told by mail and opens it; a deputy acts, and the log names both."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from flows.conftest import START_SECONDS, Site, Watch, follow, office_day, signed_in, write_day
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
TITLE = "Rà soát định mức chi cho đoàn khảo sát cầu phao"


class Letters:
    """What a mail server took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def test_work_is_told_by_mail_and_a_deputy_acts_under_both_names(site: Site, browser: Browser, watch: Watch) -> None:
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=site.mail_port)
    with (
        signed_in(browser, site, watch, "taichinh") as focal,
        signed_in(browser, site, watch, "tonghop") as officer,
        signed_in(browser, site, watch, "quantri") as admin,
    ):
        server.start()
        try:
            wants_mail(focal, site)
            assigns(officer, site)
            until = time.monotonic() + START_SECONDS
            while not letters.taken and time.monotonic() < until:
                time.sleep(0.2)
        finally:
            server.stop()
        (mail,) = letters.taken
        assert mail["Subject"].strip() == f"[Đôn Đốc] Nhiệm vụ được giao: {TITLE}"
        address = re.search(r"https?://\S+/notices/\d+/", mail.get_content())[0]
        focal.goto(f"{site.url}/notices/")
        assert faults(focal) == []
        focal.goto(address)
        assert re.search(r"/duties/\d+/$", focal.url)
        expect(focal.locator("main")).to_contain_text(TITLE)
        lays_down(admin, site)
        acts(officer, site)
        admin.goto(f"{site.url}/history/")
        expect(admin.locator("main")).to_contain_text("(thay ")


def wants_mail(page: Page, site: Site) -> None:
    """Say that one wants each mail at once."""
    page.goto(f"{site.url}/notices/preferences/")
    page.select_option("#id_mail", "at_once")
    page.fill("#id_address", "dau.moi@taichinh.example")
    follow(page, page.locator("main button.btn-primary"))
    expect(page.locator("#id_mail")).to_have_value("at_once")
    assert faults(page) == []


def assigns(page: Page, site: Site) -> None:
    """Enter a task that Sở Tài chính leads."""
    page.goto(f"{site.url}/tasks/add/")
    page.fill("main #id_title", TITLE)
    page.fill("main #id_lead", "Sở Tài chính")
    page.locator("main form:has(#id_title) button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text(TITLE)


def lays_down(page: Page, site: Site) -> None:
    """Lay down that the officer stands in for the leader today."""
    today = office_day().strftime("%d/%m/%Y")
    page.goto(f"{site.url}/deputies/")
    for field, role in (("#id_user", "(Lãnh đạo)"), ("#id_deputy", "(Chuyên viên tổng hợp)")):
        label = next(text for text in page.locator(f"{field} option").all_inner_texts() if role in text)
        page.select_option(field, label=label)
    for field in ("first", "last"):
        write_day(page, f"#id_{field}", today)
    page.click("main .step button.btn-primary")
    expect(page.locator("table.rows")).to_contain_text("đang hiệu lực")
    assert faults(page) == []


def acts(page: Page, site: Site) -> None:
    """Act for the leader from the menu in the head, write a note, and stop with one press."""
    page.goto(f"{site.url}/documents/")
    page.locator("header.top details.menu.right > summary").click()
    page.locator("button.item:has-text('Làm thay')").click()
    expect(page.locator(".actingline")).to_contain_text("Đang làm thay")
    assert faults(page) == []
    page.goto(f"{site.url}/documents/")
    page.locator("[data-row] [data-open]").first.click()
    page.fill("textarea[name=text]", "Khẩn trương tham mưu.")
    page.locator("form:has(textarea[name=text]) button").last.click()
    page.click(".actingline button")
    expect(page.locator(".actingline")).to_have_count(0)
