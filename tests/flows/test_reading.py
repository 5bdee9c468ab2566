"""The compiling officer's morning: a document of thirty proposals confirmed by keyboard, and all that can go wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in
from flows.test_looks import faults_wide_and_narrow
from flows.test_path import put_in

# What is decided does not depend on the PostgreSQL behind it: one is enough.
pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]

AGENCIES = ["Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Sở Y tế", "Ban Tuyên giáo Thành ủy", "Văn phòng Thành ủy"]
WORK = ["lập danh mục công trình", "rà soát quy hoạch", "tổng hợp kinh phí", "kiểm tra tiến độ", "xây dựng kế hoạch"]
PAPER = """THÀNH ỦY CẦN THƠ
*
Số {number}-CV/TU
Về phân công nhiệm vụ

ĐẢNG CỘNG SẢN VIỆT NAM

Cần Thơ, ngày 01 tháng 9 năm 2022

Kính gửi: - Các sở, ban, ngành thành phố.

Ban Thường vụ Thành ủy yêu cầu thực hiện các nhiệm vụ sau:

{points}

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Văn Mẫu
"""
CARDS = "[data-rows] article.proposal"


def paper(number: int, points: int) -> str:
    """A document of our own that gives so many agencies work."""
    lines = [
        f"{n + 1}. {AGENCIES[n % 6]} chủ trì, phối hợp với {AGENCIES[(n + 1) % 6]} {WORK[n % 5]} đợt {n + 1}, "
        f"báo cáo trước ngày {n % 28 + 1:02d}/{n % 3 + 10}/2022."
        for n in range(points)
    ]
    return PAPER.format(number=number, points="\n\n".join(lines))


@dataclass
class Hands:
    """Two hands on a keyboard: every press is counted, and after each the cursor is still on the page's cards."""

    page: Page
    presses: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def write(self, words: str) -> None:
        """Type words into the field that has the cursor."""
        self.page.keyboard.type(words)
        self.presses += len(words)

    def in_field(self, name: str) -> None:
        """Wait until a form has opened and its field has the cursor."""
        self.page.wait_for_function("name => document.activeElement.name === name", arg=name)

    def on_card(self) -> None:
        """Wait until the cursor is on a card that still waits for a decision."""
        self.page.wait_for_function("() => document.activeElement.matches('[data-open-proposal]')")


def left(page: Page, n: int) -> None:
    """Wait until the head says how many proposals are left."""
    expect(page.locator("#counts .counts")).to_contain_text(f"{n} chưa quyết định")


def test_thirty_proposals_are_confirmed_by_keyboard_alone_in_under_three_minutes(
    site: Site, browser: Browser, watch: Watch
) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        put_in(page, site, paper(701, 30))
        expect(page.locator(CARDS)).to_have_count(30)
        hands, begun = Hands(page), time.monotonic()
        hands.press("j")
        for n in range(30):
            hands.on_card()
            if n in {7, 19}:  # two are no tasks
                hands.press("x")
                hands.in_field("reason")
                hands.write("trùng")
                hands.press("Enter")
            elif n == 12:  # one has another due day
                hands.press("d")
                page.wait_for_function("() => document.activeElement.closest('.dayfield')")
                hands.press("Control+a")
                hands.write("20/12/2022")
                hands.press("Control+Enter")
            else:
                hands.press("Enter")
        left(page, 0)
        seconds = time.monotonic() - begun
        print(f"30 proposals: {hands.presses} key presses, {seconds:.0f} s")
        assert hands.presses == 1 + 27 + 2 * (1 + 5 + 1) + (1 + 1 + 10 + 1)
        assert seconds < 180
        for verdict, n in (("accepted", 27), ("changed", 1), ("refused", 2)):
            expect(page.locator(f"{CARDS}.{verdict}")).to_have_count(n)


def test_merged_split_moved_and_withdrawn_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        put_in(page, site, paper(702, 5))
        address = page.url
        hands, cards = Hands(page), page.locator(CARDS)
        hands.press("j", " ", "j", " ", "m")
        hands.in_field("title")
        hands.press("Control+Enter")
        expect(page.locator(f"{CARDS}.merged")).to_have_count(2)
        hands.on_card()
        hands.press("s")
        hands.in_field("part0-title")
        hands.press("Control+Enter")
        expect(page.locator(f"{CARDS}.split footer a.small")).to_have_count(2)
        hands.on_card()

        # The words begin two words later and end one word earlier; the title follows.
        whole = cards.nth(3).locator("h3").inner_text()
        hands.press("{", "{", "}")  # at once: the form opens with the first
        title = cards.nth(3).locator("[name=title]")
        words = whole.split()[2:-1]
        expect(title).to_have_value(" ".join([words[0].capitalize(), *words[1:]]))
        hands.press("Control+Enter")
        expect(page.locator(f"{CARDS}.changed")).to_have_count(1)
        page.goto(site.url + (page.locator(f"{CARDS}.changed footer a.small").get_attribute("href") or ""))
        shown = page.locator("blockquote.source-words").inner_text().strip("“” \n")
        assert " ".join(shown.split()) == " ".join(words)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        hands.press("j", "g", "u")
        hands.in_field("reason")
        hands.write("giao nhầm")
        hands.press("Enter")
        expect(page.locator(f"{CARDS}.offered")).to_have_count(3)
        expect(cards.nth(0)).to_contain_text("giao nhầm")
        left(page, 3)


