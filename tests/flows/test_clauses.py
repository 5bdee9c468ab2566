"""Clause by clause, as an officer and a focal point use it: what is missing is found, tied, urged, and answered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults_wide_and_narrow

# What a page of clauses shows does not depend on the PostgreSQL behind it: one is enough.
pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]


def clauses_of(page: Page, site: Site, words: str) -> str:
    """Find the page of a document's clauses by the document's number."""
    page.goto(f"{site.url}/documents/?q={words}")
    address = page.locator("tbody").get_by_role("link", name=words, exact=True).get_attribute("href") or ""
    return f"{site.url}/documents/{address.split('/')[2]}/clauses/"


def test_a_gap_is_found_urged_and_closed_by_a_document(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        address = clauses_of(page, site, "45/2022/QH15")
        page.goto(address)
        nothing = page.locator("dl.figures > div", has_text="mục chưa có gì").locator(".figure")
        before = int(nothing.inner_text())
        page.get_by_role("link", name="Chưa có gì", exact=True).click()
        expect(page.locator("li.clause.gap")).to_have_count(before)
        # An address of its own, which opens at the clause.
        page.goto(f"{address}#3")
        expect(page.locator("li[id='3']")).to_be_in_viewport()
        # A letter is proposed, changed for another agency, and recorded.
        page.locator("li[id='3']").get_by_role("link", name="Đôn đốc đơn vị").click()
        agency = page.locator(".chooser:has(#id_agency) > input")
        agency.fill("so xay")
        agency.press("Enter")
        expect(agency).to_have_value("Sở Xây dựng")
        page.select_option("#id_kind", "don-doc")
        page.get_by_role("button", name="Soạn lại thư theo lựa chọn này").click()
        expect(page.locator("#id_text")).to_have_value(re.compile("^Kính gửi: Sở Xây dựng"))
        page.get_by_role("button", name="Ghi nhận đôn đốc").click()
        page.locator("#ask button[value=yes]").click()
        expect(page.locator(".made")).to_contain_text("Đôn đốc lần 1: Sở Xây dựng")
        # A document that makes it concrete is found by its words and tied; the gap is closed.
        page.fill("input[name=find]", "1022")
        page.locator("#concrete form[role=search] button").click()
        page.locator("input[type=radio][name=document]").first.check()
        page.get_by_role("button", name="Ghi là cụ thể hóa mục này").click()
        expect(page.locator(".made")).to_contain_text("Công văn 1022-CV/TU")
        page.goto(address)
        expect(nothing).to_have_text(str(before - 1))
        # The number opens its rows beside the page.
        nothing.click()
        expect(page.locator("#drawer .behind li")).to_have_count(before - 1)


def test_the_agency_that_was_urged_sees_it_on_its_board(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "taichinh") as page:
        board = page.locator("section", has_text="Đôn đốc đối với đơn vị")
        board.get_by_role("link", name="1.c").click()
        expect(page.locator("h1")).to_contain_text("Mục 1.c")
        expect(page.locator(".made")).to_contain_text("Nhắc nhở lần 1: Sở Tài chính")
        expect(page.get_by_role("button", name="Tìm")).to_have_count(0)


def test_axe_finds_no_fault_on_the_pages_of_clauses(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        address = clauses_of(page, site, "45/2022/QH15")
        page.goto(address)
        one = page.locator("li[id='1.b'] a[href^='/clauses/']").first.get_attribute("href") or ""
        bare = page.locator("li[id='2'] a[href$='/urge/']").first.get_attribute("href") or ""
        found = {}
        for path in (address, f"{site.url}{one}?find=45&find_task=quy", f"{site.url}{bare}", f"{site.url}/urges/"):
            page.goto(path)
            page.wait_for_load_state("networkidle")
            page.locator("main details").evaluate_all("nodes => nodes.forEach(node => { node.open = true; })")
            if wrong := faults_wide_and_narrow(page):
                found[path] = wrong
        assert found == {}


def test_a_resolution_prints_on_a4_with_all_its_words(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "lanhdao") as page:
        page.goto(clauses_of(page, site, "45/2022/QH15"))
        page.emulate_media(media="print")
        expect(page.locator("nav.choices a[aria-current]")).to_be_visible()
        assert page.locator(".clause .no-print:visible").count() == 0
        assert page.pdf(format="A4", prefer_css_page_size=True)[:5] == b"%PDF-"
