"""Which word may stand in which folder of the source.

import-linter proves who imports whom; it cannot see that a query asks the clock or that a page counts rows.
This table can: each line names a symbol, says where it may stand and why, and is looked up in the syntax tree
of every source file. An excuse belongs to one file, carries its reason, and must be in use.

Run it alone with `python tests/guards/symbols.py`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("src/dondoc", "tools", "bench")

ENTRANCES = (
    "src/dondoc/cli",
    "src/dondoc/office/management",
    "src/dondoc/office/web",
    "src/dondoc/office/api",
    "src/dondoc/office/here",
    "src/dondoc/office/jobs",
)
WORKSHOP = ("tools", "bench")
MIGRATIONS = "src/dondoc/office/migrations"
RECORDS = tuple(f"src/dondoc/office/{layer}" for layer in ("models", "queries", "actions"))


@dataclass(frozen=True)
class Rule:
    """One line of the table: the symbol, the folders where it may stand, and why.

    `names` are full dotted names, whatever a file calls them after importing; `attributes` are looked for
    after any dot; `sql` is looked for in strings that are not documentation. `excuses` maps a file to its
    reason.
    """

    key: str
    why: str
    folders: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    sql: re.Pattern[str] | None = None
    excuses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Violation:
    """A place where a rule is broken."""

    path: str
    line: int
    key: str
    found: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.key}: {self.found}"


CLOCK = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
        "django.utils.timezone.now",
        "django.db.models.functions.Now",
        "time.gmtime",
        "time.localtime",
        "time.strftime",
        "time.time",
        "time.time_ns",
    }
)
AGGREGATES = frozenset(
    f"django.db.models{module}.{name}" for module in ("", ".aggregates") for name in ("Avg", "Count", "Sum")
)

RULES = (
    Rule(
        "clock",
        "Below the entrances nobody asks what day it is: the caller says it (as_of, on).",
        folders=(*ENTRANCES, *WORKSHOP, MIGRATIONS),
        names=CLOCK,
        sql=re.compile(
            r"\b(clock_timestamp|statement_timestamp|transaction_timestamp|now)\s*\(\s*\)"
            r"|\bcurrent_(date|time|timestamp)\b|\blocaltimestamp\b",
            re.IGNORECASE,
        ),
        excuses={
            "src/dondoc/office/actions/history.py": "recorded_at is taken under the lock that orders the log",
            "src/dondoc/office/queries/history.py": "what is asked about a later instant is not known yet",
        },
    ),
    Rule(
        "manager",
        "Rows are fetched by queries and written by actions; nothing else reaches a table.",
        folders=(*RECORDS, MIGRATIONS),
        attributes=frozenset({"objects", "_base_manager", "_default_manager"}),
        excuses={"bench/handing_out.py": "an import is given three agencies that are there"},
    ),
    Rule(
        "cursor",
        "SQL by hand stands where rows are read and written, and where the database itself is run.",
        folders=(*RECORDS, MIGRATIONS, "src/dondoc/engine", "src/dondoc/cli", *WORKSHOP),
        attributes=frozenset({"cursor"}),
    ),
    Rule(
        "aggregate",
        "A total is worked out in queries, so that no number has a second definition.",
        folders=("src/dondoc/office/queries",),
        names=AGGREGATES,
    ),
    Rule(
        "transaction",
        "Only an action opens a transaction: one write, one transaction, one log entry.",
        folders=("src/dondoc/office/actions",),
        names=frozenset({"django.db.transaction"}),
    ),
    Rule(
        "print",
        "A library does not talk; what a person should read goes through the command line or a page.",
        folders=("src/dondoc/cli", *WORKSHOP),
        names=frozenset({"print"}),
        excuses={
            "src/dondoc/engine/__init__.py": "a recovery may take minutes, and whoever waits is told so",
        },
    ),
    Rule(
        "signal",
        "One action lists its effects in order and in plain sight; nothing happens behind its back.",
        names=frozenset({"django.dispatch", "django.db.models.signals", "django.core.signals"}),
    ),
    Rule(
        "generic key",
        "A row points at another by a real key that the database guards.",
        names=frozenset(
            {
                "django.contrib.contenttypes.fields",
                "django.contrib.contenttypes.models",
            }
        ),
    ),
)

# `except Exception` needs one of these reasons beside it, as in `except Exception:  # any error: last door`.
BROAD_REASONS = {
    "last door": (*ENTRANCES, *WORKSHOP),
    "a stranger's file": ("src/dondoc/reader/formats",),
    "undo and pass on": ("src/dondoc", *WORKSHOP),
}
# Below the edge a caller always says these; a default would be the program's guess.
NAMED_BY_THE_CALLER = frozenset({"as_of", "on", "known_at", "viewer", "actor"})
BELOW_THE_EDGE = (
    *RECORDS,
    "src/dondoc/office/reports",
    "src/dondoc/office/charts",
    "src/dondoc/office/figures",
    "src/dondoc/office/access",
    "src/dondoc/rules",
)
# What a page may ask without a viewer: before it has one, or of one thing that it has just fetched with one.
# Whatever lists further records than that thing needs the viewer again.
WITHOUT_VIEWER = {
    "people.offices_of": "the offices in which a person may become a viewer",
    "people.rights": "the offices in which a person may become a viewer, and as whom",
    "people.acting": "makes the viewer of whoever acts for another",
    "notices.feed": "makes the viewer of whoever knows a secret address",
    "dues.standing": "of a duty that was fetched, with its viewer",
    "dues.recurrence": "of a duty that was fetched, with its viewer",
    "dues.day_off": "a day of the calendar, which is no office's own",
    "readings.due_words": "of a proposal that was fetched, with its viewer",
    "today.to_acknowledge_by": "of duties that were fetched, with their viewer",
    "agencies.names": "of agencies that were counted, with their viewer",
    "notices.dues": "of a feed that was fetched, with its viewer",
    "people.role_label": "the word for a role",
    "measures.keys": "which keys are taken; nothing of the register",
    "offices.letterhead": "the head of the office's own papers",
    "scales.keys": "which keys are taken; nothing of the register",
    "history.settle": "looks at the clock, not at records",
    "clarity.missing": "of a task that was fetched, with its viewer",
    "clauses.kept": "keeps some of the clauses that were fetched",
    "definitions.workflow": "of a duty that was fetched, with its viewer",
    "definitions.standard_workflow": "the states that every task of the office begins with",
    "readings.due_rule": "reckons with a day that was read",
    "readings.day_of": "reckons with a day that was read",
    "readings.begun": "of tasks that were fetched",
    "readings.lines": "cuts a text at its spans",
    "deliveries.last_news": "of a delivery that was fetched",
    "deliveries.next_place": "of a delivery that was fetched",
    "documents.file_of": "of a document that was fetched",
    "documents.header_row": "of a document that was fetched",
    "documents.issued_on": "of a document that was fetched",
    "documents.text_of": "of a document that was fetched",
    "happenings.since": "keeps some of what was fetched",
    "happenings.said_at": "writes an instant",
    "obstacles.held": "keeps some of what was fetched",
    "dues.day_of_done": "of a duty that was fetched",
    "register.order_of": "reads an address",
    "register.wanted_of": "reads an address",
    "progress.steps": "of a report that was fetched, with its viewer",
    "progress.opened": "the windows of the office in which one stands, without what was reported in them",
    "progress.ranked": "orders what was counted, with its viewer",
    "programmes.group_codes": "of a programme that was fetched",
    "waiting.of_one": "of a duty that was fetched with its task",
    "wishes.within": "narrows what is asked of a list",
    "wishes.written": "writes an address",
}
BROAD = frozenset({"Exception", "BaseException"})


def sources(root: Path) -> Iterator[Path]:
    """List the Python files of the project that the table speaks of; tests are apart."""
    for folder in SOURCE:
        yield from sorted(path for path in (root / folder).rglob("*.py") if "node_modules" not in path.parts)


def stands_in(path: str, folders: tuple[str, ...]) -> bool:
    """Say whether a file is one of these modules or lies in one of these folders."""
    return any(path == f"{folder}.py" or path.startswith(f"{folder}/") for folder in folders)


def imported_names(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """Map each name that a file imports, wherever in it, to the full name it stands for."""
    names: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """Give the full dotted name that an expression stands for, or None when it is not a plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        head = dotted(node.value, names)
        return f"{head}.{node.attr}" if head else None
    return None


