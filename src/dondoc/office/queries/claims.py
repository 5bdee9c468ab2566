"""Claims: what documents state, on which day, against which of our figures each is held, and what was settled.

The words around a number are cut out by the database: a list never reads the texts of its documents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Substr
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Claim, ClaimBinding, ClaimSettlement, DocumentHeader, Reading
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import documents, rereading
from dondoc.rules.text import folded


class NoSuchClaim(Refused):
    """The claim does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A figure that a document states, with its words and the figure it is held against, if any.

    `root` is the key under which decisions on it are found, whichever reading of the document offered it.
    """

    id: int
    root: int
    document_id: int
    document: str
    day: date
    start: int
    end: int
    words: str
    scope: str
    value: Decimal
    of: Decimal | None
    unit: str
    state: str
    is_approximate: bool
    figure: str
    arguments: dict[str, str]

    @property
    def url(self) -> str:
        return f"/claims/{self.id}/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are asked for; None asks for all. `figure` "" asks for those held against nothing.

    `among` and `but` are keys of claims, `roots` and `but_roots` those under which decisions are found.
    """

    document: int | None = None
    day: date | None = None
    figure: str | None = None
    programme: str | None = None
    group: str | None = None
    among: Collection[int] | None = None
    but: Collection[int] = ()
    roots: Collection[int] | None = None
    but_roots: Collection[int] = ()


def binding(claim_id: int) -> ClaimBinding | None:
    """Give the row that says against which figure a claim is held, whichever reading of the document it names."""
    first = rereading.first_of(Claim.objects.get(pk=claim_id))
    same = Q(claim=first) | Q(claim__first=first)
    return known(ClaimBinding.objects.filter(same), known_at=None).order_by("-id").first()


def day_of(claim: Claim) -> date:
    """Give the day for which a document states its figures: the day it was issued, or else received."""
    return documents.issued_on(claim.document_id) or documents.received_on(claim.document_id)


def _seen(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Claim]:
    """The claims that count, of documents in sight, each with its day and what it is held against."""
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    return _told(rereading.claims(Claim.objects.filter(document__in=seen), known_at=known_at), known_at=known_at)


def _told(rows: QuerySet[Claim], *, known_at: datetime | None) -> QuerySet[Claim]:
    same = Q(claim=OuterRef("root")) | Q(claim__first=OuterRef("root"))
    bound = known(ClaimBinding.objects.filter(same), known_at=known_at).order_by("-id")
    heads = known(DocumentHeader.objects.filter(document=OuterRef("document")), known_at=known_at).order_by("-id")
    return rows.annotate(
        day=Subquery(heads.values("effective_on")[:1]),
        held_figure=Coalesce(Subquery(bound.values("figure")[:1]), Value("")),
        held_arguments=Subquery(bound.values("arguments")[:1]),
    )


