"""Orders whose addressee stands elsewhere or in an unusual place: parallel points, topics, agents after "do"."""

from __future__ import annotations

from dondoc.reader.find.agencies import Name, read_names, starts_name
from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.orders import Order, by_verb
from dondoc.reader.find.parts import Part
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.prefaces import skip_connectives, starts_preface
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.find.walk import Walk

_DONE = frozenset({"đã", "đang", "vừa"})
_NOMINAL = terms(
    "các những mọi việc công số tổng tỷ nội dự đề kế luật nghị quyết thông chỉ văn báo danh phụ mẫu biểu "
    "kinh nguồn vốn mức thời địa đối về theo người hộ tài cơ đơn tên họ ngày tháng năm quý từ đến trong "
    "ngoài tại do vì khi nếu để nhằm là có một hai ba bốn phương hệ chương mục điều khoản điểm bảng hình "
    "chính hạ môi giá thuế chi vật nhân hàng nhà đất xe tàu cầu đường trường bệnh riêng trên dưới sau "
    "trước qua bên nơi như và hoặc của cho với bằng bị được đã đang sẽ chưa không thứ lĩnh kết mục tình "
    "quy tiêu tiến trách quyền lực vùng khu dân nông thủy lâm"
)


def parallel(walk: Walk, index: int, piece: Part, number: int) -> Order | None:
    """Points of one list are parallel: beside a point that begins with a verb, an unknown first word is one too."""
    part = walk.parts[index]
    if number or part.kind not in ("bullet", "letter", "paren", "dotted") or piece.start != part.body:
        return None
    start = piece.first
    if piece.last - start < 4 or walk.tokens.low[start] in _NOMINAL or not walk.tokens.low[start].isalpha():
        return None
    for other in (index - 1, index + 1):
        if 0 <= other < len(walk.parts):
            sibling = walk.parts[other]
            first = walk.tokens.index(sibling.body)
            if (
                sibling.kind == part.kind
                and sibling.parent == part.parent
                and by_verb(walk.tokens, first, walk.tokens.index(sibling.end))
            ):
                return Order((), start, start, "parallel")
    return None


_NO_TOPIC_BEFORE = ("không", "chưa", "nhu", "thì", "đều", "ở")
_BY_DEEDS = terms("chủ đảm phụ chịu thực tổ làm đầu")


def topic(walk: Walk, piece: Part) -> Order | None:
    """ "việc sửa chữa phải hoàn thành …": what must become so, the addressee left out.

    Whoever "has the duty" to do something is the addressee, even where no list knows the word for them.
    """
    tokens = walk.tokens
    low = tokens.low
    start = skip_connectives(tokens, piece.first, piece.last)
    for k in range(start + 1, min(piece.last, start + 70)):
        if low[k : k + 2] == ["hoàn", "thành"] and low[k - 1] == "," and predicate(tokens, start, piece.last) is None:
            return Order((), start, start, "topic", True)
        if low[k] in ("có", "chịu") and low[k + 1 : k + 3] == ["trách", "nhiệm"] and _whoever(tokens, start, k):
            return Order((Name(start, k, tokens.slice(start, k)),), start, k, "subject", True)
        if low[k] in ("phải", "cần") and low[k - 1] not in _NO_TOPIC_BEFORE:
            if "thì" in low[start:k]:
                return None
            return Order((), start, start, "topic", True)
    return None


def _whoever(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a run may name those who have a duty: few words, no thing, nothing that leads up to a subject."""
    if not 1 < end - start < 14 or tokens.low[start] in _NOMINAL or lexicon().things.at(tokens.low, start, end):
        return False
    plain = all(word[0].isalnum() or word in ",-" for word in tokens.low[start:end])
    return plain and not starts_preface(tokens, start, end) and predicate(tokens, start, end) is None


def by_agent(walk: Walk, piece: Part) -> Order | None:
    """ "Việc trang trí do Trung tâm Văn hóa đảm nhiệm": the addressee after "do", what is owed before it."""
    tokens, low = walk.tokens, walk.tokens.low
    if "do" not in low[piece.first : piece.last]:
        return None
    if predicate(tokens, piece.first, piece.last) or any(w in _DONE for w in low[piece.first : piece.last]):
        return None
    for k in range(piece.first + 2, min(piece.last - 2, piece.first + 40)):
        if low[k] == "do" and starts_name(tokens, k + 1, piece.last):
            names, after = read_names(tokens, k + 1, piece.last)
            if names and after < piece.last and low[after] in _BY_DEEDS and predicate(tokens, after, piece.last):
                return Order(tuple(names), piece.first, after, "agent")
            return None
    return None
