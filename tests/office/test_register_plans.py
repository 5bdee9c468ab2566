"""The register is answered from its indexes, at a size at which the planner has a real choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from dondoc.office.models import DocumentWords
from dondoc.office.queries import register
from dondoc.office.queries.register import Order, Place, Wanted
from office.conftest import World

pytestmark = pytest.mark.django_db


CROWD = """
    insert into office_documentwords (header_id, document_id, office_id, recorded_at, day, issued_on, received_on, kind,
        number_key, issuer_key, signer_key, incoming_key, hierarchy, head, folded)
    select 10000000 + n, %(document)s, %(office)s, now(), date '2010-01-01' + n, date '2010-01-01' + n,
        date '2010-01-01' + n %% 977, 'công văn', to_char(n, '000000'), to_char(n %% 50, '000'), '', '', '', ' ',
        ' chung ' || case when n %% 500 = 0 then 'don doc' else 'khac' end || ' w' || n || ' '
    from generate_series(1, 4000) n"""


@pytest.fixture
def crowd(world: World) -> Iterator[World]:
    """An office whose register holds thousands of rows; they all stand for one document, which no plan minds."""
    with connection.cursor() as cursor:
        cursor.execute(CROWD, {"document": world.resolution.pk, "office": world.office.pk})
        cursor.execute("select gin_clean_pending_list('words_by_word')")
        cursor.execute("analyze office_documentwords")
    yield world
    # Their heads do not exist: they go before the end of the test looks for them.
    DocumentWords.objects.filter(header_id__gte=10_000_000).delete()


def plan(
    world: World,
    wanted: Wanted,
    order: Order,
    place: Place = Place(),  # noqa: B008 -- frozen
    total: int | None = None,
) -> str:
    sql, parameters = register.page_query(
        wanted,
        viewer=world.viewer(),
        as_of=date(2030, 1, 1),
        known_at=None,
        order=order,
        place=place,
        size=50,
        total=total,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"explain {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


QUESTIONS = [
    ("words_by_day", Wanted(), Order("issued")),
    ("words_by_day", Wanted(), Order("issued", descending=False)),
    ("words_by_day", Wanted(issued_from="2012-01-01", issued_to="2012-01-31"), Order("issued")),
    ("words_by_received", Wanted(), Order("received")),
    ("words_by_number", Wanted(), Order("number", descending=False)),
    ("words_by_issuer", Wanted(), Order("issuer", descending=False)),
    ("words_by_word", Wanted(q="don doc"), Order("issued")),
    ("words_by_word", Wanted(q="“đôn đốc”"), Order("number", descending=False)),
    ("words_by_word", Wanted(q="w1234 "), Order("issued")),
]


def test_every_question_has_its_index_and_reads_no_table_through(crowd: World) -> None:
    for index, wanted, order in QUESTIONS:
        found = plan(crowd, wanted, order)
        assert index in found, found
        assert "Seq Scan on office_documentwords" not in found, found
    rare = plan(crowd, Wanted(q="w123"), Order("issued"), total=11)
    assert "words_by_word" in rare, rare
    assert "words_by_day" not in rare, rare
    further = plan(crowd, Wanted(), Order("issued"), Place(after=crowd.resolution.pk))
    assert "words_by_day" in further, further
    assert "ROW(" in further, further