def test_two_officers_see_each_others_decisions_and_lose_nothing(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as one, signed_in(browser, site, watch, "quantri") as other:
        put_in(one, site, paper(703, 3))
        other.goto(one.url)
        Hands(one).press("j", "e")
        Hands(one).in_field("title")
        one.keyboard.type("Việc do tôi viết")
        Hands(other).press("j", "Enter", "Enter")
        left(other, 1)
        # The one that is untouched shows the decision; the one that is being written says so, and keeps what is there.
        expect(one.locator(CARDS).nth(1)).to_contain_text("đã nhận")
        left(one, 1)
        told = one.locator("[data-told-here]")
        expect(told).to_be_visible()
        expect(told).to_contain_text("đã nhận")
        assert "Việc do tôi viết" in one.locator(f"{CARDS}.changing [name=title]").input_value()
        assert one.evaluate("document.activeElement.name") == "title"


def test_what_was_typed_is_offered_again_after_the_tab_was_closed(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        put_in(page, site, paper(704, 2))
        address = page.url
        Hands(page).press("j", "e")
        Hands(page).in_field("title")
        page.keyboard.type("Dở dang ")
        context = page.context
        page.close()
        again = context.new_page()
        again.goto(address)
        mark = again.locator("[data-unfinished]:visible")
        expect(mark).to_have_count(1)
        mark.locator("[data-resume]").click()
        expect(again.locator("[data-restored]")).to_be_visible()
        assert "Dở dang " in again.locator(f"{CARDS}.changing [name=title]").input_value()
        again.keyboard.press("Control+Enter")
        expect(again.locator(f"{CARDS}.changed")).to_have_count(1)
        kept = "Object.keys(localStorage).filter(key => key.startsWith('dondoc.draft.')).length"
        again.wait_for_function(f"() => {kept} === 0")
        Hands(again).press("G", "x")
        Hands(again).in_field("reason")
        again.keyboard.type("chưa rõ")
        assert again.evaluate(kept) == 1
        again.locator("header details.menu summary").last.click()
        again.click("form[action$='/logout/'] button")
        again.wait_for_url(f"{site.url}/login/**")
        assert again.evaluate(kept) == 0


def printed(browser: Browser, text: str) -> bytes:
    """The document on paper, as a PDF."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f"<body style='font: 16px Tinos, serif; margin: 60px'>{text.replace(chr(10), '<br>')}")
    made = page.pdf(format="A4")
    context.close()
    return made


def test_a_paper_is_shown_as_it_looks_with_boxes_that_open_the_proposals(
    site: Site, browser: Browser, watch: Watch
) -> None:
    file = {"name": "705.pdf", "mimeType": "application/pdf", "buffer": printed(browser, paper(705, 3))}
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/documents/add/")
        page.set_input_files("form.add input[type=file]", file)
        page.click("form.add button.btn-primary")
        expect(page.locator("article.proposal").first).to_be_visible()
        page.wait_for_load_state()
        picture = page.locator(".leaf img").first
        page.wait_for_function("() => document.querySelector('.leaf img').naturalWidth > 0")
        boxes = page.locator(".leaf rect.proposal")
        assert boxes.count() >= 3
        face, box = picture.bounding_box(), boxes.first.bounding_box()
        assert face is not None
        assert box is not None
        assert face["x"] < box["x"] < box["x"] + box["width"] < face["x"] + face["width"]
        second = page.locator(CARDS).nth(1)
        key = second.get_attribute("data-finding")
        page.locator(f".leaf rect[data-of='{key}']").first.click()
        assert second.evaluate("card => card === document.activeElement")
        page.keyboard.press("t")
        expect(page.locator(".words")).to_be_visible()
        expect(page.locator(".leaves")).to_be_hidden()


def test_axe_finds_no_fault_while_something_is_being_decided(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        put_in(page, site, paper(706, 4))
        hands = Hands(page)
        hands.press("j", "e")
        hands.in_field("title")
        page.locator(CARDS).nth(1).locator("[data-key=s]").click()
        hands.in_field("part0-title")
        page.locator(CARDS).nth(2).locator("[data-key=Enter]").click()
        expect(page.locator(f"{CARDS}.accepted")).to_have_count(1)
        assert faults_wide_and_narrow(page) == []
        page.emulate_media(media="print")
        text, found = page.locator(".words").bounding_box(), page.locator(".findings").bounding_box()
        assert text is not None
        assert found is not None
        assert text["y"] + text["height"] <= found["y"] + 1  # on paper: the text, then what was found in it
