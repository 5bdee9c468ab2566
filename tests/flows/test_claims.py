"""The figures that documents state: filtered, opened, bound as proposed, settled and opened again, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults_wide_and_narrow

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
WHOLE, PART = "tasks.total|nq59-thanh-pho|", "tasks.in_group|nq59-thanh-pho|done"


def open_by_key(page: Page, summary: str) -> None:
    """Open what is folded with the keyboard."""
    page.locator(summary).first.focus()
    page.keyboard.press("Enter")


def hold_against(page: Page, claim: str, figure: str) -> None:
    """Hold a claim of the page against another of our figures, as an officer does."""
    page.locator(f"#{claim} details:has(select[name=figure]) > summary").click()
    page.locator(f"#{claim} select[name=figure]").select_option(figure)
    page.locator(f"#{claim} form:has(select[name=figure]) button").click()
    expect(page.locator("ul.notes .note.success")).to_be_visible()


def test_axe_finds_no_fault_on_the_claims(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        found = {}
        for shown in ("register", "between", "within"):
            page.goto(f"{site.url}/claims/?show={shown}")
            for summary in page.locator(".claims details summary").all()[:3]:
                summary.click()
            if wrong := faults_wide_and_narrow(page):
                found[shown] = wrong
        assert found == {}


def test_a_number_of_the_board_leads_to_all_of_them(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "lanhdao") as page:
        page.locator("a[href^='/claims/']").first.click()
        page.wait_for_url(f"{site.url}/claims/*")
        number = page.locator(".tally .figure").first
        number.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#drawer")).to_be_visible()
        expect(page.locator("#drawer [data-row]")).to_have_count(int(number.inner_text()))


def test_a_difference_is_settled_with_a_reason_and_opened_again(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        # All that the demo's documents state agrees with its register: the number of all is held against those done.
        page.goto(f"{site.url}/claims/?verdict=differs")
        before = page.locator(".claims > li").count()
        page.goto(f"{site.url}/claims/?verdict=agrees&figure={WHOLE}")
        claim = page.locator("ol.claims > li").first.get_attribute("id") or ""
        hold_against(page, claim, PART)
        expect(page.locator(f"#{claim}")).to_have_count(0)
        page.goto(f"{site.url}/claims/?verdict=differs")
        expect(page.locator("ol.claims > li")).to_have_count(before + 1)
        open_by_key(page, f"#{claim} .judged details:last-of-type summary")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("Báo cáo tính cả việc chưa nghiệm thu")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Đã xử lý chênh lệch")
        assert page.locator("ol.claims > li").count() == before + 1
        folded = page.locator("details.folded")
        open_by_key(page, "details.folded > summary")
        expect(folded).to_contain_text("chưa nghiệm thu")
        expect(folded).to_contain_text("Chuyên viên tổng hợp")
        folded.locator(".judged details:last-of-type summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Có số mới")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Đã mở lại")
        expect(page.locator("details.folded")).to_have_count(0)
        hold_against(page, claim, WHOLE)
        expect(page.locator(f"#{claim}")).to_have_count(0)


def test_the_words_of_a_claim_open_at_their_place(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/claims/?verdict=agrees")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.url}/documents/*/reading/#at-*")
