"""The register of documents in a real browser: searched, filtered, read at its place, linked, drawn, printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults_wide_and_narrow

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]


def address(page: Page, site: Site, words: str) -> str:
    """The address of the first document that some words find."""
    page.goto(f"{site.url}/documents/?q={words}")
    return page.locator("[data-open]").first.get_attribute("href") or ""


def test_words_without_accents_are_found_and_opened_at_their_place(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/")
        box = page.locator("[data-search]")
        box.fill('"don doc"')
        box.press("Enter")
        expect(page.locator("tr.places mark").first).to_have_text("đôn đốc")
        page.locator("tr.places a").first.click()
        found = page.locator("mark:target")
        expect(found).to_have_text("đôn đốc")
        expect(found).to_be_in_viewport()


def test_the_register_is_filtered_ordered_and_walked_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "lanhdao") as page:
        page.goto(f"{site.url}/documents/")
        page.get_by_text("Lọc", exact=True).click()
        page.select_option("#filter-hierarchy", "party")
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page.locator(".chip")).to_have_text("của hệ thống Đảng")
        page.get_by_role("link", name="Số, ký hiệu").click()
        expect(page.locator("th[aria-sort=ascending]")).to_have_text("Số, ký hiệu")
        expect(page.locator(".chip")).to_have_count(1)
        first = page.locator("[data-row]").first
        number = first.locator("[data-open]").inner_text()
        page.wait_for_load_state()
        page.keyboard.press("j")
        expect(first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("dl.facts")).to_contain_text(number)


def test_links_are_drawn_opened_added_corrected_and_ended(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        document = address(page, site, "1022-cv")
        page.goto(site.url + document)
        expect(page.locator(".graph .box.middle")).to_contain_text("1022-CV/TU")
        page.get_by_text("Thêm quan hệ văn bản").click()
        page.select_option("#id_kind", "amends")
        page.fill("#id_number", "77-KH/TU")
        page.get_by_role("button", name="Ghi quan hệ").click()
        expect(page.locator(".graph .box.unknown")).to_contain_text("77-KH/TU")
        row = page.locator("table.links tbody tr", has_text="77-KH/TU")
        row.locator("summary").click()
        row.locator("select").select_option("replaces")
        row.get_by_role("button", name="Đính chính").click()
        expect(page.locator("table.links tbody tr", has_text="77-KH/TU")).to_contain_text("thay thế")
        row.locator("summary").click()
        row.get_by_role("button", name="Chấm dứt quan hệ").click()
        expect(page.locator(".graph .box.unknown")).to_have_count(0)
        page.locator(".graph a", has_text="45/2022/QH15").click()
        expect(page.locator(".graph .box.middle")).to_contain_text("45/2022/QH15")


def test_axe_finds_no_fault_in_the_register(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        document = address(page, site, "1022-cv")
        wrong: dict[str, Any] = {}
        for path in (
            "/documents/?q=don+doc",
            "/documents/?hierarchy=party&issued_from=2020-01-01&sort=number",
            "/documents/?q=khongcoviecnay",
            document,
            f"{document}text/?q=don+doc",
        ):
            page.goto(site.url + path)
            page.wait_for_load_state("networkidle")
            if found := faults_wide_and_narrow(page):
                wrong[path] = found
    assert wrong == {}


def test_the_register_and_a_document_fit_on_a4(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        document = address(page, site, "1022-cv")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 660, "height": 1000})  # A4 without its margins, in CSS pixels
        for path in ("/documents/", document, f"{document}text/"):
            page.goto(site.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
            assert not wide, path
            assert page.pdf(path=tmp_path / "page.pdf", format="A4")
