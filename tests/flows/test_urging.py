"""Urging as people do it: the officer sends what is due today, the agency answers, the officer reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, follow, signed_in
from flows.test_looks import SETTLED, faults

# What is sent to whom does not depend on the PostgreSQL behind it: one is enough.
pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]


def looked_at(page: Page, *, narrow: bool = False) -> None:
    """Look at a page as axe does, wide and, where asked, as narrow as a phone."""
    for width in (1440, 390) if narrow else (1440,):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        assert faults(page) == [], page.url
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_urge_goes_out_is_taken_and_answered(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/tasks/")
        follow(page, page.get_by_role("link", name="Đôn đốc hôm nay"))
        looked_at(page, narrow=True)
        row = page.locator("tr", has_text="Mở rộng nguồn thu từ đất")
        expect(row).to_contain_text("Phê bình")
        # By keyboard: down to the row, and ticked.
        row.evaluate("node => { node.setAttribute('tabindex', '-1'); node.focus(); }")
        page.keyboard.press("x")
        send = page.locator("[data-send-urges]")
        expect(send).to_contain_text("(1)")
        send.press("Enter")
        expect(page.locator("#ask")).to_contain_text("Ghi nhận 1 đôn đốc")
        page.locator("#ask button[value=yes]").click()
        expect(page.locator(".content")).to_contain_text("Đã ghi nhận 1 đôn đốc.")
        sent = page.locator("ul.urged > li", has_text="Mở rộng nguồn thu từ đất")
        with page.expect_download() as download:
            sent.get_by_role("link", name="công văn (Word)").first.click()
        download.value.save_as(tmp_path / "cong-van.docx")
        words = [paragraph.text for paragraph in Document(str(tmp_path / "cong-van.docx")).paragraphs]
        assert "Kính gửi: Sở Tài chính" in words
        assert any("phê bình Sở Tài chính" in text for text in words)
        address = sent.locator("li", has_text="Mở rộng nguồn thu từ đất").locator("a").get_attribute("href") or ""
    with signed_in(browser, site, watch, "taichinh", width=390, height=844) as page:
        page.goto(site.url + address)
        page.get_by_role("button", name="Đã nhận").click()
        expect(page.locator(".facts")).to_contain_text("Đầu mối Sở Tài chính")
        page.fill("#id_text", "Sở đã trình ngày hôm qua.")
        looked_at(page)
        page.get_by_role("button", name="Ghi trả lời").click()
        expect(page.locator(".timeline")).to_contain_text("Sở đã trình ngày hôm qua.")
    with signed_in(browser, site, watch, "tonghop", scheme="dark") as page:
        page.goto(f"{site.url}/urges/")
        first = page.locator("tbody tr", has_text="Phê bình lần 2")
        expect(first).to_contain_text("đã trả lời")
        first.get_by_role("link", name="Phê bình lần 2").click()
        expect(page.locator(".timeline")).to_contain_text("Sở đã trình ngày hôm qua.")
        looked_at(page)
        page.goto(f"{site.url}/urges/steps/")
        looked_at(page)
