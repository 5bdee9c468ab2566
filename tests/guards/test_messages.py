"""Every text of the screens is English in the source and has its Vietnamese translation; each check has been
seen to fail."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

import messages
from template_texts import WHOLE_PAGES, loose_texts

TEMPLATE = "src/dondoc/office/templates/board/page.html"
PAGE = "src/dondoc/office/web/board.py"


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source with texts of every kind, all of them translated."""
    write(
        tmp_path,
        PAGE,
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "LATE = _('late by %(days)s days')\n"
        "def other(words, key='late'): return _(words['late']) + _(key)\n"
        "def rows(n): return ngettext('%(n)s row', '%(n)s rows', n) + pgettext('chart', 'late by')\n",
    )
    write(
        tmp_path,
        TEMPLATE,
        "{% load i18n %}\n<h1 title=\"{% translate 'Board' %}\">\n    {% if a %}\n"
        "  {% blocktranslate with day=x|date trimmed %}On\n     {{ day }}{% endblocktranslate %}\n"
        "{% endif %}</h1>\n"
        "{{ x|default:_('none') }}\n",
    )
    translate(tmp_path)
    return tmp_path


def translate(root: Path, **changed: str) -> None:
    messages.extract(root)
    vietnamese = {
        "late by %(days)s days": "quá hạn %(days)s ngày",
        "%(n)s row": "%(n)s dòng",
        "[chart] late by": "quá hạn",
        "Board": "Bảng điều hành",
        "On %(day)s": "Ngày %(day)s",
        "none": "không có",
    }
    assert messages.fill(root, {**vietnamese, **changed}, overwrite=True) == []


def test_every_text_of_the_screens_is_translated():
    assert list(messages.complaints(messages.ROOT)) == []


def test_a_translated_source_gives_no_complaint(tree):
    assert list(messages.complaints(tree)) == []


def test_what_was_filled_in_is_what_a_reader_gets(tree):
    assert [path.parent.parent.name for path in messages.compiled(tree)] == ["vi", "en"]
    with messages.catalogue(tree, "vi").with_suffix(".mo").open("rb") as file:
        vietnamese = gettext.GNUTranslations(file)
    assert vietnamese.gettext("On %(day)s") == "Ngày %(day)s"
    assert vietnamese.ngettext("%(n)s row", "%(n)s rows", 1) == "%(n)s dòng"
    assert vietnamese.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s dòng"
    assert vietnamese.pgettext("chart", "late by") == "quá hạn"
    with messages.catalogue(tree, "en").with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s rows"


def test_a_translation_that_stands_is_not_changed_unless_that_is_meant(tree):
    before = messages.catalogue(tree, "vi").read_bytes()
    write(tree, "src/dondoc/office/jobs.py", "_('A new text')\n")
    messages.extract(tree)
    new = {"A new text": "Chữ mới", "none": "không", "[chart] late by": "quá hạn", "Gone": "Đã hết"}
    empty = messages.catalogue(tree, "vi").read_bytes()
    assert messages.fill(tree, new) == [
        "translated already: 'none' is 'không có', not 'không': give it a context of its own, or --overwrite"
    ]
    assert messages.catalogue(tree, "vi").read_bytes() == empty != before
    assert messages.fill(tree, new, overwrite=True) == ["no such text in the source: 'Gone'"]
    after = messages.stored(tree, "vi")
    assert [after[key, ""].translation for key in ("A new text", "none")] == [("Chữ mới",), ("không",)]


def test_extracting_again_changes_nothing(tree):
    before = messages.catalogue(tree, "vi").read_bytes()
    messages.extract(tree)
    assert messages.catalogue(tree, "vi").read_bytes() == before


def test_a_new_text_is_missing_until_it_is_extracted_and_then_until_it_is_translated(tree):
    write(tree, "src/dondoc/office/jobs.py", "from x import gettext\ngettext('A new text')\n")
    place = "(src/dondoc/office/jobs.py)"
    assert list(messages.complaints(tree)) == [
        f"vi: not in the catalogue: 'A new text' {place}",
        f"en: not in the catalogue: 'A new text' {place}",
    ]
    messages.extract(tree)
    assert list(messages.complaints(tree)) == [f"vi: not translated: 'A new text' {place}"]


