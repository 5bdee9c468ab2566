"""A duty from assignment to acceptance, by three people; two of them at one duty; what was typed survives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in, write_day

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
LINE = "Sở Tài chính chủ trì lập sổ theo dõi công trình trước 30/12"


def take(page: Page, state: str, **fields: str) -> None:
    page.select_option("#id_to_state", label=state)
    for name, value in fields.items():
        if name.endswith("_on"):
            write_day(page, f"#id_{name}", value)
        else:
            page.fill(f"#id_{name}", value)
    page.click(".step button.btn-primary")


def test_a_duty_lives_from_assignment_to_acceptance(site: Site, browser: Browser, watch: Watch) -> None:
    with (
        signed_in(browser, site, watch, "tonghop") as officer,
        signed_in(browser, site, watch, "taichinh") as focal,
    ):
        officer.goto(f"{site.url}/tasks/add/")
        officer.fill("#entry-text", LINE)
        expect(officer.locator(".entry [name=title]")).not_to_have_value("")
        officer.click(".entry button.btn-primary")
        officer.wait_for_url(f"{site.url}/tasks/*/")
        duty = f"{site.url}{officer.locator('main tbody a').first.get_attribute('href')}"

        focal.goto(duty)
        take(focal, "đã tiếp nhận")
        focal.click("#people a")
        focal.fill("#id_name", "Trần Thị An")
        focal.click(".sheet-form button.btn-primary")
        focal.click("#people form button")
        expect(focal.locator("#people")).to_contain_text("nhận việc từ")

        focal.wait_for_load_state()  # what is typed before the page's scripts are there is not kept
        focal.fill("#id_product_number", "12/BC-STC")
        focal.goto(duty)
        expect(focal.locator("#id_product_number")).to_have_value("12/BC-STC")
        today = focal.locator(".dayfield #id_on").input_value()
        officer.goto(duty)
        take(focal, "đã báo cáo kết quả", product_on=today, product_title="Sổ theo dõi")
        expect(focal.locator(".note.success")).to_be_visible()

        # The officer's page is older than the report: told by whom, and nothing typed is lost.
        take(officer, "chuyển sang giai đoạn sau", note="chờ cấp vốn")
        expect(officer.locator(".step .note.error")).to_contain_text("Đầu mối Sở Tài chính")
        expect(officer.locator("#id_note")).to_have_value("chờ cấp vốn")
        take(officer, "đang thực hiện", note="thiếu phụ lục")
        expect(officer.locator(".note.success")).to_be_visible()

        focal.goto(duty)
        expect(focal.locator("#history")).to_contain_text("thiếu phụ lục")
        take(focal, "đã báo cáo kết quả", product_number="15/BC-STC", product_on=today)
        officer.goto(duty)
        expect(officer.locator(".dayfield #id_on")).to_have_value(today)
        officer.click(".step button.btn-primary")
        expect(officer.locator(".sub")).to_contain_text("đã thực hiện xong")
        expect(officer.locator("#history")).to_contain_text("15/BC-STC")
