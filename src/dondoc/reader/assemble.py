"""Everything that was seen in a document, as one list in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable

from dondoc.reader.model import Assignment, Citation, Claim, Finding, Petition


def collect_findings(
    citations: Iterable[Citation],
    assignments: Iterable[Assignment],
    petitions: Iterable[Petition],
    claims: Iterable[Claim],
) -> tuple[Finding, ...]:
    """Lists what was found, each with its place, the rule that found it and how sure the rule is."""
    found = [Finding("citation", c.span, c.number, c.rule, c.confidence) for c in citations]
    for a in assignments:
        found.append(Finding("assignment", a.span, "; ".join(m.text for m in a.leads), a.rule, a.confidence))
        found += [Finding("lead", m.span, m.text, a.rule, a.confidence) for m in a.leads]
        found += [Finding("coordinator", m.span, m.text, a.rule, a.confidence) for m in a.coordinators]
        if a.due:
            found.append(Finding("due", a.due.span, a.due.on or a.due.every or a.due.kind, a.due.rule))
    found += [Finding("petition", p.span, p.text, p.rule, p.confidence) for p in petitions]
    found += [Finding("claim", c.span, f"{c.value:g} {c.unit}".strip(), c.rule, c.confidence) for c in claims]
    unique = {(f.kind, f.span, f.value): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.span.start, -f.span.end, f.kind)))
