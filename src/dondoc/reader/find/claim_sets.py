"""Which counts belong together: a total, and the parts of the same set that the text gives after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dondoc.reader.find.numerals import Quantity
from dondoc.reader.model import ClaimState

# Words that open the parts of a set named before them; "kế hoạch cụ thể, 8 nhiệm vụ …" describes a plan and opens none.
_OPENS_PARTS = re.compile(
    r"(?:trong (?:đó|số (?:đó|này))|(?:bao )?gồm|(?:^|(?<=[,;.:(]\s))cụ thể(?: là)?|chia ra|riêng)(?!\w)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\W*(?:trong (?:đó|số (?:đó|này))|đến nay|hiện(?: nay)?|tính đến|kết quả|"
    r"cụ thể|có|đã|còn|số còn lại|theo đó)(?!\w)",
    re.IGNORECASE,
)
_GOES_ON_INSIDE = re.compile(
    r"(?<!\w)(?:trong (?:đó|số)|đến nay|hiện(?: nay)?|tính đến|kết quả|cụ thể|có|đã|theo đó|số còn lại)(?!\w)|:",
    re.IGNORECASE,
)
# "14 nhiệm vụ do UBND chủ trì": said of a set, not of how it stands.
_NAMES_A_SET = re.compile(
    r"(?<!\w)(?:trong(?: số| tổng số)?|về|đối với(?: danh mục)?|với|danh mục|"
    r"(?:qua|sau khi) (?:rà soát|kiểm tra|tổng hợp|đánh giá|thống kê|theo dõi))\s+$",
    re.IGNORECASE,
)
# "hoàn thành 30 nhiệm vụ (đúng hạn 27, …)": what stands in brackets right after a count divides it.
_OPENS_BRACKETS = re.compile(r"\s*\((?:[^(),;:]{0,40})$")
# More sets than this are never open at once in a text that people write.
_DEEPEST = 6
# What a resolution is broken into may be called by different nouns in one set.
_KIN = (
    "nhiệm vụ",
    "dự án",
    "nội dung",
    "công việc",
    "đề án",
    "chỉ tiêu",
    "công trình",
    "chương trình",
    "đầu việc",
)

# "Trong 31 chủ đầu tư, có 9 đơn vị …": what any body, place or case may be called when it is counted again.
_ANY_BODY = ("đơn vị", "cơ quan", "địa phương", "trường hợp", "cơ sở", "nơi", "điểm")


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its state and the words around it: what sets are made of."""

    quantity: Quantity
    state: ClaimState | None
    sentence: int
    before: str
    after: str
    scope: str = ""
    rule: str = ""
    of: float | None = None

    @property
    def is_bullet(self) -> bool:
        return re.match(r"\s*[-+–•]", self.before) is not None

    @property
    def is_beside(self) -> bool:
        return re.search(r"(?:,|(?<!\w)và)\s*$", self.before) is not None


@dataclass(slots=True)
class _Set:
    total: Counted
    size: float
    last_sentence: int
    parts_opened: bool = False
    in_brackets: bool = False
    sum: float = 0
    parts: list[int] = field(default_factory=list)


def names_a_set(before: str) -> bool:
    """Whether the words before a count name a set that is spoken of: "Trong 31 chủ đầu tư", "Về 16 dự án"."""
    return _NAMES_A_SET.search(before) is not None


def resolve_sets(counted: Sequence[Counted]) -> list[Counted]:
    """Gives each part the total of its set, and names totals: the same sentence and the one after it are looked at.

    A set is closed when its parts add up to it, when another set is named, or when a sentence goes by without it.
    """
    out = list(counted)
    opened: list[_Set] = []
    for place, item in enumerate(counted):
        reach = 3 if item.is_bullet else 1
        opened = [s for s in opened if item.sentence <= s.last_sentence + reach and not _is_full(s)][-_DEEPEST:]
        opened = [s for s in opened if not (s.in_brackets and _closes_brackets(item))]
        opened += _subset(item, counted[max(0, place - 2) : place])
        home = _home(item, opened)
        if home:
            while opened and opened[-1] is not home:
                opened.pop()
            home.sum += item.quantity.value
            home.parts.append(place)
            home.last_sentence = item.sentence
            state = _inherited(home, item) or item.state
            out[place] = replace(item, of=home.size, state=state)
        if item.quantity.of is not None:
            opened.append(_Set(item, item.quantity.of, item.sentence, sum=item.quantity.value, parts=[place]))
        elif home and item.state is None and item.quantity.unit_class != "work":
            continue
        elif item.state is None or item.state == "total" or _money_total(item, counted, place):
            opened.append(_Set(item, item.quantity.value, item.sentence))
    named: list[Counted] = []
    for place, item in enumerate(out):
        named.append(_named(item, out[place + 1 : place + 8], named[-1] if named else None))
    return named


