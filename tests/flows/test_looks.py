"""How the pages look and answer to a keyboard: no fault by axe on any of them, wide and light, narrow and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.conftest import Site, Watch, signed_in

# How a page looks does not depend on the PostgreSQL behind it: one is enough.
pytestmark = [pytest.mark.flow, pytest.mark.parametrize("site", ["embedded"], indirect=True)]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "board": "/",
    "board in the past": "/?as_of=2023-12-02&compare=2022-11-21",
    "board of the office": "/?office=all",
    "board before anything": "/?as_of=2019-01-01",
    "pictures": "/pictures/?as_of=2023-12-02",
    "documents": "/documents/",
    "document": "/documents/{document}/",
    "document to add": "/documents/add/",
    "reading": "/documents/{document}/reading/",
    "tasks": "/tasks/",
    "no task": "/tasks/?q=khongcoviecnay",
    "task": "/tasks/{task}/",
    "task to add": "/tasks/add/",
    "duty": "/duties/{duty}/",
    "figure": "/figures/tasks.total?programme=nq59-thanh-pho&as_of=2023-12-02",
    "agencies": "/agencies/",
    "scoreboard": "/scoreboard/",
    "the scale": "/scoreboard/scale/",
    "definitions": "/definitions/",
    "a definition": "/definitions/1/",
    "a rate": "/definitions/rates/done-of-due/",
    "report": "/report/?programme=nq59-thanh-pho&as_of=2023-12-02",
    "log": "/history/",
}
# Both widths and both sets of colours: what is wrong with one of them shows in one of the two.
SIZES: list[tuple[int, int, Literal["light", "dark"]]] = [(1440, 900, "light"), (390, 844, "dark")]
# A page whose width or colours were changed is laid out anew, and its colours pass from one to the other. What lies
# under the head or a bar while one scrolls is no fault: a page is looked at from its top, a dialog from its end.
SETTLED = """async () => {
    const laidOut = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await laidOut();
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.scrollTop = dialog.scrollHeight;
    window.scrollTo({top: 0, behavior: 'instant'});
    await laidOut();
    const ends = document.getAnimations().filter(one => one.effect.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ends.map(one => one.finished));
}"""


def addresses(page: Page, site: Site) -> dict[str, str]:
    """Fill the addresses with a document, a task and a duty that the demo office has."""

    def first(url: str, link: str) -> str:
        page.goto(site.url + url)
        return (page.locator(link).first.get_attribute("href") or "").split("/")[2]

    document = first("/documents/?q=1022", "tbody a[href^='/documents/']")
    task = first("/tasks/?programme=nq59-thanh-pho", "tbody a[href^='/tasks/']")
    duty = first(f"/tasks/{task}/", "a[href^='/duties/']")
    return {name: path.format(document=document, task=task, duty=duty) for name, path in PAGES.items()}


def faults(page: Page) -> list[str]:
    """Ask axe-core what a person with a disability would stumble over."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", STANDARDS
    )
    return [f"{fault['id']}: {fault['nodes'][0]['target']} ({fault['help']})" for fault in found["violations"]]


def faults_wide_and_narrow(page: Page) -> list[str]:
    """Ask axe-core twice, as a wide light screen and a dark phone show the page, and whether it fits on either."""
    found = []
    for width, height, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found += [f"{width}: {fault}" for fault in faults(page)]
        found += wider(page)
    # A tablet held upright lays out as neither of the two does.
    page.set_viewport_size({"width": 834, "height": 1112})
    page.evaluate(SETTLED)
    return found + wider(page)


def wider(page: Page) -> list[str]:
    """Say of a page that does not fit the screen how wide that is."""
    fits = not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return [] if fits else [f"{page.evaluate('innerWidth')}: wider than the screen"]


def test_axe_finds_no_fault_on_any_page(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        found = {}
        for name, path in addresses(page, site).items():
            page.goto(site.url + path)
            page.wait_for_load_state("networkidle")
            if wrong := faults_wide_and_narrow(page):
                found[name] = wrong
    assert found == {}


def test_a_phone_gets_pictures_laid_out_for_it_and_paper_the_wide_ones(
    site: Site, browser: Browser, watch: Watch
) -> None:
    """All but the way from document to agency, which alone moves sideways and says so; none is drawn twice."""
    with signed_in(browser, site, watch, "tonghop", width=390, height=844) as page:
        page.goto(site.url + PAGES["pictures"])
        narrow, every = page.locator(".drawing.narrow > svg"), page.locator(".drawing > svg")
        wider = page.locator(".sideways.is-wide [data-spec]")
        expect(narrow).to_have_count(4)
        expect(every).to_have_count(5)
        expect(wider).to_have_count(1)
        assert wider.get_attribute("data-spec") == "picture-flow"
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(narrow).to_have_count(0)
        expect(every).to_have_count(5)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(narrow).to_have_count(4)
        page.set_viewport_size({"width": 800, "height": 900})
        expect(narrow).to_have_count(0)
        expect(wider).to_have_count(0)


def test_a_number_opens_beside_the_page_and_closes_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "lanhdao") as page:
        number = page.locator("dl.figures .figure").first
        number.focus()
        page.keyboard.press("Enter")
        drawer = page.locator("#drawer")
        expect(drawer).to_be_visible()
        assert page.evaluate("document.getElementById('drawer').contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        assert number.evaluate("node => node === document.activeElement")


def test_a_list_is_walked_by_keyboard(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        page.goto(f"{site.url}/tasks/?programme=nq59-thanh-pho")
        page.keyboard.press("j")
        page.keyboard.press("j")
        second = page.locator("tbody tr").nth(1)
        address = second.locator("a[data-open]").get_attribute("href") or ""
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.url}{address}")
        page.goto(f"{site.url}/tasks/")
        page.keyboard.press("f")
        assert page.evaluate("document.activeElement.name") == "q"
        page.goto(f"{site.url}/tasks/")
        page.keyboard.press("/")
        expect(page.locator("#entry-text")).to_be_focused()


def test_the_page_speaks_vietnamese_unless_somebody_chose_otherwise(site: Site, browser: Browser, watch: Watch) -> None:
    with signed_in(browser, site, watch, "tonghop") as page:
        assert page.locator("nav a[aria-current=page]").first.inner_text() == "Bảng điều hành"
        page.locator("header details.menu summary").last.click()
        page.click("button[name=language][value=en]")
        expect(page.locator("nav a[aria-current=page]").first).to_have_text("Board")
