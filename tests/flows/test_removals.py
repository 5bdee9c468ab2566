"""A wrong file is withdrawn and put back; a secret one is asked away by one person and destroyed by a second."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from dondoc import engine
from flows.conftest import Site, Watch, office_day, signed_in
from flows.test_looks import faults

pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]
NUMBER = "4471-CV/TU"
WORDS = "bè nuôi cá hô khổng lồ"
TEXT = """THÀNH ỦY CẦN THƠ
*
Số {number}

Cần Thơ, ngày {day:02d} tháng {month:02d} năm {year}

CÔNG VĂN
về {words}

1. Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập dự toán {words}.

2. Sở Xây dựng chủ trì khảo sát vị trí đặt {words}.
"""


def put_in(page: Page, site: Site, *, number: str, words: str) -> str:
    """Paste a document, wait until it has been read, and give its address."""
    today = office_day()
    page.goto(f"{site.url}/documents/add/")
    text = TEXT.format(number=number, words=words, day=today.day, month=today.month, year=today.year)
    page.fill("#id_text", text)
    page.locator("form:has(#id_text) button.btn-primary").click()
    expect(page.locator("article.proposal").first).to_be_visible()
    page.wait_for_load_state()  # what is pressed before the page's scripts are there is pressed in vain
    return page.url.split("/reading/")[0] + "/"


def looked_at(page: Page, url: str) -> None:
    """Look at a page as people do: no fault by axe, not wider than a phone."""
    page.goto(url)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    page.set_viewport_size({"width": 1440, "height": 900})


def log_used_again(site: Site) -> None:
    """Let the database set files of its log that hold the words aside for later use, as it does by itself in time."""
    with engine.database(site.environment) as url, psycopg.connect(url, autocommit=True) as connection:
        for _file in range(4):
            connection.execute("select pg_logical_emit_message(false, 'test', %s)", [WORDS])
            connection.execute("select pg_switch_wal()")
        connection.execute("checkpoint")


def test_a_wrong_file_is_withdrawn_mended_and_put_back(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        address = put_in(page, site, number="4470-CV/TU", words="đường dây nóng")
        looked_at(page, f"{address}correct/")
        page.fill("#id_incoming_number", "812")
        page.fill("#id_signer", "Trần Văn Mẫu")
        page.click("form.sheet-form button.btn-primary")
        expect(page.locator("ul.notes .note.success")).to_be_visible()
        expect(page.locator("dl.facts")).to_contain_text("Trần Văn Mẫu")

        looked_at(page, f"{address}removal/")
        page.fill("#id_reason", "Tải nhầm tệp của năm trước")
        page.locator("form[action$='/withdraw/'] button").click()
        expect(page.locator(".note.warning").first).to_contain_text("Tải nhầm tệp của năm trước")
        page.goto(f"{site.url}/documents/?q=4470-CV/TU")
        expect(page.locator(f"a[href^='{address.removeprefix(site.url)}']")).to_have_count(0)
        page.goto(address)
        expect(page).to_have_url(f"{address}removal/")
        page.locator("form[action$='/put-back/'] button").click()
        expect(page).to_have_url(address)


def test_two_persons_destroy_a_secret_document(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as officer, signed_in(browser, site, watch, "quantri") as second:
        address = put_in(officer, site, number=NUMBER, words=WORDS)
        officer.locator("article.proposal").first.focus()
        officer.keyboard.press("Enter")
        expect(officer.locator("article.proposal .state.done").first).to_be_visible()

        officer.goto(f"{address}removal/")
        officer.locator("form[action$='/ask-expunging/'] button").click()
        officer.locator("dialog#ask button[value=yes]").click()
        expect(officer.locator(".note.error")).to_be_visible()
        assert officer.locator("#id_typed").count() == 0, "who asked cannot confirm"

        looked_at(second, f"{address}removal/")
        second.fill("#id_typed", "4471")
        second.locator("form[action$='/expunge/'] .btn-danger").click()
        expect(second.locator(".wrong")).to_be_visible()
        second.fill("#id_typed", NUMBER)
        second.locator("form[action$='/expunge/'] .btn-danger").click()
        expect(second.locator(".hash").first).to_be_visible()
        looked_at(second, second.url)

        officer.goto(address)
        expect(officer.locator("main")).not_to_contain_text(WORDS)
        officer.goto(f"{site.url}/documents/?q={WORDS}")
        expect(officer.locator("tbody tr")).to_have_count(0)
        officer.goto(f"{site.url}/tasks/?q={WORDS}")
        expect(officer.locator("tbody tr")).to_have_count(0)
        officer.goto(f"{site.url}/history/")
        assert officer.locator("main").inner_text()
    told = site.run("log", "check")
    assert "0 lỗi trong chuỗi, 0 chỗ" in told
    log_used_again(site)
    site.run("wipe")
    home = Path(site.environment["DONDOC_HOME"])
    assert [path for path in home.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()] == []