def _subset(item: Counted, before: Sequence[Counted]) -> list[_Set]:
    """ "7 nhiệm vụ đang triển khai, trong đó có 2 nhiệm vụ chậm": parts of a part."""
    near = [c for c in before if c.quantity.unit_class != "percent" and c.sentence == item.sentence]
    bracketed = _OPENS_BRACKETS.match(item.before) is not None
    if not near or not (bracketed or _OPENS_PARTS.search(item.before)) or near[-1].state in (None, "total"):
        return []
    former = near[-1]
    if former.quantity.unit != item.quantity.unit or former.quantity.unit_class in ("money", "percent"):
        return []
    if former.quantity.of is not None and not bracketed:
        return []
    size = former.quantity.value
    return [_Set(former, size, former.sentence, parts_opened=bracketed, in_brackets=bracketed)]


def _closes_brackets(item: Counted) -> bool:
    return item.before.count(")") > item.before.count("(")


def _is_full(found: _Set) -> bool:
    return bool(found.parts) and abs(found.sum - found.size) < 1e-6


def _home(item: Counted, opened: list[_Set]) -> _Set | None:
    if item.quantity.of is not None or item.quantity.unit_class == "percent":
        return None
    if names_a_set(item.before):
        return None
    candidates = [s for s in reversed(opened) if _may_hold(s, item)]
    if not candidates:
        return None
    same_unit = [s for s in candidates if s.total.quantity.unit == item.quantity.unit]
    return (same_unit or candidates)[0]


def _may_hold(found: _Set, item: Counted) -> bool:
    marked = _OPENS_PARTS.search(item.before) is not None
    fits = item.quantity.value < found.size and found.sum + item.quantity.value <= found.size + 1e-6
    if not fits or not _same_kind(found.total.quantity, item.quantity, already=found.parts_opened or marked):
        return False
    if marked or found.in_brackets:
        found.parts_opened = True
        return True
    goes_on = _GOES_ON.search(item.before[-40:]) is not None
    if item.sentence > found.last_sentence and not goes_on and not item.is_bullet:
        return False
    if found.parts:
        return found.parts_opened or item.state is not None
    return _begins(found, item, goes_on=goes_on)


def _begins(found: _Set, item: Counted, *, goes_on: bool) -> bool:
    """Whether a count is the first part of a set though no "trong đó" says so: "Trong 14 nhiệm vụ …, có 7 đã xong"."""
    unit_class = found.total.quantity.unit_class
    if unit_class == "measure" or (unit_class == "money" and found.total.state != "total"):
        return False
    named = names_a_set(found.total.before) and item.sentence == found.total.sentence
    if named and goes_on and item.state is None:
        return True
    led = _GOES_ON_INSIDE.search(item.before) is not None or names_a_set(found.total.before)
    return item.state not in (None, "total") and (goes_on or (led and item.sentence == found.total.sentence))


def _same_kind(total: Quantity, part: Quantity, *, already: bool) -> bool:
    if total.unit_class in ("money", "measure") or part.unit_class in ("money", "measure"):
        return total.unit == part.unit
    if total.unit == part.unit or already:
        return True
    if total.unit_class == "other" and part.unit in _ANY_BODY:
        return True
    heads = [next((kin for kin in _KIN if unit.startswith(kin)), unit) for unit in (total.unit, part.unit)]
    return heads[0] == heads[1] or all(head in _KIN for head in heads)


def _inherited(home: _Set, item: Counted) -> ClaimState | None:
    """Parts of an amount of money stand as the amount does: "đã phân bổ là … (bao gồm …)"."""
    if item.state in (None, "other") and home.total.state in ("done", "active", "waiting"):
        return home.total.state
    return None


def _money_total(item: Counted, counted: Sequence[Counted], place: int) -> bool:
    """Whether an amount is broken up by what follows it: "(bao gồm …", "Trong đó:"."""
    if item.quantity.unit_class not in ("money", "measure"):
        if item.quantity.unit in ("lần",):
            return False
        return item.state not in ("rate",) and _OPENS_PARTS.match(item.after.strip(" ,;.:(")) is not None
    if item.quantity.unit_class == "money" and item.state == "other":
        return False  # a figure of the economy is no set of the work
    for later in counted[place + 1 : place + 4]:
        if later.quantity.unit_class == item.quantity.unit_class:
            return _OPENS_PARTS.search(later.before) is not None
    return False


def _named(item: Counted, later: Sequence[Counted], former: Counted | None) -> Counted:
    """The state of a count that has none: a total where it holds parts or is a set of its own, else other."""
    if item.state is not None:
        return item
    value = item.quantity.value
    if any(value in (other.of, other.quantity.of) for other in later):
        return replace(item, state="total")
    if former and former.state == "other" and former.quantity.unit == item.quantity.unit and item.is_beside:
        return replace(item, state="other")
    if item.quantity.of is not None:
        return replace(item, state="other")
    if item.quantity.unit_class == "work" and item.of is None and not _OPENS_PARTS.search(item.before):
        return replace(item, state="total")
    return replace(item, state="other")
