"""Many files put in at once, in a real browser: each says what became of it, and nothing that was taken is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults_wide_and_narrow

# How files are sent does not depend on the PostgreSQL behind it: one is enough.
pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]

PAPER = (
    "THÀNH ỦY CẦN THƠ\n*\nSố {number}-CV/TU\n\nCần Thơ, ngày 02 tháng 3 năm 2022\n\n"
    "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát danh mục {number}, báo cáo trước ngày 30/6/2022.\n"
)


def five_files(folder: Path, number: int) -> list[str]:
    """Two good ones, a copy of the first, a secret and a broken one."""
    (folder / "1-tot.txt").write_text(PAPER.format(number=number))
    (folder / "2-tot.txt").write_text(PAPER.format(number=number + 1))
    (folder / "3-ban-sao.txt").write_text(PAPER.format(number=number))
    (folder / "4-bong-sung.txt").write_text("TỈNH ỦY MẪU\nTỐI MẬT\n*\nSố 12-BC/TU\n\nNội dung không được giữ.\n")
    (folder / "5-hong.docx").write_bytes(b"PK\x03\x04 hong")
    return [str(path) for path in sorted(folder.iterdir())]


def put_in(page: Page, site: Site, files: list[str]) -> None:
    page.goto(f"{site.url}/documents/add/")
    page.set_input_files("form#add input[type=file]", files)
    page.click("form#add button.btn-primary")


def rows(page: Page) -> list[str]:
    return [" ".join(row.split()) for row in page.locator("#files tr").all_inner_texts()]


def test_five_files_at_once_and_what_became_of_each(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        put_in(page, site, five_files(tmp_path, 7000))
        expect(page.locator("[data-sum]")).to_have_text("5/5 tệp đã gửi")
        expect(page.locator("#files tr").nth(1)).to_contain_text("1 đề xuất")
        said = rows(page)
        assert ["đã có từ trước" in said[2] or "đã có từ trước" in said[0], "độ mật" in said[3], "hỏng" in said[4]] == [
            True
        ] * 3
        assert "4-bong-sung.txt" in said[3]  # this page knows the name; the server does not
        assert faults_wide_and_narrow(page) == []
        page.reload()
        assert re.fullmatch(rf"{site.url}/deliveries/\d+/", page.url)
        again = rows(page)
        assert ("4-bong-sung.txt" in again[3], "tên tệp không được giữ" in again[3]) == (False, True)
        assert faults_wide_and_narrow(page) == []
        page.goto(f"{site.url}/deliveries/")
        assert faults_wide_and_narrow(page) == []


def test_files_are_dropped_on_the_page(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/add/")
        page.evaluate(
            """papers => {
                const sent = new DataTransfer();
                papers.forEach((text, n) => sent.items.add(new File([text], n + ".txt")));
                document.querySelector(".drop").dispatchEvent(
                    new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: sent }));
            }""",
            [PAPER.format(number=7301), PAPER.format(number=7302)],
        )
        expect(page.locator(".filefield")).to_contain_text("0.txt, 1.txt")
        page.click("form#add button.btn-primary")
        expect(page.locator("[data-sum]")).to_have_text("2/2 tệp đã gửi")


def test_what_was_not_sent_is_said_and_sent_later(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        files = five_files(tmp_path, 7400)[:3]
        sent: list[str] = []

        def cut_off(route: Route) -> None:
            sent.append(route.request.url)
            route.abort() if len(sent) > 1 else route.continue_()

        page.route("**/files/", cut_off)
        put_in(page, site, files)
        # It shows when neither of the two lanes sends any more; its words stand there before.
        expect(page.locator("[data-broken]")).to_be_visible()
        expect(page.locator("[data-broken]")).to_contain_text("không tới được máy chủ")
        watch.faults.clear()  # that a request was cut off is told to the console too
        page.unroute("**/files/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(page.locator("#progress")).to_contain_text("2 chưa gửi")
        page.set_input_files("#again-files", files)
        page.click("form#again button")
        expect(page.locator("[data-sum]")).to_have_text("3/3 tệp đã gửi")
        page.reload()
        expect(page.locator("#files tr")).to_have_count(3)
        expect(page.locator("#progress")).not_to_contain_text("chưa gửi")


def test_another_officer_sees_files_come(site: Site, browser: Browser, watch: Watch, tmp_path: Path) -> None:
    with signed_in(browser, site, watch, "tonghop") as page, signed_in(browser, site, watch, "quantri") as other:
        held: list[Route] = []
        page.route("**/files/", lambda route: held.append(route) if len(held) < 2 else route.continue_())
        put_in(page, site, five_files(tmp_path, 7500))
        page.wait_for_url("**/deliveries/*/")
        other.goto(page.url)
        expect(other.locator("#progress")).to_contain_text("5 chưa gửi")
        expect(other.locator("#files tr")).to_have_count(0)
        while len(held) < 2:
            page.wait_for_timeout(100)
        for route in held:
            route.continue_()
        expect(other.locator("#files tr")).to_have_count(5)
        expect(other.locator("#files")).to_contain_text("1 đề xuất")
