"""My day on a phone and at a desk: an officer assigns what recurs, the agency takes it on with one press."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from flows.conftest import Site, Watch, signed_in, write_day
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
TASK = "Báo cáo giải ngân theo tháng"


def test_a_focal_point_acknowledges_from_the_list_with_a_thumb(browser: Browser, site: Site, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/tasks/add/")
        page.fill("#id_title", TASK)
        page.locator("input[name=lead]").first.fill("Sở Tài chính")
        page.select_option("#id_due_kind", "recurring")
        page.select_option("#id_due_every", "month")
        assert page.locator("#id_due_month").is_hidden()
        write_day(page, "#id_due_on", "25/12/2099")
        page.click("button:has-text('Giao')")
        page.wait_for_url(re.compile(r"/tasks/\d+/$"))
        expect(page.locator("h2", has_text="Hằng tháng: Sở Tài chính")).to_be_visible()
    with signed_in(browser, site, watch, "taichinh", width=390, height=844) as page:
        page.goto(f"{site.url}/today/")
        # The first that waits: this task, or an older one where many do.
        row = page.locator("section[aria-labelledby=day-unacknowledged] li[data-row]").first
        title = row.locator("a.what").inner_text()
        button = row.locator("button")
        box = button.bounding_box()
        assert box is not None
        assert (box["height"] >= 44, box["width"] > 300) == (True, True)
        assert faults(page) == []
        button.click()
        expect(page.locator(f"text=Đã tiếp nhận: {title}")).to_be_visible()
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/today/")
        assert page.locator("#day-news").is_visible()
        assert faults(page) == []