def _asked(rows: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    exact = {
        "document": wanted.document,
        "day": wanted.day,
        "held_figure": wanted.figure,
        "held_arguments__programme": wanted.programme,
        "held_arguments__group": wanted.group,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.among is not None:
        rows = rows.filter(pk__in=wanted.among)
    if wanted.roots is not None:
        rows = rows.filter(root__in=wanted.roots)
    if wanted.but_roots:
        rows = rows.exclude(root__in=wanted.but_roots)
    return rows.exclude(pk__in=wanted.but) if wanted.but else rows


def claims(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClaimRow]:
    """List the claims of all documents of a day or before, the latest document first, in the order of the text."""
    return listed(Wanted(), viewer=viewer, as_of=as_of, known_at=known_at)


def listed(
    wanted: Wanted,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    start: int = 0,
    size: int | None = None,
) -> list[ClaimRow]:
    """List the claims asked for, the latest document first, in the order of the text: one page of them."""
    rows = _asked(_seen(viewer=viewer, as_of=as_of, known_at=known_at), wanted)
    rows = rows.order_by("-day", "document_id", "start", "pk")
    return _rows(rows[start:] if size is None else rows[start : start + size], known_at=known_at)


def saying(words: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[int]:
    """Find claims by words around them or in the title of their document, whatever their accents and case."""
    wanted = folded(words)
    rows = listed(Wanted(), viewer=viewer, as_of=as_of, known_at=known_at)
    return [row.id for row in rows if wanted in folded(f"{row.words} {row.scope} {row.document}")]


def count(wanted: Wanted, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> int:
    """Count the claims asked for."""
    return _asked(_seen(viewer=viewer, as_of=as_of, known_at=known_at), wanted).count()


def by_document(
    documents: Collection[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, int]:
    """Count the claims of each of some documents; one that states nothing, or is not in sight, is left out."""
    rows = _seen(viewer=viewer, as_of=as_of, known_at=known_at).filter(document__in=documents).order_by()
    return dict(rows.values_list("document_id").annotate(Count("pk")))


def claim(claim_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ClaimRow:
    """Give one claim; refused when its document is not in the viewer's sight."""
    found = listed(Wanted(among=(claim_id,)), viewer=viewer, as_of=as_of, known_at=known_at)
    if not found:
        raise NoSuchClaim(_("There is no such figure in the documents, or it concerns other agencies only."))
    return found[0]


def bound(*, viewer: Viewer, as_of: date, known_at: datetime | None, day: date | None = None) -> list[ClaimRow]:
    """List the claims that are held against a figure of ours, of all days or of one."""
    rows = _seen(viewer=viewer, as_of=as_of, known_at=known_at).exclude(held_figure="")
    rows = rows if day is None else rows.filter(day=day)
    return _rows(rows.order_by("-day", "document_id", "start", "pk"), known_at=known_at)


def days(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[date]:
    """List the days for which documents state figures, the latest first."""
    rows = _seen(viewer=viewer, as_of=as_of, known_at=known_at).order_by("-day").values_list("day", flat=True)
    return list(rows.distinct())


def stating(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[tuple[int, str]]:
    """List the documents that state figures, by key and title, the latest first."""
    rows = _seen(viewer=viewer, as_of=as_of, known_at=known_at).order_by("-day", "document_id")
    ids = list(dict.fromkeys(rows.values_list("document_id", flat=True)))
    titles = documents.short_titles(ids, known_at=known_at)
    return [(pk, titles[pk]) for pk in ids]


def of_latest_document(
    programmes: Collection[str] | None, *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[ClaimRow]:
    """List the claims on some lists in the document that spoke of them last; None asks for those on anything.

    Where no claim is held against these lists, those of the last document that nobody has named a figure for.
    """
    seen = _seen(viewer=viewer, as_of=as_of, known_at=known_at)
    asked = [seen] if programmes is None else [
        seen.filter(held_arguments__programme__in=list(programmes)), seen.filter(held_figure="")
    ]  # fmt: skip
    for rows in asked:
        last = rows.order_by("-day", "document_id").values_list("document_id", flat=True).first()
        if last is not None:
            return _rows(rows.filter(document=last).order_by("start", "pk"), known_at=known_at)
    return []


def of_document(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[ClaimRow]:
    """List the claims of one document in the order of its text."""
    rows = Claim.objects.filter(document_id=document_id, document__office_id=viewer.office_id)
    told = _told(rereading.claims(rows, known_at=known_at), known_at=known_at)
    return _rows(told.order_by("start", "pk"), known_at=known_at)


def _rows(claims: QuerySet[Claim], *, known_at: datetime | None) -> list[ClaimRow]:
    """Turn claims into rows with the words around them and the titles of their documents."""
    cut = Greatest(F("start") - BEFORE - 1, 0)
    found = list(claims.annotate(around=Substr("document__text", cut + 1, F("end") + BEHIND + 1 - cut)))
    titles = documents.short_titles({claim.document_id for claim in found}, known_at=known_at)
    return [_row(claim, titles[claim.document_id]) for claim in found]


ENDS = re.compile(r"[.;:!?…\n](?=\s|$)")
BEFORE, BEHIND = 60, 80


def _words(around: str, first: int, start: int, end: int) -> str:
    """Give the words around a number within its sentence: enough to know what it counts.

    `around` is what stands from `first` on, and a letter more than is shown: whether words are left out is seen by it.
    """
    before, behind = around[: start - first], around[end - first :]
    cut_before, cut_behind = len(before) > BEFORE, len(behind) > BEHIND
    before, behind = before[-BEFORE:], behind[:BEHIND]
    marks = list(ENDS.finditer(before))
    if marks:
        before = before[marks[-1].end() :]
    elif cut_before:
        before = f"… {before.partition(' ')[2]}"
    stop = ENDS.search(behind)
    if stop:
        behind = behind[: stop.start()]
    elif cut_behind:
        behind = f"{behind.rpartition(' ')[0]} …"
    return " ".join(f"{before}{around[start - first : end - first]}{behind}".split())


def _row(claim: Claim, title: str) -> ClaimRow:
    told = vars(claim)
    return ClaimRow(
        id=claim.pk,
        root=told["root"],
        document_id=claim.document_id,
        document=title,
        day=told["day"],
        start=claim.start,
        end=claim.end,
        words=_words(told["around"], max(claim.start - BEFORE - 1, 0), claim.start, claim.end),
        scope=claim.scope,
        value=claim.value,
        of=claim.of,
        unit=claim.unit,
        state=claim.state,
        is_approximate=claim.is_approximate,
        figure=told["held_figure"],
        arguments=told["held_arguments"] or {},
    )


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """How a disagreement was settled last: by whom, when and why. `is_open` where it was opened again."""

    kind: str
    label: str
    reason: str
    by: str
    at: datetime
    is_open: bool


Pair = tuple[int, int | None]


def pair(root: int, other: int | None) -> Pair:
    """Give the key under which what was settled of a claim, or of two, is found; two in either order are one."""
    return (root, None) if other is None else (min(root, other), max(root, other))


def settlements(*, viewer: Viewer, known_at: datetime | None) -> dict[Pair, SettlementRow]:
    """Give the settlement that stands on each claim or pair of claims of an office: the last one."""
    rows = recorded(ClaimSettlement.objects.filter(claim__document__office_id=viewer.office_id), known_at=known_at)
    found: dict[Pair, SettlementRow] = {}
    for row in rows.select_related("claim", "other", "entry").order_by("id"):
        other = rereading.first_of(row.other) if row.other else None
        found[pair(rereading.first_of(row.claim), other)] = _settlement(row)
    return found


def _settlement(row: ClaimSettlement) -> SettlementRow:
    label = str(row.get_kind_display())
    return SettlementRow(row.kind, label, row.reason, row.entry.actor_name, row.recorded_at, row.kind == "open")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Numbers of one document that do not add up, in the words of the reader."""

    document_id: int
    document: str
    sentence: str


def unsound(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[CheckRow]:
    """List what does not add up within one document, by its latest reading; for the office's own people."""
    if not viewer.sees_all:
        return []
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    rows = Reading.objects.filter(document__in=seen, checks__contains=[{"holds": False}])
    found = list(rereading.latest_readings(rows, known_at=known_at).order_by("-pk").only("document_id", "checks"))
    titles = documents.short_titles({row.document_id for row in found}, known_at=known_at)
    return [
        CheckRow(row.document_id, titles[row.document_id], str(check["sentence"]))
        for row in found
        for check in row.checks
        if not check["holds"]
    ]


def roots(ids: Iterable[int], *, office_id: int) -> dict[int, Claim]:
    """Find claims of an office by their keys, for an action that decides on them."""
    found = Claim.objects.filter(pk__in=set(ids), document__office_id=office_id).select_related("document")
    return {claim.pk: claim for claim in found}
