"""The table "symbol → folders" holds, and each of its lines has been seen to fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guards.symbols import RULES, WITHOUT_VIEWER, Violation, unused_permissions, violations

QUERIES = "src/dondoc/office/queries/tasks.py"
ACTIONS = "src/dondoc/office/actions/tasks.py"
MODELS = "src/dondoc/office/models/tasks.py"
FIGURES = "src/dondoc/office/figures/tasks.py"
WEB = "src/dondoc/office/web/tasks.py"
RULE = "src/dondoc/rules/deadlines.py"
READER = "src/dondoc/reader/find/dates.py"
FORMATS = "src/dondoc/reader/formats/docx.py"
JOBS = "src/dondoc/office/jobs.py"
CLI = "src/dondoc/cli/read.py"

# Where it stands, the line (the last of the text) that breaks a rule, the rule that must say so.
SEEDED = [
    (QUERIES, "from django.utils import timezone\ntoday = timezone.localdate()", "clock"),
    (RULE, "from datetime import date as day\ndef late(): return day.today()", "clock"),
    (RULE, "import datetime as dt\nx = dt.datetime.now(dt.UTC)", "clock"),
    (READER, "from time import time", "clock"),
    (ACTIONS, "from django.utils.timezone import now", "clock"),
    (FIGURES, "from django.db.models import functions\nnow = functions.Now()", "clock"),
    (ACTIONS, "sql = 'update duties set closed_on = current_date'", "clock"),
    (FIGURES, "from dondoc.office.models import Task\nrows = Task.objects.all()", "manager"),
    (WEB, "rows = Task._base_manager.all()", "manager"),
    (WEB, "from django.db import connection\nwith connection.cursor() as c: pass", "cursor"),
    (FIGURES, "from django.db.models import Count", "aggregate"),
    (ACTIONS, "from django.db import models\ntotal = models.Sum('paid')", "aggregate"),
    (WEB, "from django.db.models.aggregates import Avg as mean", "aggregate"),
    (QUERIES, "from django.db import transaction", "transaction"),
    (WEB, "from django.db.transaction import atomic", "transaction"),
    (READER, "print('read')", "print"),
    (ACTIONS, "from django.dispatch import receiver", "signal"),
    (MODELS, "from django.db.models.signals import post_save", "signal"),
    (MODELS, "changed.connect(tell)", "signal"),
    (MODELS, "from django.contrib.contenttypes.fields import GenericForeignKey", "generic key"),
    (MODELS, "class Task:\n    class Meta:\n        ordering = ['id']", "ordering"),
    (MODELS, "class Task:\n    def save(self): ...", "saving"),
    (RULE, "import yaml", "standard library"),
    (RULE, "from dondoc.reader.model import Span", "standard library"),
    (QUERIES, "def late(*, viewer,\n  as_of=None): ...", "default"),
    (RULE, "def late(due,\n  on=1): ...", "default"),
    (ACTIONS, "def close(*, actor=None): ...", "default"),
    (WEB, "from dondoc.office.queries import tasks\nrows = tasks.rows(as_of=day)", "viewer"),
    (WEB, "from dondoc.office.queries.tasks import rows\nfound = rows(as_of=day)", "viewer"),
    (WEB, "try: pass\nexcept Exception: pass", "any error"),
    (WEB, "try: pass\nexcept (ValueError, BaseException): pass", "any error"),
    (WEB, "try: pass\nexcept: pass", "any error"),
    (WEB, "try: pass\nexcept Exception: pass  # any error: it never happens", "any error"),
    (ACTIONS, "try: pass\nexcept Exception: pass  # any error: last door", "any error"),
    (ACTIONS, "try: pass\nexcept Exception: pass  # any error: undo and pass on", "any error"),
    (ACTIONS, "import contextlib\nwith contextlib.suppress(Exception): pass", "any error"),
]

# The same words where they may stand, and words that only look alike.
ALLOWED = [
    (WEB, "from django.utils import timezone\ntoday = timezone.localdate()"),
    (CLI, "import datetime\nprint(datetime.date.today())"),
    (RULE, "import time\nx = time.monotonic()\nfrom dondoc.rules import text"),
    (RULE, '"""Never call datetime.now() or current_date here."""'),
    (RULE, "class Clock:\n    def now(self): ...\nClock().now()"),
    (QUERIES, "from django.db.models import Count, Sum\nrows = Task.objects.all()"),
    (ACTIONS, "from django.db import transaction\nwith transaction.atomic(): pass"),
    (ACTIONS, "try: pass\nexcept Exception:  # any error: undo and pass on\n    undo()\n    raise"),
    (FORMATS, "try: pass\nexcept Exception: pass  # any error: a stranger's file (zlib, lzma)"),
    (JOBS, "try: pass\nexcept Exception: pass  # any error: last door"),
    ("src/dondoc/office/migrations/0001_initial.py", "class Meta:\n    ordering = ['id']"),
    ("src/dondoc/engine.py", "import psycopg\npsycopg.connect('').cursor()"),
    (ACTIONS, "try: pass\nexcept ValueError: pass"),
    (QUERIES, "def late(*, viewer, as_of, limit=50): ..."),
    (WEB, "from dondoc.office.queries import people, tasks\ntasks.rows(viewer=people.rights(1))"),
    (WEB, "def page(request, as_of=None): ..."),
    (WEB, "from dondoc.office.queries import tasks\nrows = tasks.rows(tasks.Wanted(), **here.moment)"),
]


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")


def test_every_symbol_of_the_source_stands_where_it_may():
    assert violations() == []


@pytest.mark.parametrize(("path", "text", "key"), SEEDED, ids=lambda value: value.splitlines()[-1][:50])
def test_a_seeded_violation_is_named_at_its_line(tmp_path, path, text, key):
    write(tmp_path, path, text)
    assert [(one.path, one.line, one.key) for one in violations(tmp_path)] == [(path, text.count("\n") + 1, key)]


@pytest.mark.parametrize(("path", "text"), ALLOWED, ids=lambda value: value.splitlines()[-1][:50])
def test_the_same_word_in_its_own_folder_is_no_violation(tmp_path, path, text):
    write(tmp_path, path, text)
    assert violations(tmp_path) == []


def test_every_rule_of_the_table_has_been_seen_to_fail():
    assert {rule.key for rule in RULES} <= {key for _, _, key in SEEDED}


def test_an_excuse_holds_for_its_own_file_and_only_while_it_is_needed(tmp_path):
    rules = (replace(RULES[1], excuses={QUERIES: "why", FIGURES: "why"}),)
    write(tmp_path, FIGURES, "rows = Task.objects.all()")
    write(tmp_path, WEB, "rows = Task.objects.all()")
    write(tmp_path, QUERIES, "rows = []")
    assert violations(tmp_path, rules) == [
        Violation(QUERIES, 0, "manager", "this excuse is not needed any more"),
        Violation(WEB, 1, "manager", ".objects"),
    ]


def test_every_read_that_needs_no_viewer_is_still_asked_by_a_page():
    assert unused_permissions() == set()


def test_a_permission_that_no_page_uses_is_named(tmp_path):
    write(tmp_path, WEB, "from dondoc.office.queries import people\npeople.rights(1)")
    assert unused_permissions(tmp_path) == WITHOUT_VIEWER.keys() - {"people.rights"}
