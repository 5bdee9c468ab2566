"""The texts of the screens and their translations.

In the source a text is English and stands in gettext; whoever reads it sees the catalogue of the language.
`extract` brings the catalogues up to the source (new texts come in empty, texts that have gone are dropped),
`fill` takes translations from a JSON file {"English": "Tiếng Việt", "[context] English": "…"}, and nothing of it
where it would change what another page says already (`--overwrite` means to), `compile` makes the files that Django
reads, `check` says what is missing or wrong.

    .venv/bin/python tools/messages.py extract|compile|check|fill FILE.json [--overwrite]
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

from template_texts import WHOLE_PAGES, loose_texts

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("vi", "en")
SOURCES = ("src/dondoc/office", "src/dondoc/cli")
TEMPLATES = "src/dondoc/office/templates"
NOT_OURS = frozenset({"migrations", "vendor", "collected", "locale"})
GETTEXT = tuple(f"{kind}gettext{lazy}" for kind in ("", "n", "p", "np") for lazy in ("", "_lazy"))
KEYWORDS = ("_", "gettext_noop", *GETTEXT)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# The program's name and the markings of secrecy stay Vietnamese in an English text.
NAMES = re.compile(r"Đôn Đốc|TUYỆT MẬT|TỐI MẬT|MẬT")
# What is written alike in both languages.
ALIKE = frozenset({"Đôn Đốc", "DOCX", "PDF", "XLSX", "Word", "Excel", "HTML", "JSON", "PostgreSQL", "OK"})
HEADER = {
    "vi": "Plural-Forms: nplurals=1; plural=0;\\n",
    "en": "Plural-Forms: nplurals=2; plural=(n != 1);\\n",
}


@dataclass(frozen=True, order=True)
class Text:
    """One text of the source: in English, with its plural and the context that tells it from its double."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return (self.singular, self.context)


@dataclass
class Entry:
    """A text with the files that use it and its translation (one string for each plural form)."""

    text: Text
    places: set[str] = field(default_factory=set)
    translation: tuple[str, ...] = ()


def catalogue(root: Path, language: str) -> Path:
    """Give the path of a language's catalogue."""
    return root / "src/dondoc/office/locale" / language / "LC_MESSAGES" / "django.po"


def gettext_calls(path: Path) -> list[tuple[str, ast.Call]]:
    """List the calls of gettext in a Python file by the name they are called by."""
    return _calls_in(path.read_text(encoding="utf-8"), str(path))


@cache
def _calls_in(text: str, filename: str) -> list[tuple[str, ast.Call]]:
    """The same of its text; every check of a run asks for it, and parsing is what takes the time."""
    found = []
    for node in ast.walk(ast.parse(text, filename=filename)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in KEYWORDS:
                found.append((name, node))
    return found


def calls_in_python(path: Path) -> Iterator[tuple[str, list[object]]]:
    """List the calls of gettext in a Python file, each with its arguments (None: not a plain text)."""
    for name, node in gettext_calls(path):
        yield name, [one.value if isinstance(one, ast.Constant) else None for one in node.args]


def put_together(path: Path) -> Iterator[int]:
    """List the lines where a text is put together before it is translated: no catalogue can hold it."""
    for _name, node in gettext_calls(path):
        if any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in node.args[:2]):
            yield node.lineno


def calls_in_template(path: Path) -> Iterator[tuple[str, list[object]]]:
    """List the calls of gettext that a template amounts to."""
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    stream = BytesIO("\n".join(line.strip() for line in calls.splitlines()).encode())
    for _line, name, arguments, _comments in extract_python(stream, KEYWORDS, (), {}):
        yield name, list(arguments) if isinstance(arguments, tuple) else [arguments]


def texts_of(path: Path) -> Iterator[Text]:
    """List the texts of one Python file or template."""
    for name, arguments in calls_in_python(path) if path.suffix == ".py" else calls_in_template(path):
        wanted = 1 + ("pgettext" in name) + ("ngettext" in name or "npgettext" in name)
        strings = [one for one in arguments[:wanted] if isinstance(one, str)]
        if len(strings) == wanted:
            context = strings.pop(0) if "pgettext" in name else ""
            yield Text(strings[0], strings[1] if len(strings) > 1 else "", context)


def source_files(root: Path) -> Iterator[Path]:
    """List the files that may hold texts for the screen."""
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            written = path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts)
            if written and not NOT_OURS & set(path.relative_to(root).parts):
                yield path


def collect(root: Path) -> dict[tuple[str, str], Entry]:
    """Collect every text of the source with the files it stands in."""
    entries: dict[tuple[str, str], Entry] = {}
    for path in source_files(root):
        for text in texts_of(path):
            entry = entries.setdefault(text.key, Entry(text))
            if text.plural:
                entry.text = text
            entry.places.add(path.relative_to(root).as_posix())
    return entries


def stored(root: Path, language: str) -> dict[tuple[str, str], Entry]:
    """Read a language's catalogue; a language that has none yet has an empty one."""
    path = catalogue(root, language)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, locale=language, ignore_obsolete=True)
    entries = {}
    for message in read:
        if message.id:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            text = Text(ids[0], ids[1], message.context or "")
            places = {place for place, _line in message.locations}
            entries[text.key] = Entry(text, places, tuple(one or "" for one in strings))
    return entries


