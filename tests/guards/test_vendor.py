"""What browsers get of other projects is a named list, all of it there, and every page asks this server only."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/dondoc/office/static"
TEMPLATES = ROOT / "src/dondoc/office/templates"
NAMED: dict[str, str] = json.loads((ROOT / "tools/vendor.json").read_text(encoding="utf-8"))

ASKED = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)""")
# A name space is a name, not an address that is asked.
ELSEWHERE = re.compile(r"""(?:src|href|action|hx-\w+)\s*=\s*["'](?:https?:)?//|@import|url\(["']?(?:https?:)?//""")
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=|<style[\s>]|<script(?![^>]*\ssrc=)|javascript:|hx-on""")


def ours(*kinds: str) -> list[Path]:
    places = (TEMPLATES, STATIC / "dondoc")
    return sorted(path for place in places for kind in kinds for path in place.rglob(f"*{kind}"))


def test_every_named_file_was_copied_and_nothing_else() -> None:
    files = [path for path in (STATIC / "vendor").rglob("*") if path.is_file() and path.name != ".installed"]
    there = {str(path.relative_to(STATIC / "vendor")) for path in files}
    assert there == set(NAMED), "run `npm ci && npm run vendor`"


def test_every_file_that_a_page_asks_for_exists() -> None:
    asked = {name for page in ours(".html") for name in ASKED.findall(page.read_text(encoding="utf-8"))}
    inside_django_htmx = {name for name in asked if name.startswith("django_htmx/")}
    assert {name for name in asked - inside_django_htmx if not (STATIC / name).is_file()} == set()


def test_every_file_that_a_style_asks_for_exists() -> None:
    for style in ours(".css"):
        for name in IN_STYLE.findall(style.read_text(encoding="utf-8")):
            assert (style.parent / name).resolve().is_file(), f"{style.name}: {name}"


def test_every_icon_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "dondoc/icons.svg").read_text(encoding="utf-8")))
    used = {
        name
        for page in ours(".html")
        for name in re.findall(r'parts/icon\.html" with name="([^"]+)"', page.read_text(encoding="utf-8"))
    }
    states = ("waiting", "active", "done", "deferred", "dropped")
    timeliness = ("in_time", "due_soon", "late", "no_due", "done_in_time", "done_late")
    used |= {f"s-{state}" for state in states + timeliness} | {"agrees", "differs", "cannot"}
    assert used - sprite == set()


def wrongs(text: str) -> list[str]:
    """What a page must not hold: an address elsewhere, or anything that the content policy forbids."""
    return [found.group() for pattern in (ELSEWHERE, INLINE) for found in pattern.finditer(text)]


@pytest.mark.parametrize("path", ours(".html", ".css"), ids=lambda path: str(path.name))
def test_no_page_asks_elsewhere_or_carries_inline_style_or_script(path: Path) -> None:
    assert wrongs(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<p style="color: red">',
        '<button onclick="go()">',
        "<script>go()</script>",
        "<style>p {}</style>",
        "a { background: url(//elsewhere.example/x.png) }",
    ],
)
def test_the_guard_sees_a_wrong(text: str) -> None:
    assert len(wrongs(text)) == 1
