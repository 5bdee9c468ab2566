"""Who stands above whom: what a lower unit asks of a higher one is a petition, not an order."""

from __future__ import annotations

from dondoc.reader.find.agencies import Name, read_names
from dondoc.reader.find.tokens import Tokens

# From the people up to the centre; a name takes the level of its lowest word, "Chủ tịch UBND xã" that of "xã".
_LEVELS = (
    ("dân", "cử tri", "hộ", "doanh nghiệp", "bà con", "đại biểu"),
    ("xã", "phường", "thị trấn", "đặc khu", "địa phương", "thôn", "trường", "cơ sở"),
    ("huyện", "quận", "thị xã", "phòng"),
    ("tỉnh", "thành phố", "sở", "thành ủy", "tỉnh ủy"),
    ("bộ", "chính phủ", "trung ương", "quốc hội", "thủ tướng", "ban bí thư", "nhà nước"),
)


def level_of(text: str) -> int | None:
    """0 (the people) to 4 (the centre), or None where a name does not tell."""
    low = f" {text.lower()} "
    if "trung ương" in low or "chính phủ" in low:
        return 4
    for level, words in enumerate(_LEVELS):
        if any(f" {word} " in low for word in words):
            return level
    return None


def asks_above(tokens: Tokens, i: int, t: int, told: Name) -> bool:
    """Whether those who speak before token ``t`` stand below the one they address."""
    names, after = read_names(tokens, i, t)
    if not names or t - after > 3:
        return False
    below, above = level_of(names[-1].text), level_of(told.text)
    return below is not None and above is not None and below < above
