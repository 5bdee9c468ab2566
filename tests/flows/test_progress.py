"""A period of reporting in Chromium: opened, reported, given back, accepted, entered from a paper; quiet by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
DONE = "ul.notes .note.success"


def quiet(page: Page) -> None:
    """What axe finds on a page, and whether it fits the screen."""
    assert faults(page) == [], page.url
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    assert not wider, page.url


def agree(page: Page) -> None:
    page.locator("#ask button[value=yes]").click()


def test_a_period_is_opened_reported_given_back_accepted_and_entered_from_paper(
    site: Site, browser: Browser, watch: Watch
) -> None:
    with (
        signed_in(browser, site, watch, "tonghop") as officer,
        signed_in(browser, site, watch, "taichinh", width=390, height=844) as focal,
    ):
        officer.goto(f"{site.url}/tasks/")
        officer.click("main a[href^='/progress/']")
        quiet(officer)
        officer.locator("form:has(input[value=quarter]) button").click()
        expect(officer.locator(DONE)).to_be_visible()
        period = officer.url
        quiet(officer)

        # The focal point, by phone: what was typed outlives a closed tab, then one report and the rest in two presses.
        focal.goto(period)
        lines = focal.locator(".reports > li")
        owed = lines.count()
        lines.first.locator("textarea").first.fill("Đã trình dự thảo đề án")
        focal.goto(f"{site.url}/")
        focal.goto(period)
        expect(lines.first.locator("textarea").first).to_have_value("Đã trình dự thảo đề án")
        lines.first.locator("input[inputmode=numeric]").fill("35")
        quiet(focal)
        focal.click("[data-rest-button]")
        expect(focal.locator("#ask [data-question]")).to_contain_text(str(owed - 1))
        agree(focal)
        expect(focal.locator(DONE)).to_contain_text(str(owed - 1))
        focal.locator("li[data-state=not_begun] button[name=one]").click()
        expect(focal.locator(DONE)).to_be_visible()
        expect(focal.locator("li[data-state=submitted]")).to_have_count(owed)
        expect(focal.locator("[data-rest-button]")).to_have_count(0)

        officer.goto(period)
        officer.locator("#waiting tr:has-text('Đã trình dự thảo đề án') a").first.click()
        quiet(officer)
        officer.fill("textarea[name=reason]", "Nêu rõ số tờ trình")
        officer.locator("form[action$='/return/'] button").click()
        expect(officer.locator(".note.warning")).to_contain_text("Nêu rõ số tờ trình")
        focal.goto(period)
        given_back = focal.locator("li[data-state=returned]")
        expect(given_back).to_contain_text("Nêu rõ số tờ trình")
        given_back.locator("textarea").first.fill("Tờ trình 12/TTr-STC đã gửi")
        focal.locator(".sendbar button[value=send]").click()
        expect(focal.locator("li[data-state=returned]")).to_have_count(0)

        officer.goto(period)
        officer.locator("#waiting button[name=all]").click()
        agree(officer)
        expect(officer.locator("#waiting")).to_have_count(0)
        officer.locator("table a[href*='/agencies/']").first.click()
        officer.click("a[href='?behalf=1']")
        quiet(officer)
        officer.set_input_files(
            "input[type=file]",
            files=[
                {"name": "cv-15.txt", "mimeType": "text/plain", "buffer": "Đơn vị báo cáo: chưa có gì mới".encode()}
            ],
        )
        officer.locator(".reports button[name=nothing]").first.click()
        expect(officer.locator(DONE)).to_be_visible()
        expect(officer.locator(".reports > li:has-text('cv-15.txt')")).to_contain_text("nhập thay")
