"""A period of reporting in Chromium, from its opening to the report that two officers write of it together."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from flows.conftest import Site, Watch, follow, signed_in
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
        follow(officer, officer.locator("main a[href^='/progress/']").first)
        quiet(officer)
        follow(officer, officer.locator("form:has(input[value=quarter]) button"))
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
        follow(officer, officer.locator("#waiting tr:has-text('Đã trình dự thảo đề án') a").first)
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
        follow(officer, officer.locator("table a[href*='/agencies/']").first)
        follow(officer, officer.locator("a[href='?behalf=1']"))
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


def writing(page: Page) -> Locator:
    """The first passage of the causes, open to be changed."""
    passage = page.locator("#section-causes .passage").first
    passage.locator(".compiling-deeds > details > summary").click()
    return passage.locator("form[action$='/passage/']")


def test_two_officers_write_one_report_and_neither_loses_a_word(site: Site, browser: Browser, watch: Watch) -> None:
    own, others = "Thiếu cán bộ chuyên trách.", "Kinh phí được cấp chậm."
    with signed_in(browser, site, watch, "tonghop") as one, signed_in(browser, site, watch, "quantri") as other:
        one.goto(f"{site.url}/report/compilations/")
        follow(one, one.locator("main td a").first)
        other.goto(one.url)
        # Both have the same passage open; whoever sends second is told by whom and what was changed.
        first, second = writing(one), writing(other)
        before = first.locator("textarea").input_value()
        second.locator("textarea").fill(f"{before}\n{others}")
        first.locator("textarea").fill(f"{before}\n{own}")
        first.locator("button.btn-primary").click()
        expect(one.locator(DONE)).to_be_visible()
        second.locator("button.btn-primary").click()
        refused = other.locator("#section-causes form:has(.note.error)")
        expect(refused.locator(".note.error")).to_contain_text("Chuyên viên tổng hợp")
        expect(refused.locator("blockquote.now")).to_contain_text(own)
        expect(refused.locator("textarea")).to_have_value(f"{before}\n{others}")
        quiet(other)
        refused.locator("textarea").fill(f"{before}\n{own}\n{others}")
        refused.locator("button.btn-primary").click()
        expect(other.locator(DONE)).to_be_visible()
        # Who answers for the section, and where it stands, is seen by the other; whose a sentence is, too.
        settings = other.locator("#section-causes details.compiling-settings")
        settings.locator("summary").click()
        settings.locator("select[name=owner]").select_option(label="Chuyên viên tổng hợp (mẫu)")
        settings.locator("button").click()
        expect(other.locator(DONE)).to_be_visible()
        follow(other, other.locator("#section-causes > header button[name=up]"))
        order = "all => all.map(each => each.id)"
        now = other.locator("section.compiling-section").evaluate_all(order)
        was = one.locator("section.compiling-section").evaluate_all(order)
        at = was.index("section-causes")
        assert now == [*was[: at - 1], "section-causes", was[at - 1], *was[at + 1 :]]
        one.reload()
        assert one.locator("section.compiling-section").evaluate_all(order) == now
        causes = one.locator("#section-causes")
        expect(causes.locator(".compiling-facts")).to_contain_text("Chuyên viên tổng hợp (mẫu)")
        written = causes.locator(".passage").first.locator(".authors > div")
        expect(written.filter(has_text=own)).to_contain_text("Chuyên viên tổng hợp")
        expect(written.filter(has_text=others)).to_contain_text("Người quản trị")
