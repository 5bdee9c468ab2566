"""Text of before Unicode: TCVN3 (ABC, the fonts .VnTime, .VnTimeH) and VNI (VNI-Times), turned into Unicode.

In these code tables an ordinary font would show "Uû ban nh©n d©n" for "Uỷ ban nhân dân": no officer can read it,
so the text of the document is the converted one, and the characters of the file stay in ``Document.origin`` with
the way back to each. A format that knows the font wraps its runs by :func:`marked`; where no font is known, the
words decide: text in one of the tables that becomes Vietnamese syllables, and was none before, is converted.

Source of the tables: TCVN 5712:1993 (VN3), and the documented layout of VNI for Windows.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace

from dondoc.reader.formats.syllables import share_of_syllables
from dondoc.reader.model import Document, Origin, Page, Span

# Characters that no text may hold (Unicode noncharacters): they wrap a run whose font is known.
_OPEN = {"tcvn3": "\ufdd0", "tcvn3-capitals": "\ufdd1", "vni": "\ufdd2"}
_CLOSE = "\ufddf"
_MARKS = re.compile("[\ufdd0-\ufddf]")
_RUN = re.compile(f"([\ufdd0-\ufdd2])([^\ufdd0-\ufddf]*){_CLOSE}")
_NAMES = {mark: name for name, mark in _OPEN.items()}

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_ROWS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI = {base + sign: made for base, (signs, row) in _VNI_ROWS.items() for sign, made in zip(signs, row, strict=True)}
_VNI |= dict(zip("ôöíìæóòîñ", "ơưíìỉĩịỵđ", strict=True))
_VNI |= {key.upper(): made.upper() for key, made in _VNI.items()} | {
    key[0].upper() + key[1]: made.upper() for key, made in _VNI.items() if len(key) == 2
}
_HIGH = re.compile(r"[\u00a1-\u00ff]")
_MODERN = re.compile(r"[\u1ea0-\u1ef9ăĂđĐơƠưƯ\u0300-\u0323]")
_STRETCH = re.compile(r"[^\n\t]+|[\n\t]+")
_FONTS = re.compile(r"\.vn.*?(h?)$|(vni)[- ]", re.IGNORECASE)
_CP1252 = {
    code: char
    for code in range(0x80, 0xA0)
    if (char := bytes([code]).decode("cp1252", "ignore")) and char.isprintable()
}


def encoding_of_font(name: str) -> str | None:
    """The code table that a font stands for: ".VnTimeH" is TCVN3 drawn in capitals, "VNI-Times" is VNI."""
    found = _FONTS.match(name.strip())
    if found is None:
        return None
    if found.group(2):
        return "vni"
    return "tcvn3-capitals" if found.group(1) else "tcvn3"


def marked(text: str, encoding: str) -> str:
    """A run of text together with the code table of its font, for :func:`to_unicode` to convert."""
    return _OPEN[encoding] + text + _CLOSE if text.strip() else text


def without_marks(text: str) -> str:
    """A text from a file, without the characters that :func:`marked` uses."""
    return _MARKS.sub("", text)


def from_single_bytes(data: bytes) -> str:
    """The bytes of an old text file, one character each, as Windows would show them in a Western font."""
    return data.decode("latin-1").translate(_CP1252)


def guess(text: str) -> str | None:
    """The code table in which a text without fonts is written: tcvn3, vni, or None for Unicode."""
    high = len(_HIGH.findall(text))
    if high < 4 or len(_MODERN.findall(text)) * 20 > high:
        return None
    sample = "\n".join(line for line in text[:200_000].split("\n") if _HIGH.search(line))[:20_000]
    count, now = share_of_syllables(sample)
    if count < 3 or now > 0.5:
        return None
    shares = {name: share_of_syllables(_decode(sample, name)[0])[1] for name in ("tcvn3", "vni")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 0.75 and shares[best] > now + 0.3 else None


def _decode(text: str, encoding: str) -> tuple[str, list[int]]:
    """The text in Unicode, and how many characters of the file each of its characters took."""
    if encoding != "vni":
        made = "".join(_TCVN3.get(char, char) for char in text)
        return made.upper() if encoding == "tcvn3-capitals" and len(made.upper()) == len(made) else made, [1] * len(
            made
        )
    pieces: list[str] = []
    taken: list[int] = []
    at = 0
    while at < len(text):
        width = 2 if text[at : at + 2] in _VNI and at + 1 < len(text) else 1
        pieces.append(_VNI.get(text[at : at + width], text[at : at + width]))
        taken.append(width)
        at += width
    return "".join(pieces), taken


def _raised(made: str, raw: str) -> str:
    """Capital letters for a line typed in capitals, where the table has no capital letters with tones."""
    ascii_letters = [char for char in raw if char.isascii() and char.isalpha()]
    if len(ascii_letters) >= 4 and all(char.isupper() for char in ascii_letters) and len(made.upper()) == len(made):
        return made.upper()
    return made


def to_unicode(document: Document, *, fonts: bool) -> Document:
    """The document with its text in Unicode; its own characters stay in ``origin``.

    ``fonts`` says that the format marked the runs whose font it knows.
    """
    has_marks = fonts and _MARKS.search(document.text) is not None
    guessed = guess(_RUN.sub("", document.text) if has_marks else document.text)
    if guessed is None and not has_marks:
        return document
    conversion = _Conversion()
    at = 0
    for run in _RUN.finditer(document.text) if has_marks else ():
        conversion.plain(document.text[at : run.start()], guessed)
        conversion.drop(1)
        conversion.run(run.group(2), _NAMES[run.group(1)])
        conversion.drop(1)
        at = run.end()
    conversion.plain(document.text[at:], guessed)
    return conversion.moved(document)


class _Conversion:
    """Builds the converted text; ``places`` says for each character of the marked text where it went."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.raw: list[str] = []
        self.starts, self.ends, self.places = array("l"), array("l"), array("l")
        self.length = self.raw_length = 0
        self.encodings: set[str] = set()

    def drop(self, count: int) -> None:
        """Passes over marks that are no part of the file."""
        self.places.extend([self.length] * count)

    def plain(self, text: str, guessed: str | None) -> None:
        """Adds text whose font is not known."""
        if not guessed:
            self._add(text, text, [1] * len(text))
            return
        for stretch in _STRETCH.findall(text):
            if _HIGH.search(stretch) and not _MODERN.search(stretch):
                self.run(stretch, guessed)
            else:
                self._add(stretch, stretch, [1] * len(stretch))

    def run(self, text: str, encoding: str) -> None:
        """Adds a run that is written in one code table."""
        made, taken = _decode(text, encoding)
        if made != text:
            self.encodings.add("vni" if encoding == "vni" else "tcvn3")
        self._add(_raised(made, text) if encoding == "tcvn3" else made, text, taken)

    def _add(self, made: str, raw: str, taken: list[int]) -> None:
        for count in taken:
            self.starts.append(self.raw_length)
            self.raw_length += count
            self.ends.append(self.raw_length)
            self.places.extend([self.length] * count)
            self.length += 1
        self.made.append(made)
        self.raw.append(raw)

    def moved(self, document: Document) -> Document:
        """The document with all its places brought to the converted text."""
        self.places.append(self.length)

        def move(span: Span) -> Span:
            return Span(self.places[span.start], self.places[span.end])

        def move_page(page: Page) -> Page:
            starts = array("l", (self.places[place] for place in page.starts))
            return replace(page, starts=starts, ends=array("l", (self.places[place] for place in page.ends)))

        return replace(
            document,
            text="".join(self.made),
            blocks=tuple(replace(block, span=move(block.span)) for block in document.blocks),
            skips=tuple(move(span) for span in document.skips),
            pages=tuple(move_page(page) for page in document.pages),
            doubts=tuple(replace(doubt, span=move(doubt.span)) for doubt in document.doubts),
            origin=Origin("".join(self.raw), tuple(sorted(self.encodings)), self.starts, self.ends)
            if self.encodings
            else None,
        )
