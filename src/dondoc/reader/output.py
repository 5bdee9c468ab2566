"""A reading as JSON: the shape other programs and the office's own pages rely on."""

from __future__ import annotations

from typing import Any

from dondoc.reader.model import Agency, Assignment, Claim, Conflict, Document, Due, Header, Mention, Reading, Span


def to_json(reading: Reading) -> dict[str, Any]:
    """Gives everything that was read as plain lists and numbers, ready for ``json.dumps``.

    ``figures`` is the list of the document's claims. Offsets count code points of the text as the file has it, also
    where its characters are no Unicode (``encodings`` names their code tables then).
    """
    text = reading.document.text
    origin = reading.document.origin
    found = _found(reading, text)
    if origin is None:
        return found
    moved: dict[str, Any] = _in_origin(found, reading.document)
    return moved | {"encodings": list(origin.encodings)}


def _in_origin(value: Any, document: Document) -> Any:
    """The same reading with every place counted in the characters of the file."""
    if isinstance(value, dict):
        return {
            key: _moved(part, document) if key in ("span", "total", "parts") else _in_origin(part, document)
            for key, part in value.items()
        }
    return [_in_origin(part, document) for part in value] if isinstance(value, list) else value


def _moved(place: Any, document: Document) -> Any:
    if isinstance(place, list) and len(place) == 2 and isinstance(place[0], int):
        return _span(document.in_origin(Span(*place)))
    return [_moved(part, document) for part in place] if isinstance(place, list) else place


def _found(reading: Reading, text: str) -> dict[str, Any]:
    return {
        "document": _header(reading.document_header) | {"name": reading.document.name},
        "cites": [
            {"number": c.number, "span": _span(c.span), "title": c.title, "rule": c.rule} for c in reading.citations
        ],
        "clauses": [
            {"address": c.address, "span": _span(c.span), "heading": c.heading, "level": c.level}
            for c in reading.clauses
        ],
        "assignments": [_assignment(a, text) for a in reading.assignments],
        "petitions": [
            {
                "span": _span(p.span),
                "by": p.by,
                "to": p.to,
                "text": p.text,
                "rule": p.rule,
                "confidence": p.confidence,
            }
            for p in reading.petitions
        ],
        "figures": [_claim(c, text) for c in reading.claims],
        "checks": [
            {
                "kind": c.kind,
                "holds": c.holds,
                "sentence": c.sentence,
                "stated": c.stated,
                "computed": c.computed,
                "total": _span(c.total.span) if c.total else None,
                "parts": [_span(p.span) for p in c.parts],
            }
            for c in reading.checks
        ],
        "notes": list(reading.document.notes),
        "doubts": [{"span": _span(d.span), "confidence": d.confidence} for d in reading.document.doubts],
        "version": reading.version,
    }


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """A difference between documents, each claim with its document and place."""
    return {
        "kind": conflict.kind,
        "what": conflict.what,
        "unit": conflict.unit,
        "sentence": conflict.sentence,
        "stated": [
            {"document": s.document, "value": s.claim.value, "of": s.claim.of, "span": _span(s.claim.span)}
            for s in conflict.stated
        ],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _header(header: Header) -> dict[str, Any]:
    return {
        "number": header.number,
        "kind": header.kind,
        "issuer": header.issuer,
        "issued_on": header.issued_on.isoformat() if header.issued_on else None,
        "subject": header.subject,
        "signer": header.signer,
        "signer_position": header.signer_position,
        "recipients": list(header.recipients),
    }


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    out: dict[str, Any] = {"kind": due.kind}
    if due.kind == "recurring":
        out["every"] = due.every
    elif due.kind != "event":
        out["on"] = due.on
    if due.needs_year:
        out |= {"needs_year": True, "day": due.day, "month": due.month}
    return out | {"span": _span(due.span), "rule": due.rule}


def _mentions(mentions: tuple[Mention, ...]) -> list[dict[str, Any]]:
    return [{"text": m.text, "span": _span(m.span), "agency": _agency(m.agency)} for m in mentions]


def _agency(agency: Agency | None) -> dict[str, Any] | None:
    if agency is None:
        return None
    return {
        "name": agency.name,
        "key": agency.key,
        "post": agency.post,
        "several": agency.several,
        "relative": agency.relative,
        "new": not agency.known,
        "was": agency.was,
        "ended": agency.ended.isoformat() if agency.ended else None,
    }


def _assignment(a: Assignment, text: str) -> dict[str, Any]:
    return {
        "span": _span(a.span),
        "text": a.span.cut(text),
        "leads": [m.text for m in a.leads],
        "coordinators": [m.text for m in a.coordinators],
        "due": _due(a.due),
        "clause": a.clause,
        "kind": a.kind,
        "inherited": a.inherited,
        "stages": list(a.stages),
        "chain": [{"stage": s.name, "by": s.by, "span": _span(s.span)} for s in a.chain],
        "product": a.product.text if a.product else None,
        "rule": a.rule,
        "confidence": a.confidence,
        "lead_mentions": _mentions(a.leads),
        "coordinator_mentions": _mentions(a.coordinators),
    }


def _claim(c: Claim, text: str) -> dict[str, Any]:
    return {
        "span": _span(c.span),
        "text": c.span.cut(text),
        "value": c.value,
        "of": c.of,
        "unit": c.unit,
        "state": c.state,
        "approximate": c.approximate,
        "scope": c.scope,
        "rule": c.rule,
        "confidence": c.confidence,
    }