def test_a_text_that_has_gone_from_the_source_is_stale(tree):
    write(tree, PAGE, "from x import pgettext, ngettext, gettext as _\n_('late by %(days)s days')\n")
    assert list(messages.complaints(tree)) == [
        f"{language}: no longer in the source: '{text}'"
        for language in ("vi", "en")
        for text in ("%(n)s row", "late by")
    ]


@pytest.mark.parametrize("wrong", ["quá hạn", "quá hạn %(day)s ngày", "quá hạn %(days)s %(days)s"])
def test_a_translation_with_other_placeholders_is_named(tree, wrong):
    translate(tree, **{"late by %(days)s days": wrong})
    assert list(messages.complaints(tree)) == [
        f"vi: other placeholders in the translation: 'late by %(days)s days' ({PAGE})"
    ]


def test_english_left_standing_as_a_translation_is_named(tree):
    translate(tree, none="none")
    assert list(messages.complaints(tree)) == [f"vi: the translation is the English text: 'none' ({TEMPLATE})"]


def test_a_vietnamese_text_in_the_source_is_named(tree):
    write(tree, "src/dondoc/office/jobs.py", "_('Quá hạn')\n_('Welcome to Đôn Đốc')\n")
    messages.extract(tree)
    messages.fill(tree, {"Quá hạn": "Quá hạn.", "Welcome to Đôn Đốc": "Chào mừng đến với Đôn Đốc"})
    assert list(messages.complaints(tree)) == ["not English: 'Quá hạn' (src/dondoc/office/jobs.py)"]


@pytest.mark.parametrize("call", ["_(f'late by {n}')", "_('late by %s' % n)", "gettext('a' + b)"])
def test_a_text_that_is_put_together_before_it_is_translated_is_named(tree, call):
    write(tree, "src/dondoc/office/jobs.py", f"\nx = {call}\n")
    assert list(messages.complaints(tree)) == ["src/dondoc/office/jobs.py:2: put together before it is translated"]


def test_a_page_that_is_excused_as_a_whole_exists():
    templates = messages.ROOT / messages.TEMPLATES
    assert [name for name in WHOLE_PAGES if not (templates / name).exists()] == []


def test_text_outside_a_translation_is_named_with_its_line(tree):
    write(tree, TEMPLATE, (tree / TEMPLATE).read_text() + "<p>\n  Overdue\n</p>\n")
    line = (tree / TEMPLATE).read_text().count("\n") - 1
    assert list(messages.complaints(tree)) == [f"{TEMPLATE}:{line}: text outside a translation: 'Overdue'"]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<b>Late</b>", "Late"),
        ("<b>Quá hạn</b>", "Quá hạn"),
        ("<a title='Open the rows'></a>", "Open the rows"),
        ("<input placeholder='Search'>", "Search"),
        ("<input type=submit value='Save'>", "Save"),
        ("<svg aria-label='Chart'></svg>", "Chart"),
        ("<meta name=description content='Register'>", "Register"),
        ("{{ n }} rows", "rows"),
        ("{% if x %}yes{% endif %}", "yes"),
        ("{% block title %}Board{% endblock %}", "Board"),
    ],
)
def test_each_way_of_showing_text_is_seen(template, text):
    assert list(loose_texts(template, markup=True)) == [(1, text)]


@pytest.mark.parametrize(
    "template",
    [
        "{% translate 'Late' %}",
        "{% blocktranslate %}Late by {{ n }}{% plural %}Late{% endblocktranslate %}",
        "{# a note #}{% comment %}a note{% endcomment %}<!-- a note -->",
        "<a class='late' id='x' href='/tasks' hx-get='/rows' data-kind='late'></a>",
        "<script nonce='{{ n }}'>const late = 1;</script><style>p { color: red }</style>",
        "<meta name='viewport' content='width=device-width'><input type='hidden' value='late'>",
        "<a title=\"{% translate 'Late' %}\">12 · 4&nbsp;%</a>",
        "Đôn Đốc",
        "{% block body_class %}door{% endblock %}",
    ],
)
def test_what_nobody_reads_and_what_is_translated_passes(template):
    assert list(loose_texts(template, markup=True)) == []
