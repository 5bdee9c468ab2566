"""Finds visible text in a template that no translation tag holds, so that no screen speaks two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

# Written alike in every language; nothing else may stand in a template as it is.
AS_IT_IS = frozenset(
    "Đôn Đốc|Đôn|Đốc|DOCX|PDF|XLSX|HTML|JSON|SHA-256|Word|Excel|A4|Enter|Esc|j|k|x|e|s|Ctrl|d|f|g|G|m|t|u".split("|")  # noqa: SIM905
)
# Shown when the program itself has failed, so that nothing can be translated any more.
WHOLE_PAGES = frozenset({"500.html"})
# A block of this name fills an attribute of the page that it extends.
SILENT_BLOCK = re.compile(r"(_|^)(class|id)$")
SPOKEN = (
    "alt",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "content",
    "label",
    "placeholder",
    "title",
)
# Attributes of these elements are read by programs although they have a speaking name.
SILENT_CONTENT = frozenset({"viewport", "color-scheme", "theme-color", "robots", "referrer", "htmx-config"})
UNSEEN = frozenset({"script", "style", "template-data"})
LETTER = re.compile(r"[^\W\d_]")
ENTITY = re.compile(r"&[a-zA-Z]+;")
HELD = "\uffff"  # stands for whatever a tag or a variable will put there


class Visible(HTMLParser):
    """Collects the text that a person would see or hear, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        given = dict(attrs)
        for name, value in attrs:
            silent = name == "content" and (tag != "meta" or given.get("name") in SILENT_CONTENT)
            spoken = name in SPOKEN or (name == "value" and given.get("type") in {"submit", "button", "reset"})
            if value and spoken and not silent:
                self.found.append((self.getpos()[0], value))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.unseen -= tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            lead = len(data) - len(data.lstrip())
            self.found.append((self.getpos()[0] + data[:lead].count("\n"), data))


def held(template: str) -> str:
    """Give the template with every tag, variable, comment and translated block taken out, its lines kept."""
    kept: list[str] = []
    skipping = ""
    for token in Lexer(template).tokenize():
        words = [*token.contents.split(), "", ""] if token.token_type == TokenType.BLOCK else ["", ""]
        silent = words[0] == "block" and SILENT_BLOCK.search(words[1])
        if words[0] in {"blocktranslate", "blocktrans", "comment"} or silent:
            skipping = f"end{words[0]}"
        elif words[0] and words[0] == skipping:
            skipping = ""
        if token.token_type == TokenType.TEXT and not skipping:
            kept.append(token.contents)
        else:
            kept.append(HELD + "\n" * token.contents.count("\n"))
    return "".join(kept)


def loose_texts(template: str, *, markup: bool) -> Iterator[tuple[int, str]]:
    """List the texts of a template that would be shown as they are, with their lines."""
    text = held(template)
    if markup:
        parser = Visible()
        parser.feed(text)
        parser.close()
        pieces = parser.found
    else:
        pieces = list(enumerate(text.split("\n"), 1))
    for line, piece in pieces:
        for part in ENTITY.sub(" ", piece).split(HELD):
            shown = " ".join(part.split())
            if LETTER.search(shown) and shown.strip(" .,:;()/·–-") not in AS_IT_IS:
                yield line, shown
