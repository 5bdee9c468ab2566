"""A task in one line, by keyboard alone, from any page; what axe finds in the dialog; who is told why not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults, faults_wide_and_narrow

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
LINE = "Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập báo cáo giải ngân trước 20/6"


def test_a_task_is_entered_in_one_line_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/")
        page.keyboard.press("/")
        expect(page.locator("#entry-text")).to_be_focused()
        page.keyboard.type(LINE)
        expect(page.locator("#entry mark.lead").first).to_have_text("Sở Tài chính (chủ trì)", use_inner_text=False)
        expect(page.locator("#entry [name=title]")).to_have_value("Lập báo cáo giải ngân")
        assert page.locator("#id_due_on-native").input_value().endswith("-06-20")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.url}/tasks/*/")
        assert page.locator("h1").inner_text() == "Lập báo cáo giải ngân"
        assert "nhập bằng tay" in page.locator("main").inner_text().casefold()


def test_nothing_is_entered_before_it_was_seen(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/tasks/")
        page.keyboard.press("/")
        expect(page.locator("#entry-text")).to_be_focused()
        page.fill("#entry-text", "Sở Tài chính lập báo cáo trước 31/2")
        page.keyboard.press("Enter")
        expect(page.locator("#entry .note.error")).to_contain_text("31/2")
        expect(page.locator("#entry-text")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#entry")).to_be_hidden()
        page.keyboard.press("f")
        assert page.evaluate("document.activeElement.name") == "q"


def test_a_day_is_typed_in_short_and_shown_in_full(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/tasks/add/")
        field = page.locator(".dayfield #id_due_on")
        for typed, shown in (("5-6-24", "05/06/2024"), ("5.6.2024", "05/06/2024"), ("05/06/2024", "05/06/2024")):
            field.fill(typed)
            field.press("Tab")
            assert field.input_value() == shown
        field.fill("31/2")
        assert "5/6" in field.evaluate("node => node.validationMessage")


def test_axe_finds_no_fault_in_the_dialog(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/")
        page.click("[data-entry]")
        expect(page.locator("#entry-text")).to_be_focused()
        page.keyboard.type(LINE)
        expect(page.locator("#entry mark.due").first).to_be_visible()
        assert faults_wide_and_narrow(page) == []


def test_who_may_not_assign_is_told_why(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "taichinh") as page:
        page.keyboard.press("/")
        expect(page.locator("#entry")).to_contain_text("Chỉ chuyên viên tổng hợp")
        assert faults(page) == []
