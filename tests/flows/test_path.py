"""The first path through the whole house: a document in, its tasks out, one of them done, the report on paper."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, office_day, signed_in

pytestmark = pytest.mark.flow
# The path itself is walked on both servers; what branches off it does not depend on the server.
EMBEDDED = pytest.mark.parametrize("site", ["embedded"], indirect=True)

TEXT = """THÀNH ỦY CẦN THƠ
*
Số 2034-CV/TU
Về chuẩn bị tổng kết nghị quyết

ĐẢNG CỘNG SẢN VIỆT NAM

Cần Thơ, ngày {day:02d} tháng {month:02d} năm {year}

Kính gửi: - Các sở, ban, ngành thành phố.

Ban Thường vụ Thành ủy yêu cầu thực hiện các nhiệm vụ sau:

1- Ban Tuyên giáo Thành ủy chủ trì, phối hợp với Văn phòng Thành ủy xây dựng kế hoạch tuyên truyền, báo cáo \
Ban Thường vụ Thành ủy trước ngày {due:%d/%m/%Y}.

2- Sở Tài chính chủ trì, phối hợp với Sở Nội vụ tổng hợp kinh phí tổ chức tổng kết.

3- Sở Xây dựng rà soát danh mục công trình chào mừng, gửi danh mục về Văn phòng Thành ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Văn Mẫu
"""


def put_in(page: Page, site: Site, text: str) -> None:
    """Paste a document and wait until it has been read."""
    page.goto(f"{site.url}/documents/add/")
    page.fill("#id_text", text)
    page.click("form.add button.btn-primary")
    expect(page.locator("article.proposal").first).to_be_visible()
    page.wait_for_load_state()  # what is pressed before the page's scripts are there is pressed in vain


def figure(page: Page, label: str) -> int:
    """Read one of the big numbers of the board by its label."""
    item = page.locator("dl.figures > div", has=page.locator("dt", has_text=re.compile(f"^{label}$")))
    return int(item.locator("dd .big, dd .figure").first.inner_text())


def take_step(page: Page, site: Site, duty: str, state: str, *, proof: bytes | None = None) -> None:
    """Record the next step of a duty, with a file that proves it where there is one."""
    page.goto(site.url + duty)
    page.select_option("#id_to_state", state)
    if proof:
        page.set_input_files("#id_file", {"name": "san-pham.txt", "mimeType": "text/plain", "buffer": proof})
    page.click("section.step button.btn-primary")
    expect(page.locator("ul.notes .note.success")).to_be_visible()


def test_from_a_document_to_the_report(site: Site, browser: Browser, watch: Watch) -> None:
    today = office_day()
    text = TEXT.format(day=today.day, month=today.month, year=today.year, due=today + timedelta(days=30))
    with signed_in(browser, site, watch, "tonghop") as officer, signed_in(browser, site, watch, "tuyengiao") as focal:
        put_in(officer, site, text)
        reading = officer.url
        proposals = officer.locator("article.proposal:not(.claim)")
        expect(proposals).to_have_count(3)

        # Each finding stands at its place: what is marked is cut from the text that came in.
        shown = officer.locator(".words").evaluate("node => node.textContent")
        assert shown == text
        for mark in officer.locator(".words .found").all():
            start = int((mark.get_attribute("id") or "").removeprefix("at-"))
            words = mark.evaluate("node => node.textContent")
            assert text[start : start + len(words)] == words

        # Confirm by keyboard, change one, refuse one.
        proposals.nth(0).focus()
        officer.keyboard.press("Enter")
        expect(proposals.nth(0).locator(".state.done")).to_be_visible()
        proposals.nth(1).locator("a[data-key=e]").click()
        proposals.nth(1).locator("[name=product]").fill("Báo cáo tổng hợp kinh phí")
        officer.locator("article.changing button.btn-primary").click()
        expect(proposals.nth(1).locator(".state.done")).to_be_visible()
        proposals.nth(2).locator("a[data-key=x]").click()
        proposals.nth(2).locator("[name=reason]").fill("Việc thường xuyên của Sở")
        officer.locator("article.changing button.btn-primary").click()
        expect(proposals.nth(2).locator(".state.dropped")).to_be_visible()
        expect(officer.locator("#counts")).to_contain_text("3 đề xuất")

        # The board of this document moves as the agency acknowledges and reports, and the office accepts.
        proposals.nth(0).locator("footer a[href^='/tasks/']").click()
        duty = officer.locator("table.rows a[href^='/duties/']").first.get_attribute("href") or ""
        document = re.search(r"/documents/(\d+)/", reading)
        assert document
        board = f"{site.url}/?document={document.group(1)}"
        officer.goto(board)
        assert (figure(officer, "nhiệm vụ"), figure(officer, "đã xong")) == (2, 0)

        take_step(focal, site, duty, "acknowledged")
        take_step(focal, site, duty, "in_progress")
        take_step(focal, site, duty, "reported", proof="Kế hoạch tuyên truyền đã ban hành".encode())
        take_step(officer, site, duty, "done")
        officer.goto(board)
        assert (figure(officer, "nhiệm vụ"), figure(officer, "đã xong")) == (2, 1)

        # The day before, none of it was there; the banner says that the past is shown.
        officer.goto(f"{board}&as_of={(today - timedelta(days=1)).isoformat()}")
        expect(officer.locator(".pastline")).to_be_visible()
        expect(officer.locator("main h2, main h3").first).to_have_text("Ngày này chưa có ghi nhận")

        # A number opens to its rows beside the page, a row to the task, the task to the words of the document.
        officer.goto(board)
        officer.locator("dl.figures .done .figure").click()
        row = officer.locator("#drawer-body [data-row]")
        expect(row).to_have_count(1)
        row.locator("a[data-open]").click()
        expect(officer.locator("blockquote.source-words")).to_contain_text("Ban Tuyên giáo Thành ủy chủ trì")
        officer.locator("section a[href*='/reading/#at-']").first.click()
        expect(officer.locator(".words .found").first).to_be_visible()


@EMBEDDED
def test_the_word_report_holds_the_numbers_of_the_register(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/report/?programme=nq59-thanh-pho&as_of=2023-12-02")
        expect(page.locator("article.paper")).to_be_visible()
        expect(page.locator("figure.chart svg, figure.chart canvas").first).to_be_visible()
        with page.expect_download() as waiting:
            page.click("a[download]")
        content = waiting.value.path().read_bytes()
    words = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    told = json.loads(site.run("figures", "--programme", "nq59-thanh-pho", "--as-of", "2023-12-02", "--format", "json"))
    groups = {row["arguments"]["group"]: row["value"] for row in told if row["key"] == "tasks.in_group"}
    total = next(row["value"] for row in told if row["key"] == "tasks.total")
    assert total == 14
    assert sorted(value for value in groups.values() if value) == [1, 5, 8]
    assert re.search(r"14\s+nhiệm vụ.*8\s+nhiệm vụ.*5\s+nhiệm vụ.*1\s+nhiệm vụ", words)


@EMBEDDED
def test_an_issued_report_is_given_again_as_it_was(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/report/?programme=nq59-thanh-pho&as_of=2022-11-21")
        page.click("form[action*='/report/issue/'] button")
        page.click("#ask button[value=yes]")
        expect(page.locator("ul.notes .note.success")).to_be_visible()
        expect(page.locator("article.paper")).to_be_visible()
        expect(page.locator("article.paper img.drawing").first).to_be_visible()
        copies = []
        for link in page.locator("table.files a[download]").all():
            with page.expect_download() as waiting:
                link.click()
            copies.append(waiting.value.path().read_bytes())
        page.click("a[href$='/again/']")
        expect(page.locator("section.again .note.success").first).to_be_visible()
        number = page.url.split("/")[-3]
    assert [content[:5] for content in copies] == [b"PK\x03\x04\x14", b"%PDF-", b"PK\x03\x04\x14", b"<!DOC", b'{"fig']
    for form in ("docx", "pdf"):
        site.run("report", str(tmp_path / f"again.{form}"), "--issued", number)
    assert [(tmp_path / f"again.{form}").read_bytes() for form in ("docx", "pdf")] == copies[:2]
    assert "giống hệt, từng byte" in site.run("report", "--remake", number)


@EMBEDDED
def test_a_secret_document_is_refused(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/add/")
        page.fill("#id_text", "TỈNH ỦY MẪU\nMẬT\nSố 12-BC/TU\n\nNội dung không được giữ lại: bông súng tím.")
        page.click("form.add button.btn-primary")
        expect(page.locator(".note.error", has_text="mật").first).to_be_visible()
        page.goto(f"{site.url}/documents/?q=bông súng tím")
        assert page.locator("tbody tr").count() == 0


@EMBEDDED
def test_a_focal_point_sees_its_own_duties_only(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "taichinh") as page:
        page.goto(f"{site.url}/agencies/")
        assert page.locator("tbody tr").count() == 1
        page.goto(f"{site.url}/history/")
        assert page.locator("tbody tr").count() == 0
