"""How fast the register of documents answers: `python bench/documents.py [--documents N] [--seed N] [--rounds N]`.

An office is filled with N documents (100,000) of some 2,000 letters; pages of the list, filters, orders and searches
are then asked as the page asks them. Printed are the milliseconds of the best round for the whole answer (the rows
with their proposals and tasks, and the places in the text), for its SQL alone, and for the shortest SQL by hand that
gives the same documents, with the ratio of the two. It ends with exit code 1 when an answer takes longer than a person
waits.

Without DATABASE_URL a PostgreSQL of its own is started in a temporary folder; with it, a database of its own is made
on that server, and dropped.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from imports import database, set_up

if TYPE_CHECKING:
    from dondoc.office.queries.register import Order, Place, Wanted

WANTED_MS = 1000
FIRST, LAST = date(2010, 1, 4), date(2025, 12, 31)
KINDS = {"Công văn": "CV", "Báo cáo": "BC", "Kế hoạch": "KH", "Thông báo": "TB", "Quyết định": "QĐ", "Nghị quyết": "NQ"}
PLACES = "Cần Thơ, Hậu Giang, Sóc Trăng, Bắc Kạn, Thái Nguyên, Hà Giang, Kiên Giang, An Giang, Cà Mau, Long An"
ISSUERS = [
    f"{body} {place}" for place in PLACES.split(", ") for body in ("Tỉnh ủy", "Ủy ban nhân dân tỉnh", "Sở Tài chính")
]
SYLLABLES = """tổ chức thực hiện nhiệm vụ kế hoạch báo cáo kết quả đơn vị địa phương phối hợp chủ trì theo dõi kiểm tra
giải ngân vốn đầu tư công dự án tiến độ hoàn thành trước ngày tháng năm quý thành phố tỉnh ủy ban nhân dân sở ngành quận
huyện xã phường lãnh đạo chỉ đạo triển khai đề án chương trình hành động nghị quyết trung ương bộ chính trị phát triển
kinh tế xã hội văn hóa giáo dục y tế giao thông nông nghiệp công nghiệp thương mại dịch vụ môi trường tài nguyên đất
đai quy hoạch xây dựng hạ tầng đô thị cải cách hành chính chuyển đổi số an ninh quốc phòng đôn đốc""".split()  # noqa: SIM905
RARE = "xuyênvân"
PHRASE = "đôn đốc quyết liệt"


def text(choose: random.Random, n: int, number: str) -> str:
    """Some 2,000 letters in sentences: every text speaks of tasks, one of a hundred urges, one of 5,000 is rare."""
    words = choose.choices(SYLLABLES, k=380)
    if n % 100 == 0:
        words[100:103] = PHRASE.split()
    if n % 5000 == 0:
        words[50] = RARE
    lines = [" ".join(words[at : at + 19]).capitalize() + "." for at in range(0, len(words), 19)]
    return f"Số {number}\n\n" + "\n\n".join(lines)


def fill(size: int, seed: int) -> Any:
    """Found an office and put the documents in by COPY; all belong to the office's last entry of the log."""
    from django.db import connection

    from dondoc.office.actions.offices import found_office
    from dondoc.office.queries import history

    office = found_office(
        key="bench", name="Văn phòng", place="Cần Thơ", hierarchy="party", body_name="Thành ủy Cần Thơ",
        body_kind="party_committee", on=FIRST, actor_name="hệ thống",
    )  # fmt: skip
    entry = history.head(office.pk)
    assert entry is not None  # an office is founded by one
    made = list(_documents(size, seed))
    with connection.cursor() as cursor:
        originals = "id, entry_id, recorded_at, office_id, sha256, filename, media_type, size, content"
        with cursor.copy(f"copy office_original ({originals}) from stdin") as copy:
            for row in made:
                digest = hashlib.sha256(str(row["id"]).encode()).hexdigest()
                copy.write_row(
                    (row["id"], entry.pk, entry.recorded_at, office.pk, digest, "a.txt", "text/plain", 1, b"a")
                )
        documents = "id, entry_id, recorded_at, office_id, original_id, text, received_on, is_sample"
        with cursor.copy(f"copy office_document ({documents}) from stdin") as copy:
            for row in made:
                copy.write_row(
                    (
                        row["id"],
                        entry.pk,
                        entry.recorded_at,
                        office.pk,
                        row["id"],
                        row["text"],
                        row["received_on"],
                        False,
                    )
                )
        heads = (
            "id, entry_id, recorded_at, document_id, effective_on, issued_on, backfilled, number, kind, issuer_name, "
            "subject, signer, incoming_number, term, signer_position, short_title, folded, recipients"
        )
        with cursor.copy(f"copy office_documentheader ({heads}) from stdin") as copy:
            for row in made:
                day, who = row["day"], ("Nguyễn Văn Thử", str(row["id"]), "", "", "", "", "[]")
                head = (row["id"], day, day, False, row["number"], row["kind"], row["issuer"], row["subject"], *who)
                copy.write_row((row["id"], entry.pk, entry.recorded_at, *head))
        cursor.execute("analyze")
        for table in ("original", "document", "documentheader"):
            cursor.execute(f"select setval(pg_get_serial_sequence('office_{table}', 'id'), %s)", [size])
    return office


