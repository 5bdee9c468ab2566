"""What a document does to another one that it names: implements, makes concrete, amends, replaces, or only cites it.

Read from the words right before the name. "Triển khai thực hiện Nghị quyết số 59-NQ/TW" implements; "sửa đổi, bổ sung
một số điều của Nghị định số 12/2020/NĐ-CP" amends (Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 12: sửa đổi,
bổ sung, thay thế, bãi bỏ); what nothing is said of, or what is only the ground ("căn cứ …"), is cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

REACH = 160  # characters before the name that are looked at
_VERBS = (
    ("makes_concrete", r"cụ thể hóa|cụ thể hoá|quy định chi tiết|hướng dẫn (?:thi hành|thực hiện)"),
    ("amends", r"sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|điều chỉnh"),
    ("replaces", r"thay thế(?: cho)?|bãi bỏ|hủy bỏ|huỷ bỏ"),
    ("implements", r"(?:tổ chức |tiếp tục |đẩy mạnh )*(?:triển khai|thực hiện|thi hành|quán triệt)"),
)
_KIND_OF = {f"v{n}": kind for n, (kind, _words) in enumerate(_VERBS)}
_VERB = re.compile(
    "|".join(rf"(?P<v{n}>(?<!\w)(?:{words})(?!\w))" for n, (_kind, words) in enumerate(_VERBS)), re.IGNORECASE
)
_GROUND = re.compile(r"(?<!\w)(?:căn cứ|theo|tại|xét|trên cơ sở|kèm theo|nêu ở|ghi ở)(?!\w)", re.IGNORECASE)
# A sentence or a line of a list that ends between the verb and the name parts them. (So does a colon.)
_END = re.compile(r"[;:!?]|\.(?=\s)|\n\s*\n|\n\s*[-+*•]|\n\s*\d+[.)]")
_LONGEST_GAP = 90


def link_kind(before: str) -> str:
    """Say what a document does to another from the words that stand before its number: "implements", …, "cites".

    `before` are the words up to the number, as many as there are; only the last sentence counts, and of it the last
    verb that no "theo", "căn cứ" or "tại" parts from the number.
    """
    tail = before[-REACH:]
    ends = [found.end() for found in _END.finditer(tail)]
    tail = tail[ends[-1] :] if ends else tail
    verbs = list(_VERB.finditer(tail))
    if not verbs:
        return "cites"
    # "triển khai thực hiện" and "hướng dẫn thực hiện" stand for one deed: the words right before decide with it.
    last = verbs[-1]
    for former in reversed(verbs[:-1]):
        if tail[former.end() : last.start()].strip(" ,") not in {"", "và", "việc"}:
            break
        if _kind(former) != "implements":
            last = former
    gap = tail[verbs[-1].end() :]
    if len(gap) > _LONGEST_GAP or _GROUND.search(gap):
        return "cites"
    return _kind(last)


def _kind(verb: re.Match[str]) -> str:
    return _KIND_OF[verb.lastgroup or ""]


def strongest(kinds: Sequence[str]) -> str:
    """Choose one kind for a document that is named several times: the first that says more than that it is cited."""
    return next((kind for kind in kinds if kind != "cites"), "cites")