def mentions(nodes: Iterable[ast.AST], names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """List every full name that a file imports or uses, with its line."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute) and (name := dotted(node, names)):
            yield node.lineno, name


def spoken(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """List the strings of a file that are not documentation, with their lines."""
    documentation = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


class Source:
    """A file as every rule looks at it: it is read and walked once, which is what takes the time."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self.nodes = list(ast.walk(ast.parse(text, filename=path)))
        self.names = imported_names(self.nodes)
        self.mentions = list(mentions(self.nodes, self.names))
        self.attributes = [node for node in self.nodes if isinstance(node, ast.Attribute)]
        self.spoken = list(spoken(self.nodes))


def uses(rule: Rule, source: Source) -> Iterator[tuple[int, str]]:
    """List where a file uses the symbol of one rule, once for each line."""
    beginnings = tuple(f"{wanted}." for wanted in rule.names)
    found = {line: name for line, name in source.mentions if name in rule.names or name.startswith(beginnings)}
    for node in source.attributes:
        if node.attr in rule.attributes:
            found.setdefault(node.end_lineno or node.lineno, f".{node.attr}")
    if rule.sql:
        for line, text in source.spoken:
            if match := rule.sql.search(text):
                found.setdefault(line, match[0])
    yield from found.items()


def broad_handlers(source: Source) -> Iterator[tuple[int, str]]:
    """List where any error at all is caught without one of the reasons of the closed list."""
    names = source.names
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            broad = any(kind is None or dotted(kind, names) in BROAD for kind in caught)
        elif isinstance(node, ast.Call) and dotted(node.func, names) == "contextlib.suppress":
            broad = any(dotted(kind, names) in BROAD for kind in node.args)
        else:
            continue
        if broad and (complaint := unexcused(node, source.path, source.lines[node.lineno - 1])):
            yield node.lineno, complaint


def unexcused(node: ast.ExceptHandler | ast.Call, path: str, line: str) -> str | None:
    """Say what is wrong with catching every error here, or None when its reason holds."""
    match = re.search(r"# any error: ([^(]+?)\s*(?:\(.+\))?$", line)
    if match is None:
        return "every error is caught and no reason given"
    reason = match[1]
    if reason not in BROAD_REASONS:
        return f"'{reason}' is not one of the reasons"
    if not stands_in(path, BROAD_REASONS[reason]) and path not in BROAD_REASONS[reason]:
        return f"'{reason}' is no reason in this folder"
    if reason == "undo and pass on" and not (
        isinstance(node, ast.ExceptHandler) and isinstance(node.body[-1], ast.Raise)
    ):
        return "the error is said to be passed on, and is not"
    return None


def saving_models(source: Source) -> Iterator[tuple[int, str]]:
    """List the methods of tables that would do something when a row is saved or deleted."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean", "full_clean"}:
            yield node.lineno, f"def {node.name}"


def ordered_models(source: Source) -> Iterator[tuple[int, str]]:
    """List the tables that sort themselves; whoever asks for rows says their order."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for line in node.body:
                targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
                if any(isinstance(target, ast.Name) and target.id == "ordering" for target in targets):
                    yield line.lineno, "Meta.ordering"


def connected_signals(source: Source) -> Iterator[tuple[int, str]]:
    """List where something is hung on somebody else's event; a connection to a database is no event."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
            name = dotted(node.func, source.names) or ".connect"
            if not name.startswith(("psycopg.", "socket.")):
                yield node.lineno, name


def foreign_imports(source: Source) -> Iterator[tuple[int, str]]:
    """List what a rule of the office imports from outside the standard library."""
    for node in source.nodes:
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [node.module or ""]
        for module in modules:
            first = module.split(".")[0]
            if first not in sys.stdlib_module_names and not f"{module}.".startswith("dondoc.rules."):
                yield node.lineno, module


def assumed_arguments(source: Source) -> Iterator[tuple[int, str]]:
    """List the functions that would guess a day, an instant or a person that nobody named."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            places = [*node.args.posonlyargs, *node.args.args]
            given = [*zip(places[::-1], node.args.defaults[::-1], strict=False)]
            given += zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            for argument, default in given:
                if default is not None and argument.arg in NAMED_BY_THE_CALLER:
                    yield argument.lineno, f"{node.name}: {argument.arg} has a default"


def says_who_looks(keyword: ast.keyword) -> bool:
    """Say whether an argument is the viewer, or `**here.moment`, which holds the viewer."""
    if keyword.arg is not None:
        return keyword.arg == "viewer"
    return "moment" in {getattr(keyword.value, "attr", None), getattr(keyword.value, "id", None)}


def unwatched_reads(source: Source) -> Iterator[tuple[int, str]]:
    """List where a page asks for records without saying who looks."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            name = dotted(node.func, source.names) or ""
            asked = name.removeprefix("dondoc.office.queries.")
            watched = any(says_who_looks(keyword) for keyword in node.keywords)
            # A type or a constant reads nothing.
            is_plain = any(part[:1].isupper() for part in asked.split("."))
            if asked != name and not watched and not is_plain and asked not in WITHOUT_VIEWER:
                yield node.lineno, f"{asked} is asked without a viewer"


def broken_in(path: str, text: str, rules: tuple[Rule, ...] = RULES) -> Iterator[Violation]:
    """List every rule that one file breaks, leaving excuses aside."""
    source = Source(path, text)
    for rule in rules:
        if not stands_in(path, rule.folders):
            for line, found in uses(rule, source):
                yield Violation(path, line, rule.key, found)
    for line, found in broad_handlers(source):
        yield Violation(path, line, "any error", found)
    if stands_in(path, ("src/dondoc/office",)) and not stands_in(path, (MIGRATIONS,)):
        for line, found in ordered_models(source):
            yield Violation(path, line, "ordering", found)
        for line, found in connected_signals(source):
            yield Violation(path, line, "signal", found)
    if stands_in(path, BELOW_THE_EDGE):
        for line, found in assumed_arguments(source):
            yield Violation(path, line, "default", found)
    if stands_in(path, ("src/dondoc/office/web", "src/dondoc/office/api", "src/dondoc/office/here")):
        for line, found in unwatched_reads(source):
            yield Violation(path, line, "viewer", found)
    if stands_in(path, ("src/dondoc/office/models",)):
        for line, found in saving_models(source):
            yield Violation(path, line, "saving", found)
    if stands_in(path, ("src/dondoc/rules",)):
        for line, found in foreign_imports(source):
            yield Violation(path, line, "standard library", found)


def unused_permissions(root: Path = ROOT) -> set[str]:
    """List the reads that are allowed without a viewer and that no page asks any more."""
    pages = [path for path in sources(root) if {"web", "api", "here.py"} & set(path.parts)]
    asked = {
        name.removeprefix("dondoc.office.queries.")
        for path in pages
        for _line, name in Source(path.name, path.read_text(encoding="utf-8")).mentions
    }
    return WITHOUT_VIEWER.keys() - asked


def violations(root: Path = ROOT, rules: tuple[Rule, ...] = RULES) -> list[Violation]:
    """List every place of the source where the table is broken, and every excuse that nobody needs now."""
    excuses = {(rule.key, path) for rule in rules for path in rule.excuses}
    found = {
        violation
        for path in sources(root)
        for violation in broken_in(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), rules)
    }
    used = {(violation.key, violation.path) for violation in found} & excuses
    stale = {
        Violation(path, 0, key, "this excuse is not needed any more")
        for key, path in excuses - used
        if (root / path).exists()
    }
    return sorted({one for one in found if (one.key, one.path) not in used} | stale)


if __name__ == "__main__":
    broken = violations()
    print("\n".join(map(str, broken)) or "every symbol stands where it may")
    sys.exit(bool(broken))