def _documents(size: int, seed: int) -> Iterator[dict[str, Any]]:
    choose = random.Random(seed)
    span = (LAST - FIRST).days
    for n in range(1, size + 1):
        kind, code = choose.choice(list(KINDS.items()))
        issuer = ISSUERS[min(int(choose.expovariate(0.12)), len(ISSUERS) - 1)]
        day = FIRST + timedelta(days=choose.randrange(span))
        number = f"{n % 4000 + 1}-{code}/TU" if "ủy" in issuer[:8] else f"{n % 4000 + 1}/{code}-UBND"
        yield {
            "id": n, "number": number, "kind": kind, "issuer": issuer, "day": day,
            "received_on": day + timedelta(days=choose.randrange(6)),
            "subject": "về việc " + " ".join(choose.choices(SYLLABLES, k=8)),
            "text": text(choose, n, number),
        }  # fmt: skip


def best(ask: Callable[[], object], rounds: int) -> float:
    """Give the milliseconds of the quickest of some rounds."""
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return 1000 * min(times)


def questions() -> dict[str, tuple[Wanted, Order, Place, str]]:
    """What is asked, and the shortest SQL by hand for it."""
    from dondoc.office.queries.register import Order, Place, Wanted

    w = "select document_id from office_documentwords where office_id = %(office)s and replaced_at is null"
    latest = " order by day desc, document_id desc limit 51"
    key = "Tỉnh ủy Cần Thơ"
    return {
        "first page": (Wanted(), Order(), Place(), w + latest),
        "a page far down": (
            Wanted(), Order(), Place(after=50_000),
            w + " and (day, document_id) < (select day, document_id from office_documentwords"
            " where document_id = 50000)" + latest,
        ),
        "issuer and year": (
            Wanted(issuer=key, issued_from="2024-01-01", issued_to="2024-12-31"), Order(), Place(),
            w + " and issuer_key = %(issuer)s and day between '2024-01-01' and '2024-12-31'" + latest,
        ),
        "ordered by number": (
            Wanted(), Order("number", descending=False), Place(), w + " order by number_key, document_id limit 51"
        ),
        "ordered by day received": (
            Wanted(), Order("received"), Place(), w + " order by received_on desc, document_id desc limit 51"
        ),
        "a common word": (Wanted(q="nhiệm "), Order(), Place(), w + " and tokens @@ '''nhiem'''" + latest),
        "two words": (Wanted(q="don doc "), Order(), Place(), w + " and tokens @@ '''don'' & ''doc'''" + latest),
        "a rare word": (
            Wanted(q="xuyenvan"), Order(), Place(),
            w + " and tokens @@ '''xuyenvan''' order by day + 0 desc, document_id desc limit 51",
        ),
        "a phrase": (
            Wanted(q="“quyet liet”"), Order(), Place(),
            w + " and tokens @@ '''quyet'' & ''liet''' and folded like '%% quyet liet %%'" + latest,
        ),
        "a phrase of common words": (
            Wanted(q="“đôn đốc quyết liệt”"), Order(), Place(),
            w + " and tokens @@ '''liet''' and folded like '%% don doc quyet liet %%'" + latest,
        ),
        "a number": (
            Wanted(q="1022-cv/tu"), Order(), Place(),
            w + " and tokens @@ '''1022'' & ''cv'' & ''tu''' and folded like '%% 1022 cv tu%%'" + latest,
        ),
    }  # fmt: skip


def measure(office_id: int, rounds: int) -> float:
    """Print a line for each question; give the longest time of a whole answer, in milliseconds."""
    from django.db import connection

    from dondoc.office.access import office_wide
    from dondoc.office.queries import register
    from dondoc.rules.search import order_key

    moment: dict[str, Any] = {"viewer": office_wide(office_id), "as_of": date(2026, 1, 1), "known_at": None}
    longest = 0.0
    print(f"{'':26}{'answer':>10}{'count':>10}{'its SQL':>10}{'by hand':>10}{'ratio':>8}  documents")
    for name, (wanted, order, place, by_hand) in questions().items():
        size = register.FOUND_SIZE if wanted.q else register.SIZE
        asked: dict[str, Any] = {
            "order": order,
            "place": place,
            "size": size,
            "total": register.count(wanted, **moment),
        }
        whole = best(partial(register.page, wanted, **moment, **asked), rounds)
        counted = best(partial(register.count, wanted, **moment), rounds)
        sql, parameters = register.page_query(wanted, **moment, **asked)
        hand: dict[str, Any] = {"office": office_id, "issuer": order_key(wanted.issuer)}
        with connection.cursor() as cursor:
            own = best(partial(cursor.execute, sql, parameters), rounds)
            shortest = best(partial(cursor.execute, by_hand, hand), rounds)
        n = register.count(wanted, **moment)
        print(f"{name:26}{whole:10.1f}{counted:10.1f}{own:10.1f}{shortest:10.1f}{own / shortest:8.2f}  {n:,}")
        longest = max(longest, whole + counted)
    return longest


def main() -> int:
    """Fill, measure, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with database() as url:
        set_up(url)
        from django.db import connection

        from dondoc.office.actions.register import rebuild

        started = time.perf_counter()
        office = fill(options.documents, options.seed)
        filled = time.perf_counter()
        made = rebuild(office.pk)
        seconds = time.perf_counter() - filled
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
            cursor.execute("select pg_total_relation_size('office_documentwords'), pg_relation_size('words_by_word')")
            table, index = cursor.fetchone()
        print(f"{made:,} documents put in in {filled - started:.0f} s, listed in {seconds:.0f} s", end="; ")
        print(f"list and search take {table >> 20} MB, of which the index of words {index >> 20} MB")
        longest = measure(office.pk, options.rounds)
        connection.close()
    print(f"longest answer {longest:.0f} ms (at most {WANTED_MS})")
    return int(longest > WANTED_MS)


if __name__ == "__main__":
    sys.exit(main())