def write(root: Path, language: str, entries: Iterable[Entry]) -> None:
    """Write a catalogue in the order of its texts and without dates: two people's changes rarely meet."""
    lines = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"{HEADER[language]}"',
    ]
    forms = 1 if language == "vi" else 2
    for entry in sorted(entries, key=lambda entry: entry.text):
        text = entry.text
        lines += ["", *(f"#: {place}" for place in sorted(entry.places))]
        if any(PLACEHOLDER.search(one) and "%" in one for one in (text.singular, text.plural)):
            lines.append("#, python-format")
        if text.context:
            lines.append(f"msgctxt {normalize(text.context)}")
        lines.append(f"msgid {normalize(text.singular)}")
        if text.plural:
            lines.append(f"msgid_plural {normalize(text.plural)}")
            strings = (*entry.translation, *[""] * forms)[:forms]
            lines += [f"msgstr[{index}] {normalize(one)}" for index, one in enumerate(strings)]
        else:
            lines.append(f"msgstr {normalize((*entry.translation, '')[0])}")
    path = catalogue(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def extract(root: Path) -> None:
    """Bring the catalogues up to the source, keeping the translations of the texts that are still there."""
    for language in LANGUAGES:
        entries, known = collect(root), stored(root, language)
        for key, entry in entries.items():
            if key in known:
                entry.translation = known[key].translation
        write(root, language, entries.values())


def fill(root: Path, pairs: dict[str, str], *, overwrite: bool = False) -> list[str]:
    """Enter translations into the Vietnamese catalogue; gives back what is wrong with them.

    A text that says something else already is changed only when asked for: whoever brings a short word for a new page
    cannot see that an old page says it, too. Where one would be changed, nothing at all is entered.
    """
    entries = stored(root, "vi")
    named = {f"[{context}] {one}" if context else one: entry for (one, context), entry in entries.items()}
    found = sorted(pairs.keys() & named.keys())
    changed = [
        f"translated already: {name!r} is {old!r}, not {pairs[name]!r}: give it a context of its own, or --overwrite"
        for name in found
        if (old := "".join(named[name].translation)) and old != pairs[name]
    ]
    if changed and not overwrite:
        return changed
    for name in found:
        named[name].translation = (pairs[name],)
    write(root, "vi", entries.values())
    return [f"no such text in the source: {name!r}" for name in sorted(pairs.keys() - named.keys())]


def compiled(root: Path) -> Iterator[Path]:
    """Make the files that Django reads from the catalogues, naming each."""
    for language in LANGUAGES:
        path = catalogue(root, language)
        if path.exists():
            with path.open("rb") as file:
                read: Catalog = read_po(file, locale=language)
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read)
            yield path.with_suffix(".mo")


def vietnamese(text: str) -> bool:
    """Say whether a text holds a letter that English has not."""
    return any(ord(letter) > 127 and unicodedata.category(letter).startswith("L") for letter in text)


def untrue(entry: Entry) -> str | None:
    """Say what is wrong with a Vietnamese translation, or None when it is sound."""
    source = entry.text.plural or entry.text.singular
    translation = entry.translation[0] if entry.translation else ""
    if not translation.strip():
        return "not translated"
    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
        return "other placeholders in the translation"
    if translation == source and re.search("[a-z]{2}", PLACEHOLDER.sub("", source)) and source not in ALIKE:
        return "the translation is the English text"
    return None


def complaints(root: Path) -> Iterator[str]:
    """List everything that is wrong with the texts, their translations and the templates."""
    source = collect(root)
    for language in LANGUAGES:
        known = stored(root, language)
        for key in sorted(source.keys() - known.keys()):
            yield f"{language}: not in the catalogue: {key[0]!r} ({', '.join(sorted(source[key].places))})"
        for key in sorted(known.keys() - source.keys()):
            yield f"{language}: no longer in the source: {key[0]!r}"
    for key, entry in sorted(stored(root, "vi").items()):
        if key in source and (wrong := untrue(entry)):
            yield f"vi: {wrong}: {key[0]!r} ({', '.join(sorted(source[key].places))})"
    for key, entry in sorted(source.items()):
        if vietnamese(NAMES.sub("", entry.text.singular + entry.text.plural)):
            yield f"not English: {key[0]!r} ({', '.join(sorted(entry.places))})"
    for path in source_files(root):
        if path.suffix == ".py":
            for line in put_together(path):
                yield f"{path.relative_to(root).as_posix()}:{line}: put together before it is translated"
    for path in sorted((root / TEMPLATES).rglob("*")):
        if path.suffix in {".html", ".txt"} and path.name not in WHOLE_PAGES:
            for line, text in loose_texts(path.read_text(encoding="utf-8"), markup=path.suffix == ".html"):
                yield f"{path.relative_to(root).as_posix()}:{line}: text outside a translation: {text!r}"


def main(arguments: list[str] | None = None) -> int:
    """Run one of the four works; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("work", choices=["extract", "compile", "check", "fill"])
    parser.add_argument("file", nargs="?", type=Path, help="for fill: JSON, English to Vietnamese")
    parser.add_argument("--overwrite", action="store_true", help="for fill: change what is translated already, too")
    chosen = parser.parse_args(arguments)
    wrong: list[str] = []
    if chosen.work == "extract":
        extract(ROOT)
    elif chosen.work == "compile":
        list(compiled(ROOT))
    elif chosen.work == "fill":
        extract(ROOT)
        wrong = fill(ROOT, json.loads(chosen.file.read_text()), overwrite=chosen.overwrite)
    else:
        wrong = list(complaints(ROOT))
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
