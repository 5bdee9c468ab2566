"""The past, kept from page to page: what leads on from a page that shows another day leads to that day.

It is done here for all pages at once, so that no template can forget it. A link that names a day itself is left as it
is, and so is one with `data-today`, which leads back.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from dondoc.office.here import Here

# The pages that are nothing but a form that writes, by the names of their addresses: on a past day there is none.
ONLY_WRITE = frozenset(
    {
        "agency_rename",
        "clause_urge",
        "definition",
        "document_add",
        "document_correct",
        "document_list",
        "document_list_end",
        "document_list_name",
        "duty_add",
        "duty_due",
        "duty_event",
        "duty_hand_over",
        "duty_person",
        "duty_recur_end",
        "duty_send_back",
        "duty_step_correct",
        "duty_step_withdraw",
        "duty_urge",
        "extension_ask",
        "extension_decide",
        "frame_add",
        "holding_account",
        "holding_end",
        "measure",
        "measure_add",
        "obstacle_end",
        "obstacle_name",
        "parameter",
        "period_open",
        "proposal_change",
        "proposal_refuse",
        "proposal_split",
        "proposal_withdraw",
        "reading_merge",
        "scale",
        "scale_add",
        "scale_end",
        "scale_of",
        "state_names",
        "task_off_list",
        "task_product",
        "tasks_bulk",
    }
)
TAG = re.compile(r"<[a-z][^<>]*\s(?:href|hx-get)=\"/[^<>]*>")
ADDRESS = re.compile(r"(\s(?:href|hx-get)=\")(/[^\"]*)(\")")
FORM = re.compile(r"(<form\b[^<>]*>)(.*?)(</form>)", re.DOTALL)
SENT = re.compile(r"\smethod=\"(post|dialog)\"", re.IGNORECASE)
NOT_OURS = ("//", settings.STATIC_URL)


def keep_day(answer: HttpResponse, here: Here) -> HttpResponse:
    """Let every link, form and redirection of a page lead to the day that it shows."""
    if isinstance(answer, HttpResponseRedirect):
        answer["Location"] = on_day(answer["Location"], here.keep)
    elif not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.content = kept(answer.content.decode(), here.keep).encode()
    return answer


def kept(page: str, keep: dict[str, str]) -> str:
    """Put a day into the links and forms of a page that name none."""
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in keep.items())

    def link(tag: re.Match[str]) -> str:
        if "data-today" in tag[0] or tag[0].startswith("<link"):
            return tag[0]
        return ADDRESS.sub(lambda found: f"{found[1]}{escape(on_day(unescape(found[2]), keep))}{found[3]}", tag[0])

    def form(found: re.Match[str]) -> str:
        if SENT.search(found[1]) or 'name="as_of"' in found[2]:
            return found[0]
        return f"{found[1]}{fields}{found[2]}{found[3]}"

    return FORM.sub(form, TAG.sub(link, page))


def on_day(address: str, keep: dict[str, str]) -> str:
    """Put a day behind an address of ours that names none; a place within the page stays at its end."""
    parts = urlsplit(address)
    if not address.startswith("/") or address.startswith(NOT_OURS) or "as_of=" in parts.query:
        return address
    query = "&".join(filter(None, (parts.query, urlencode(keep))))
    return urlunsplit(parts._replace(query=query))
