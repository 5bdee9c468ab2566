"""The nouns that names of agencies, posts and classes begin with."""

from __future__ import annotations

from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens

PLURAL = frozenset({"các", "những", "mọi", "mỗi", "từng"})
_AFTER_ORGANISATION = terms(", và ; . : chính đảng tín xã cá có liên thuộc kinh quốc trong hội khác")
# Words of everyday speech that name an office only with a capital letter.
_CAPITAL_ONLY = terms("trạm điện viễn bưu liên biên bảo")
# "cấp phép", "phòng chống", "vụ việc": the same syllable in words that name no agency.
_OTHER_WORD = {
    "cấp": terms("phát kinh vốn giấy phép trợ thiết bách bổ đổi cho lại mã bù"),
    "phòng": terms("chống ngừa tránh cháy vệ thủ bệnh khi họp"),
    "viện": terms("trợ phí dẫn"),
    "vụ": terms("việc án mùa lợi"),
    "cục": terms("bộ diện"),
    "quỹ": terms("đất lương nhà"),
    "trường": terms("hợp"),
    "xã": terms("hội"),
    "hội": terms("nghị nhập họp trường đồng chợ thảo nhóm"),
}


def head_at(tokens: Tokens, i: int, end: int) -> tuple[str, int] | None:
    """The kind of the head noun that begins at a token, and how many tokens it has; None where none begins.

    A word that only looks like one ("ban hành", "báo cáo", "tổ chức thực hiện") is none.
    """
    found = lexicon().heads.at(tokens.low, i, end)
    if found is None:
        return ("named", 1) if _short_form(tokens, i, end) else None
    size = found[1]
    if size == 2 and tokens.low[i] == "tổ" and tokens.low[i + 1] == "chức":
        before = tokens.low[i - 1] if i else ""
        after = tokens.low[i + 2] if i + 2 < end else ","
        if before not in PLURAL and after not in _AFTER_ORGANISATION:
            return None
    if (
        tokens.low[i] == "ban"
        and size == 1
        and i + 1 < end
        and tokens.low[i + 1] == "hành"
        and not tokens.capital(i + 1)
    ):
        return None  # "Ban hành …" at the head of a line is a verb
    if tokens.low[i] in ("ban", "báo", "thuế", "đội", "bộ", "hội") and size == 1 and not tokens.capital(i):
        after = tokens.low[i + 1] if i + 1 < end else ""
        if tokens.low[i] in ("báo", "thuế", "đội"):
            return None
        if tokens.low[i] == "ban" and after in ("hành", "đầu", "ngày"):
            return None
        if tokens.low[i] == "hội" and after in (
            "nghị",
            "nhập",
            "họp",
            "trường",
            "đồng",
            "chợ",
            "thảo",
            "nhóm",
        ):
            return None
        if tokens.low[i] == "bộ" and after in ("máy", "đội", "tiêu", "chỉ", "sách", "luật", "thủ"):
            return None
    if tokens.low[i] == "báo" and size == 1 and tokens.low[i + 1 : i + 2] in (["cáo"], ["động"], ["hiệu"]):
        return None
    if size <= 2 and tokens.low[i] in _CAPITAL_ONLY and not tokens.capital(i):
        return None
    if found[0] == "unit" and not (tokens.capital(i) and i + 1 < end and tokens.capital(i + 1)):
        return None
    if size == 1 and tokens.low[i] in _OTHER_WORD:
        after = tokens.low[i + 1] if i + 1 < end else ""
        if after in _OTHER_WORD[tokens.low[i]]:
            return None
        if tokens.low[i] in ("vụ", "cục", "quỹ", "viện") and not tokens.capital(i):
            return None
    return found


def _short_form(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a word is the short form of a name ("EVN", "VNPT"): capitals among small letters."""
    if i >= end or not 3 <= tokens.end[i] - tokens.start[i] <= 7 or not tokens.capital(i):
        return False
    word = tokens.text[tokens.start[i] : tokens.end[i]]
    if not (word.isupper() and word.isalpha() and word.isascii()):
        return False
    if set(word) <= set("IVXLCDM") or i + 1 >= end or tokens.text[tokens.start[i + 1]].isupper():
        return False
    return tokens.low[i + 1][0].isalpha() and tokens.text[tokens.start[i] - 1 : tokens.start[i]] not in "/-&"


def starts_name(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a name, or a plural word and a name, begins at a token."""
    k = skip_plural(tokens, i, end)
    if k >= end:
        return False
    return head_at(tokens, k, end) is not None or honorific(tokens, i, end) > 0


def skip_plural(tokens: Tokens, i: int, end: int) -> int:
    """The token behind "các", "một số", "tất cả các" and the like, or the token itself."""
    low = tokens.low
    if i >= end:
        return i
    if low[i] == "một" and i + 1 < end and low[i + 1] == "số":
        return i + 2
    if low[i] == "tất" and i + 2 < end and low[i + 1] == "cả":
        return i + 3 if low[i + 2] in PLURAL else i + 2
    if low[i] == "toàn" and i + 1 < end and low[i + 1] in ("thể", "bộ"):
        return i + 2
    if low[i] in ("các", "những", "mọi", "mỗi", "từng"):
        return i + 1
    return i


def honorific(tokens: Tokens, i: int, end: int) -> int:
    """How many tokens of address ("đồng chí", "ông", "các đồng chí") stand before a person's name."""
    low, k = tokens.low, i
    if k < end and low[k] in ("các", "những"):
        k += 1
    if k + 1 < end and low[k] == "đồng" and low[k + 1] == "chí":
        k += 2
    elif k + 2 < end and low[k] == "đ" and low[k + 1] == "/" and low[k + 2] == "c":
        k += 3
    elif k + 1 < end and low[k] in ("ông", "bà", "anh", "chị") and tokens.capital(k + 1):
        k += 1
    else:
        return 0
    return k - i if k < end and (tokens.capital(k) or head_at(tokens, k, end)) else 0


def portfolio_at(tokens: Tokens, i: int, end: int) -> int:
    found = lexicon().portfolios.at(tokens.low, i, end) if i < end else None
    return found[1] if found and tokens.capital(i) else 0


def past_bracket(tokens: Tokens, i: int, end: int) -> int:
    """The token after the bracket that opens at ``i``."""
    depth = 0
    for k in range(i, end):
        if tokens.low[k] == "(":
            depth += 1
        elif tokens.low[k] == ")":
            depth -= 1
            if depth == 0:
                return k + 1
    return i + 1


def capital_run(tokens: Tokens, i: int, end: int) -> int:
    """How many words with a capital stand behind each other; on a new line a verb ends them."""
    k = i
    while k < end and tokens.low[k][0].isalpha() and tokens.capital(k):
        if k > i and predicate(tokens, k, end) and "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]:
            break
        k += 1
    return k - i


def new_name(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a token begins a name of its own: a plural word, a head noun or an address before a person."""
    return skip_plural(tokens, i, end) != i or head_at(tokens, i, end) is not None or honorific(tokens, i, end) > 0
