"""What the tree of files looks like: the nouns of the layers, names, sizes, and words that no file may hold.

Run it alone with `python tests/guards/shape.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOUNS = frozenset(
    {
        "agencies",
        "people",
        "documents",
        "readings",
        "programmes",
        "tasks",
        "duties",
        "progress",
        "extensions",
        "obstacles",
        "urges",
        "petitions",
        "meetings",
        "projects",
        "indicators",
        "money",
        "claims",
        "definitions",
        "reminders",
        "issued",
        "history",
        "clauses",
        "deliveries",
        "removals",
        "notices",
        "parameters",
        "saved_views",
        "dues",
        "measures",
        "scales",
        "frames",
        "compilations",
    }
)
# Names that are no noun of the office but hold a layer together, each with its reason.
STRUCTURE = {
    "models": {
        "facts": "what every dated record has: its interval, its two clocks, whom it replaces",
        "offices": "the office itself, to which every record belongs",
    },
    "queries": {
        "clarity": "which of the six that must be clear a task lacks",
        "comparisons": "the counts of two days, with all that lies between them",
        "contradictions": "documents that state different numbers of the same thing",
        "links": "what documents do to one another: a list, and a picture",
        "offices": "the offices themselves",
        "register": "the register of documents: which fit a wish, in which order, found by which words",
        "corrections": "what a mended head of a document said before",
        "rereading": "several readings of one document: which counts, what the newer one gained and lost",
        "ladder": "the steps of urging, and how each open duty stands on them",
        "today": "each role's first page: what waits for whom, and what changed since the last look",
        "pictures": "what the pictures of a day count",
        "courses": "how the duties of one task stood from when to when, and what happened on the way",
        "timelines": "how tasks and duties stood on every day up to one: what pictures over days share",
        "list_names": "what lists were called from when to when, and which of them ended",
        "versions": "who laid down which definition since when, and what another would change",
        "spans": "how duties stood day by day and as it was known: the SQL that makes it out of the facts",
        "standing": "how every duty and task stands on a day: the SQL that lists and counts share",
        "wishes": "what a list of tasks asks for, and its rows, days and cards",
        "assignees": "the persons whom agencies name for their duties, and what these answered",
        "happenings": "what happened to a duty, in plain words, from all tables",
        "products": "the documents in which reported work ended",
        "waiting": "for whom duties wait, and whose the days of a delay are",
    },
    "actions": {
        "bulk": "the same step for many duties at once, all of them or none",
        "ladder": "the steps of urging, laid down by the office",
        "intake": "a document comes in: stored, read, offered for confirming",
        "laying": "what is alike wherever a version is laid down from a day on",
        "links": "what documents do to one another, recorded by hand",
        "offices": "an office is founded, with its first definitions",
        "originals": "the bytes of files, each kept once",
        "today": "that somebody looked at the first page of the day",
        "register": "the rows by which documents are listed and found, kept with their heads",
        "spans": "how duties stood, kept with the facts it follows from",
    },
    "web": {
        "clarity": "which of the six that must be clear a task lacks, with links to where each is given",
        "menu": "the main menu, and to which of its places each page belongs",
        "pictures": "the pictures of a resolution, a list or the office, on a page and as files",
        "ladder": "what is to be urged today, and the steps of urging",
        "today": "each role's first page of the day",
        "frame": "what every page has around it: the day, the viewer, the refusal",
        "past": "the day that a page of the past shows, kept in all that leads on from it",
        "uploads": "files on their way in: held in memory only, up to a limit",
        "urls": "the addresses of the pages",
        "board": "the page that counts across all nouns",
        "entry": "a task typed in one line, from anywhere: what was understood, and its confirmation",
        "figures": "a number opened to its rows",
        "filters": "the filters and pages of every list",
        "forms": "fields as every form shows them",
        "graph": "where the documents of a picture stand",
        "links": "what documents do to one another, recorded by hand",
        "register": "the page of the register of documents",
        "sheets": "a list handed out as a file for Excel",
        "offices": "choosing between the offices in which one has a role",
        "comparisons": "the counts of two days, with all that lies between them",
        "corrections": "mending the head of a document",
        "rereading": "what a newer reading of a document gained and lost",
        "remaking": "what was issued: its files and figures, and a report made again",
    },
}
# What stands in the office besides the layers that import-linter orders.
OFFICE = frozenset({"__init__", "apps", "migrations", "locale", "static", "templates", "templatetags"})
LAYERS = frozenset(
    {
        "management",
        "web",
        "api",
        "here",
        "jobs",
        "actions",
        "reports",
        "charts",
        "figures",
        "queries",
        "access",
        "models",
    }
)
GRAB_BAGS = re.compile(r"(^|_)(utils?|helpers?|common|misc)(_|$)")
LONGEST = 400
WIDEST = 500  # characters in a line of a template (ruff looks after Python)
LENGTH_FOLDERS = ("src", "tools", "bench")
LENGTH_KINDS = (".py", ".html", ".css", ".js", ".mjs", ".sh")
NOT_OURS = ("node_modules", "vendor", "migrations", "__pycache__", "collected")

# Written in pieces, so that this file may hold them.
UNSPEAKABLE = {
    "a path of one person's machine": re.compile(
        r"(?<![\w.}])/(?:wor" + r"k|roo" + r"t)(?:/|\b(?=[\s\"'`]))"
    ),
    "the host of a package registry": re.compile(
        r"\b(?:pypi\." + r"org|pythonhosted\." + r"org|registry\.npm" + r"js\.org|registry\.yarn"
        + r"pkg\.com|npm" + r"mirror\.com)|/opt/(?:py" + r"pi|whe" + r"els)",
        re.IGNORECASE,
    ),
}  # fmt: skip


def wrong_nouns(root: Path = ROOT) -> Iterator[str]:
    """List the modules of the layers that are named after no noun of the office."""
    for layer, structural in STRUCTURE.items():
        folder = root / "src/dondoc/office" / layer
        names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or holds_python(path)}
        for name in sorted(names - NOUNS - structural.keys() - {"__init__"}):
            yield f"{layer}/{name}: '{name}' is not one of the nouns"
        for name in sorted(structural.keys() - names):
            yield f"{layer}/{name}: this exception is not needed any more"


def holds_python(path: Path) -> bool:
    """Say whether a path is a folder of Python files."""
    return path.is_dir() and any(path.glob("*.py"))


def strangers(root: Path = ROOT) -> Iterator[str]:
    """List what stands in the office and in no layer, so that no contract speaks of it."""
    for path in sorted((root / "src/dondoc/office").iterdir()):
        if path.stem not in LAYERS | OFFICE and (path.suffix == ".py" or holds_python(path)):
            yield f"office/{path.name}: in no layer of .importlinter"


def grab_bags(root: Path = ROOT) -> Iterator[str]:
    """List files and folders named after nothing in particular."""
    for path in ours(root, (*LENGTH_FOLDERS, "tests")):
        named = [part for part in path.relative_to(root).with_suffix("").parts if GRAB_BAGS.search(part)]
        if named:
            yield f"{path.relative_to(root).as_posix()}: '{named[0]}' names nothing"


def long_files(root: Path = ROOT) -> Iterator[str]:
    """List the files that have grown too long to be read in one sitting."""
    for path in ours(root, LENGTH_FOLDERS):
        length = path.read_text(encoding="utf-8").count("\n")
        if length > LONGEST:
            yield f"{path.relative_to(root).as_posix()}: {length} lines are too many: split it by noun"


def wide_lines(root: Path = ROOT) -> Iterator[str]:
    """List the lines of templates that nobody can follow to their end."""
    for path in ours(root, ("src",)):
        if path.suffix == ".html":
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                if len(line) > WIDEST:
                    yield f"{path.relative_to(root).as_posix()}:{number}: {len(line)} characters: break the line"


def ours(root: Path, folders: tuple[str, ...]) -> Iterator[Path]:
    """List the source files that were written by hand for this project."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            within = path.relative_to(root)
            if path.suffix in LENGTH_KINDS and not set(within.parts) & set(NOT_OURS):
                yield path


def tracked(root: Path = ROOT) -> list[Path]:
    """List the files that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout
    return [path for name in listed.decode().split("\0") if name and (path := root / name).is_file()]


def unspeakable(files: list[Path], root: Path = ROOT) -> Iterator[str]:
    """List where a file holds what belongs to one machine only."""
    for path in files:
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
            for what, pattern in UNSPEAKABLE.items():
                if match := pattern.search(line):
                    yield f"{path.relative_to(root).as_posix()}:{number}: {what}: {match[0]}"


def complaints(root: Path = ROOT) -> list[str]:
    """List everything that is wrong with the shape of the tree."""
    return [
        *wrong_nouns(root),
        *strangers(root),
        *grab_bags(root),
        *long_files(root),
        *wide_lines(root),
        *unspeakable(tracked(root), root),
    ]


if __name__ == "__main__":
    wrong = complaints()
    print("\n".join(wrong) or "the tree has its shape")
    sys.exit(bool(wrong))
