"""A leader's morning: the day, the board, a number's rows, a late duty, a question to its agency, a note."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from flows.conftest import Site, Watch, follow, signed_in, write_day
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
NOTE = "Giao Văn phòng theo dõi, báo cáo tại giao ban tuần tới."


def test_a_leader_opens_a_number_asks_for_an_explanation_and_writes_a_note(
    browser: Browser, site: Site, watch: Watch
) -> None:
    with signed_in(browser, site, watch, "lanhdao", width=820, height=1180) as page:
        page.goto(f"{site.url}/today/")
        expect(page.locator("#day-agencies")).to_be_visible()
        assert faults(page) == []
        # The board: a number opens its rows beside the page, and a row the duty.
        follow(page, page.locator("nav a[href='/']").first)
        number = page.locator("main a.figure[href*='duties.late']").first
        late = number.inner_text()
        number.click()
        rows = page.locator("#drawer tbody tr, #drawer li[data-row]")
        expect(rows.first).to_be_visible()
        assert rows.count() == int(late.replace(".", ""))
        rows.first.locator("a").first.click()
        page.wait_for_url(re.compile(r"/(tasks|duties)/\d+/"))
        if "/tasks/" in page.url:
            follow(page, page.locator("main a[href^='/duties/']").first)
        duty = page.url
        follow(page, page.locator("#urges a[href*='/urge/']"))
        expect(page.locator("#id_kind")).to_have_value("giai-trinh")
        write_day(page, "#id_answer_by", "31/12/2099")
        assert faults(page) == []
        page.locator("main form:has(#id_text) button.btn-primary").click()
        page.locator("#ask button[value=yes]").click()
        page.wait_for_url(duty.split("?")[0])
        story = page.locator("#history li").first
        expect(story).to_contain_text("Đôn đốc lần 1: yêu cầu giải trình")
        expect(story).to_contain_text("31/12/2099")
        # A note on the document, in the leader's own name; it stands in the document's history.
        page.goto(f"{site.url}/documents/")
        follow(page, page.locator("main tbody a[href^='/documents/']").first)
        page.fill("textarea[name=text]", NOTE)
        page.locator("form[action$='/note/'] button").click()
        expect(page.locator("section[aria-labelledby=notes-title]")).to_contain_text(NOTE)
        assert faults(page) == []
