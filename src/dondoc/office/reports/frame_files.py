"""An office's own Word file as the frame of its reports: what it may hold, and which places are filled in it.

A frame goes out with every report that is written into it, so nothing may be in it that runs, that fetches
something from elsewhere, or that nobody sees on the paper.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Refused
from dondoc.reader.find.secrecy import secret_marking
from dondoc.reader.formats.limits import main_part, open_package, parse_xml, read_entry
from dondoc.reader.refusals import MacroFile, ReaderRefusal

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
BODY = "noi_dung"
PLACES = {
    BODY: gettext_noop("the text of the report, in a paragraph of its own"),
    "so_hieu": gettext_noop("number and symbol, without the word before them: 15/BC-UBND"),
    "ngay": gettext_noop("the day of issue in words"),
    "ngay_so": gettext_noop("the day of issue in digits: 05/02/2024"),
    "dia_danh": gettext_noop("the place of issue"),
    "loai": gettext_noop("the kind of paper"),
    "trich_yeu": gettext_noop("what the paper is about"),
    "co_quan": gettext_noop("the body that issues it"),
    "co_quan_cap_tren": gettext_noop("the body above it"),
    "tham_quyen": gettext_noop("on whose behalf it is signed"),
    "chuc_vu": gettext_noop("the post of the signer"),
    "nguoi_ky": gettext_noop("the name of the signer"),
    "noi_nhan": gettext_noop("the recipients, one to a line"),
    "so_lieu_den": gettext_noop("the day that the figures speak of"),
}
"""The places of a frame by their names, each with what is written there; in capitals it is written in capitals."""

PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = b"purl.oclc.org/ooxml"
_FETCHING = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDE|DDEAUTO|LINK|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
_LIVING = re.compile(r"(embeddings|activex|afchunk)/|/(afchunk|oleobject)[^/]*$", re.IGNORECASE)
_CHANGED = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


class FrameRefused(Refused):
    """A Word file cannot be the frame of reports; the message says why and what to do."""


def checked(content: bytes) -> tuple[str, ...]:
    """Look at a Word file before it is kept as a frame, and name the places found in it, each once.

    Raises FrameRefused: not a Word file, too large, a bomb, macros, something fetched from elsewhere or embedded,
    tracked changes or remarks, a marking of secrecy, no place for the text, places that are not known.
    """
    if len(content) > LARGEST:
        raise FrameRefused(
            _("The frame is larger than %(limit)s MB. Leave out or shrink its pictures.")
            % {"limit": LARGEST // 1048576}
        )
    try:
        with open_package(content) as package:
            parts = _parts(package)
    except MacroFile:
        raise FrameRefused(_("The file holds macros. Save it as .docx without macros.")) from None
    except ReaderRefusal as refusal:
        if zipfile.is_zipfile(io.BytesIO(content)):
            raise FrameRefused(str(refusal)) from refusal
        raise FrameRefused(_no_docx()) from refusal
    _harmless(parts)
    return _places(parts)


def _no_docx() -> str:
    return _(
        "This is not a Word file (.docx), or it is locked with a password. "
        "Open it in Word, and save it as “Word Document (*.docx)” without a password."
    )


def _parts(package: zipfile.ZipFile) -> dict[str, Any]:
    """The parts of XML by name, of a package that is a Word document."""
    if sum(entry.file_size for entry in package.infolist()) > LARGEST_UNPACKED:
        raise FrameRefused(_("The file is abnormally large when unpacked, so it was not opened. Shrink its pictures."))
    names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
    parts = {}
    for name in names:
        raw = read_entry(package, name) or b""
        if _STRICT in raw:
            raise FrameRefused(
                _("The file is saved as “Strict Open XML”. Save it as “Word Document (*.docx)”, and send it again.")
            )
        parts[name] = parse_xml(raw)
        if parts[name].getroottree().docinfo.doctype:
            raise FrameRefused(_("The file holds definitions that no Word file needs, so it was not opened."))
    main = main_part(package)
    types = parts.get("[Content_Types].xml")
    kinds = {str(each.get("PartName")): str(each.get("ContentType")) for each in types} if types is not None else {}
    if main is None or main not in parts or kinds.get(f"/{main}") != _DOCUMENT:
        if "macroEnabled" in kinds.get(f"/{main}", ""):
            raise FrameRefused(_("The file holds macros. Save it as .docx without macros."))
        raise FrameRefused(_no_docx())
    if any(_LIVING.search(name) for name in package.namelist()):
        raise FrameRefused(_("Another file is embedded in this one. Take the embedded objects out of it."))
    return {"": parts[main]} | parts


def _harmless(parts: dict[str, Any]) -> None:
    for name, root in parts.items():
        if name.endswith(".rels"):
            for relation in root:
                _stays_inside(relation)
    for name, root in parts.items():
        if name.endswith("comments.xml") and len(root):
            raise FrameRefused(
                _("The file holds remarks (comments). Delete them, for they would go out with each report.")
            )
        for element in root.iter():
            if element.tag in _CHANGED:
                raise FrameRefused(_("The file holds tracked changes. Accept or reject all of them first."))
            fields = element.text if element.tag == f"{W}instrText" else element.get(f"{W}instr")
            if fields and (found := _FETCHING.search(fields)):
                raise FrameRefused(
                    _("The file holds a field that fetches something from elsewhere (%(field)s). Take it out.")
                    % {"field": found[0].upper()}
                )
    said = "\n".join(_said(paragraph) for _name, paragraph in paragraphs(parts))
    if mark := secret_marking(said):
        raise FrameRefused(
            _("The file carries the marking %(mark)s. Secret papers are not made with this program.") % {"mark": mark}
        )


def _stays_inside(relation: Any) -> None:
    """Nothing is fetched when the file is opened; a link that somebody has to click may stand."""
    if relation.get("TargetMode") != "External":
        return
    kind, target = str(relation.get("Type")).rpartition("/")[2], str(relation.get("Target"))
    if kind == "hyperlink" and target.lower().startswith(("http://", "https://", "mailto:")):
        return
    if kind == "attachedTemplate":
        raise FrameRefused(
            _("The file takes its template from elsewhere (%(target)s). In Word: Developer, Document Template, Normal.")
            % {"target": target[:120]}
        )
    raise FrameRefused(
        _("The file fetches something from elsewhere (%(target)s). Put it into the file itself, or take it out.")
        % {"target": target[:120]}
    )


def paragraphs(parts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every paragraph of the text, the heads and the feet, with the name of its part ("" is the text itself)."""
    for name, root in parts.items():
        if name == "" or re.search(r"/(header|footer)\d*\.xml$", name):
            for paragraph in root.iter(f"{W}p"):
                yield name, paragraph


def texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph itself; those of a text box in it belong to the paragraphs of the box."""
    return [piece for piece in paragraph.iter(f"{W}t") if next(piece.iterancestors(f"{W}p")) is paragraph]


def _said(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in texts(paragraph))


def place_name(written: str) -> str:
    """The name of a place however it is written: with or without signs, in capitals, with spaces."""
    bare = unicodedata.normalize("NFD", written.lower().replace("đ", "d"))
    return re.sub(r"[\s_\-]+", "_", "".join(sign for sign in bare if not unicodedata.combining(sign)))


def _places(parts: dict[str, Any]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    bodies, strange = 0, []
    for part, paragraph in paragraphs(parts):
        said = _said(paragraph)
        for match in PLACE.finditer(said):
            name = place_name(match[1])
            if name not in PLACES:
                strange.append(match[1])
            elif name == BODY and (part or said.strip() != match[0] or paragraph.getparent().tag != f"{W}body"):
                raise FrameRefused(
                    _(
                        "“{{ noi_dung }}” must stand alone in a paragraph of the text, not in a table, a text box, "
                        "a head or a foot: the report has tables and pages of its own."
                    )
                )
            bodies += name == BODY
            found[name] = None
    if strange:
        raise FrameRefused(
            _("The frame has places that are not known: %(strange)s. These are known: %(known)s.")
            % {"strange": ", ".join(dict.fromkeys(strange)), "known": ", ".join(PLACES)}
        )
    if bodies != 1:
        raise FrameRefused(
            _(
                "The frame must have exactly one paragraph “{{ noi_dung }}”, where the report is written. "
                "It has %(count)s."
            )
            % {"count": bodies}
        )
    return tuple(found)
