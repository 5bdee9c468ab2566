"""Those with whom the addressee is to work: "phối hợp với A, B"."""

from __future__ import annotations

from dondoc.reader.find.agencies import read_names, read_unknown, starts_name
from dondoc.reader.find.lexicon import terms
from dondoc.reader.find.tokens import Tokens

_NOT_AFTER = terms("tác việc chế quy sự")
_TAKING_PART = (["tham", "gia"], ["phối", "hợp"], ["hỗ", "trợ"])
_BETWEEN = terms(
    "chặt chẽ kịp thời tốt đồng bộ thường xuyên và hiệu quả nhịp nhàng trực tiếp có chủ động , "
    "hướng dẫn trao đổi làm việc"
)


def find_coordinators(tokens: Tokens, i: int, end: int) -> list[tuple[str, int, int]]:
    """The names after "phối hợp với" in a run of tokens, with their places."""
    low = tokens.low
    out: list[tuple[str, int, int]] = []
    k = i
    while k < end - 1:
        start = -1
        if low[k] == "phối" and low[k + 1] == "hợp" and (k == i or low[k - 1] not in _NOT_AFTER):
            start = _after_with(tokens, k + 2, end)
        elif low[k : k + 2] == ["cùng", "với"] and (k == i or low[k - 1] == "," or low[k - 1] == "trì"):
            start = k + 2
        elif low[k] == "cùng" and low[k - 2 : k] in (["trì", ","], ["chủ", "trì"]):
            start = k + 1
        elif low[k : k + 2] == ["với", "sự"] and low[k + 2 : k + 4] in _TAKING_PART and low[k + 4 : k + 5] == ["của"]:
            start = k + 5
        if start >= 0:
            names, after = read_names(tokens, start, end)
            if not names:
                names, after = read_unknown(tokens, start, end)
            out += [(n.text, tokens.start[n.first], tokens.end[n.last - 1]) for n in names]
            k = max(after, k + 1)
        else:
            k += 1
    return out


def _after_with(tokens: Tokens, k: int, end: int) -> int:
    """The token after "với" or "cùng"; also where a name follows "phối hợp" at once; -1 where neither stands."""
    low = tokens.low
    if (
        k < end
        and low[k] not in ("với", "cùng")
        and starts_name(tokens, k, end)
        and (tokens.capital(k) or low[k] == "các")
    ):
        return k
    for m in range(k, min(end, k + 7)):
        if low[m] in ("với", "cùng"):
            after = m + 1
            return after + 1 if after < end and low[after] == "với" else after
        if low[m] not in _BETWEEN:
            return -1
    return -1
