"""What goes on inside a name after a comma or "và": further nouns of one class, places, fields, joined words."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.reader.find.heads import capital_run, head_at, new_name
from dondoc.reader.find.lexicon import rows, terms
from dondoc.reader.find.tokens import Tokens

# The last word of a class of offices: what follows it may be a verb that elsewhere is a noun.
_CLASS_ENDS = terms("vị ngành phương xã phường tỉnh huyện thể phố khu ủy quan")
# After a post one run of classes is one: "Người đứng đầu cấp ủy, chính quyền, cơ quan, đơn vị".
_OFFICES = frozenset({"organ", "party"})
# Words that a comma joins inside names: "Phòng, chống thiên tai", "phòng cháy, chữa cháy", "thuộc, trực thuộc".
JOINED = frozenset((before, after) for before, after in rows("joined.txt"))


@dataclass(slots=True)
class NameWalk:
    """Where the reading of one name stands."""

    at: int
    last: int
    kind: str
    plural: bool
    head: int
    relative: bool = False
    closed: bool = False
    whole: int = -1
    post: bool = False

    def take(self, size: int) -> bool:
        """Takes the next tokens into the name."""
        self.at = self.last = self.at + size
        return True

    def complete(self, tokens: Tokens) -> bool:
        """Whether what has been read may be all of the name: a verb of any kind may follow."""
        i = self.at
        return i == self.last and (self.whole == i or tokens.capital(i - 1) or tokens.low[i - 1] in _CLASS_ENDS)


def comma_goes_on(tokens: Tokens, walk: NameWalk, i: int, end: int) -> int:
    """After a comma or "và" at ``i - 1``: how many tokens of a further noun of the same class belong to the name."""
    found = head_at(tokens, i, end)
    if found and walk.post and walk.kind in _OFFICES and found[0] in _OFFICES and not tokens.capital(i):
        walk.kind = found[0]
        return found[1]
    if found and (walk.kind, found[0]) == ("committee", "party") and walk.last == walk.head and not tokens.capital(i):
        walk.kind = "party"
        return found[1]
    if found is None or found[0] != walk.kind:
        return 0
    kind, size = found
    bare = not tokens.capital(i)
    if kind == "organ" and not bare:
        follows = i + size
        bare = walk.plural and not (follows < end and tokens.capital(follows))
    if kind in ("firm", "company", "place", "committee"):
        bare = walk.plural or bare or kind == "place"
        if kind == "place" and tokens.capital(i) and i + size < end and tokens.capital(i + size):
            bare = False
    if kind == "force":
        bare = tokens.low[i] != "lực"
        if _of_force(tokens, walk):
            return size if bare else 0
    return size if bare and (walk.plural or kind in ("place", "organ", "company", "party", "people")) else 0


def named_so(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a word with a capital stands at a token: part of a name and no class."""
    return i < end and tokens.capital(i)


_BODIES = frozenset({"organ", "named", "firm", "company"})


def class_goes_on(tokens: Tokens, walk: NameWalk, i: int, end: int) -> int:
    """ "các trường đại học, học viện", "các khu công nghiệp, khu chế xuất": the tokens that go on with one class."""
    if i >= end or tokens.capital(i):
        return 0
    low = tokens.low
    if low[i].isdigit():
        return 1 if walk.plural and low[i - 2].isdigit() else 0
    found = head_at(tokens, i, end)
    if found:
        return found[1] if walk.plural and walk.kind in _BODIES and found[0] in _BODIES else 0
    several = max((k for k in range(max(i - 8, 1), i - 1) if low[k] == "các"), default=-1)
    return 1 if several > 0 and low[several + 1] == low[i] else 0


def field_goes_on(tokens: Tokens, i: int, end: int) -> int:
    """ "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch": the tokens of a further field up to "và" and its own."""
    if i >= end or not tokens.capital(i) or new_name(tokens, i, end) or not tokens.capital(max(i - 3, 0)):
        return 0
    for k in range(i + 1, min(i + 4, end - 1)):
        if tokens.low[k] == "và" and tokens.capital(k + 1) and not new_name(tokens, k + 1, end):
            return k - i
        if tokens.capital(k) or not tokens.low[k].isalpha():
            return 0
    return 0


def _of_force(tokens: Tokens, walk: NameWalk) -> bool:
    """Whether a name begins with "lực lượng": those it lists are one."""
    return any(tokens.low[k : k + 2] == ["lực", "lượng"] for k in range(max(walk.head - 4, 0), walk.head))


def places_go_on(tokens: Tokens, walk: NameWalk, i: int, end: int) -> int:
    """ "các tỉnh Đắk Lắk, Gia Lai và Lâm Đồng": how many tokens of a further place name belong to the name."""
    if walk.kind != "place" or not walk.plural or i >= end or not tokens.capital(walk.last - 1):
        return 0
    if not tokens.capital(i) or new_name(tokens, i, end):
        return 0
    return capital_run(tokens, i, end)
