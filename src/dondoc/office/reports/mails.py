"""The words of a mail: what happened, in lines with an address each; titles only, nothing of a document's text."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import ngettext

from dondoc.office.queries.notices import NoticeRow

MOST = 40  # lines of one mail; the rest waits on the page


def letter(rows: Sequence[NoticeRow], *, name: str, office: str, site: str) -> tuple[str, str]:
    """Give the subject and the text of a mail about these notices, in the language that is active."""
    site = site.rstrip("/")
    if len(rows) == 1:
        subject = f"{rows[0].label}: {rows[0].title}" if rows[0].title else rows[0].label
    else:
        subject = ngettext("%(count)d notice", "%(count)d notices", len(rows)) % {"count": len(rows)}
    context = {
        "rows": [{"row": row, "address": f"{site}/notices/{row.id}/"} for row in rows[:MOST]],
        "more": len(rows) - MOST if len(rows) > MOST else 0,
        "name": name,
        "office": office,
        "all": f"{site}/notices/",
        "wishes": f"{site}/notices/preferences/",
    }
    # A title may hold a line break, a subject may not.
    return " ".join(f"[Đôn Đốc] {subject}".split())[:200], render_to_string("notices/mail.txt", context)
