"""5,000 tasks by keyboard alone: found, ticked, given a day, walked as a calendar, as bars and as cards."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import PASSWORDS, START_SECONDS, Site, Watch, office_day, signed_in, write_day
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
CROWD = Path(__file__).with_name("crowd.py")
USER, PASSWORD = "namnghin", "nam-nghin-nhiem-vu"


def fill(site: Site) -> None:
    """Enter 5,000 tasks through the actions, into an office of their own: no other flow sees them."""
    command = [sys.executable, str(CROWD), "5000", office_day().isoformat()]
    subprocess.run(command, env=site.environment, check=True, timeout=START_SECONDS)
    PASSWORDS[USER] = PASSWORD


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))


def test_five_thousand_tasks_are_worked_through_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    fill(site)
    with signed_in(browser, site, watch, USER) as page:
        keys = page.keyboard.press
        page.goto(f"{site.url}/tasks/?columns=title,agency,state,due,timeliness,coordinators")
        expect(page.locator(".list-tools")).to_contain_text("5.000 nhiệm vụ")
        assert page.locator("tbody [data-row]").count() == 100
        page.goto(f"{site.url}/tasks/?state_class=waiting")  # work that is done has no other due day
        keys("f")
        page.keyboard.type("de an 02")
        keys("Enter")
        page.wait_for_url("**q=**")
        keys("j")
        keys("x")
        keys("j")
        keys("x")
        expect(page.locator("[data-ticked]")).to_have_text("2")
        page.locator("button[formaction$='/bulk/due/']").focus()
        keys("Enter")
        page.wait_for_url("**/bulk/due/**")
        due = office_day() + timedelta(days=1)
        write_day(page, "#id_due_on", f"{due:%d/%m/%Y}")
        page.locator("#id_words").fill("kết luận giao ban")
        keys("Enter")
        expect(page.locator("#ask")).to_contain_text("Đặt hạn cho 2 việc")
        page.locator("#ask [value=yes]").focus()
        keys("Enter")
        page.wait_for_url("**/tasks/?**")
        expect(page.locator("main")).to_contain_text("Đã ghi cho 2 việc")
        assert page.locator("td", has_text=f"{due:%d/%m/%Y}").count() == 2

        page.goto(f"{site.url}/tasks/?shape=calendar")
        assert faults(page) == []
        before = page.locator("#month-title").inner_text()
        page.locator("td[aria-current]").focus()
        keys("ArrowRight")
        keys("ArrowLeft")
        assert page.evaluate("document.activeElement.hasAttribute('aria-current')")
        keys("PageDown")
        page.wait_for_url("**month=**")
        assert page.locator("#month-title").inner_text() != before
        keys("j")
        keys("d")
        page.wait_for_url("**/bulk/due/?duty=**")

        page.goto(f"{site.url}/tasks/?shape=timeline&sort=due&q=04")
        assert faults(page) == []
        keys("ArrowDown")
        keys("ArrowDown")
        opened = page.locator("[data-row]").nth(1).locator("a").get_attribute("href") or ""
        keys("Enter")
        page.wait_for_url(f"{site.url}{opened}")

        page.goto(f"{site.url}/tasks/?shape=board&by=state")
        assert faults(page) == []
        keys("ArrowRight")
        title = focused(page).splitlines()[0]
        lane = page.locator("[data-lane]").filter(has_text=title).locator("h2 a").first
        count = lane.inner_text()
        keys("]")
        page.wait_for_function(
            "([selector, old]) => document.querySelector(selector).innerText !== old", arg=["[data-lane] h2 a", count]
        )
        page.wait_for_function("title => document.activeElement.innerText.startsWith(title)", arg=title)

    with signed_in(browser, site, watch, USER, width=390, height=844) as page:
        for shape in ("", "calendar", "timeline", "board"):
            page.goto(f"{site.url}/tasks/?shape={shape}")
            assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
