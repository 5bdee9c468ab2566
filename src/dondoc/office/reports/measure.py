"""How long lines are on paper: where a typist breaks them, and how long the rules beneath them are.

The widths are those of Times Bold in Adobe's core font metrics, which Times New Roman and Tinos share; a
Vietnamese letter is as wide as the letter it is built on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from math import inf

from dondoc.office.reports.frame import Frame, Line
from dondoc.rules.layouts import Layout

_CAPITALS = (
    "A722 B667 C722 D722 E667 F611 G778 H778 I389 J500 K778 L667 M944 N722 O778 P611 Q778 R722 S556 T667 "
    "U722 V722 W1000 X722 Y722 Z667 Đ722"
)
_SMALL = (
    "a500 b556 c444 d556 e444 f333 g500 h556 i278 j333 k556 l278 m833 n556 o500 p556 q556 r444 s389 t333 "
    "u556 v500 w722 x500 y500 z444 đ556"
)
_OTHER = "-333 .250 ,250 :333 ;333 (333 )333 /278"
_WIDTHS = {pair[0]: int(pair[1:]) for pair in f"{_CAPITALS} {_SMALL} {_OTHER}".split()} | {" ": 250}
_DIGIT = 500
_MM_PER_POINT = 25.4 / 72
_A4_MM = 210
_PART_OF_WORDS = 0.4
"""A "part" rule is a third to a half of the words above it."""
_WIDEST_HEAD = 0.65
_MOST_WORDS = 80
_TORN_MM = 25
"""How much longer a line may become than the shortest way, so that a word is not torn apart."""
# Words of two syllables of which the heads of papers are made.
_ONE_WORD = frozenset(
    """ban chấp|chấp hành|ban thường|thường vụ|thường trực|đảng ủy|đảng bộ|thành ủy|tỉnh ủy|ủy ban|nhân dân|hội đồng
    chi bộ|mặt trận|tổ quốc|việt nam|văn phòng|thành phố|tuyên giáo|dân vận|tổ chức|nội chính|kiểm tra|chỉ đạo|công tác
    tình hình|kết quả|thực hiện|nhiệm vụ|nghị quyết|quyết định|kết luận|chỉ thị|chương trình|hành động|kế hoạch
    báo cáo|công văn|phát triển|kinh tế|xã hội|quốc phòng|an ninh|bền vững|đầu tư|xây dựng|nông nghiệp|môi trường
    khoa học|công nghệ|giáo dục|đào tạo|y tế|nội vụ|tư pháp|tài chính|công thương|văn hóa|thể thao|du lịch|đôn đốc
    theo dõi|bộ chính|chính trị|trung ương|chính phủ|thủ tướng|tháng đầu|đầu năm|cuối năm|quản lý|dự án|số liệu
    đề án|được giao|giai đoạn|phối hợp|chủ tịch|bí thư|giám đốc|trưởng ban|sở nội|cơ quan|đơn vị|nghị định|giải ngân"""
    .replace("\n    ", "|").split("|")
)  # fmt: skip
_SYMBOL_HYPHEN = re.compile(r"(?<=\d)-(?=[A-ZĐ][A-Za-zĐ]*/)|(?<=[A-Za-zĐ])-(?=[A-ZĐ]{2,}\b)")

# Word signs held together by hyphens and slashes, the number in front of a symbol perhaps still blank.
_JOINED = re.compile(r"\u00a0*\w*(?:[-/]\w+)+")


def bold_width_mm(text: str, size_pt: float) -> float:
    """The length in millimetres of one line of bold Times at a size in points; unknown signs count as a
    digit.
    """
    letters = (sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return sum(_WIDTHS.get(letter, _DIGIT) for letter in letters) / 1000 * size_pt * _MM_PER_POINT


def balanced(text: str, size_pt: float, width_mm: float) -> str:
    """Break a centred line that is too long into lines of nearly the same length, as a typist would.

    As few lines as the width allows, up to four, and no break within a word of two syllables ("Đảng ủy") where it
    can be helped; a text that needs more is left to the word processor.
    """
    words = text.split(" ")
    space = bold_width_mm(" ", size_pt)
    ends = [0.0, *accumulate(bold_width_mm(word, size_pt) + space for word in words)]
    for count in range(1, 5 if len(words) <= _MOST_WORDS else 1):
        best: tuple[float, tuple[int, ...]] | None = None
        for cuts in combinations(range(1, len(words)), count - 1):
            longest = max(ends[end] - ends[start] for start, end in pairwise((0, *cuts, len(words)))) - space
            if longest <= width_mm:
                torn = sum(f"{words[cut - 1]} {words[cut]}".lower() in _ONE_WORD for cut in cuts)
                best = min(best or (inf, ()), (longest + torn * _TORN_MM, cuts))
        if best is not None:
            return "\n".join(" ".join(words[start:end]) for start, end in pairwise((0, *best[1], len(words))))
    return text


def text_width_mm(layout: Layout) -> float:
    """The width of the text on an A4 page between the layout's margins."""
    return _A4_MM - layout.margins.left - layout.margins.right


def head_widths_mm(frame: Frame, layout: Layout) -> tuple[float, float]:
    """How the head is parted: the right column takes what its longest line needs, and a little air, up to two
    thirds; the left one the rest.
    """
    whole = text_width_mm(layout)
    longest = max(bold_width_mm(line.text, layout.elements[line.part].size) for line in (*frame.nation, frame.dated))
    right = min(longest + 2, whole * _WIDEST_HEAD)
    return whole - right, right


def rule_mm(line: Line, lines: Sequence[str], layout: Layout, width_mm: float) -> float | None:
    """How long the rule beneath a part is that was broken into `lines`; None where none is drawn."""
    element = layout.elements[line.part]
    if element.rule not in ("full", "part"):
        return None
    words = min(max(bold_width_mm(text, element.size) for text in lines), width_mm)
    return words if element.rule == "full" else words * _PART_OF_WORDS


def symbols_apart(text: str) -> list[tuple[str, bool]]:
    """Cut a text into its words in between and its symbols ("59-NQ/TW", "01/2026/NĐ-CP"), each with whether it is one.

    A symbol has hyphens or slashes and between them an abbreviation in capitals, or begins with a number and goes on
    with a capital; "và/hoặc" and "2021-2025" are none.
    """
    pieces, end = [], 0
    for found in _JOINED.finditer(text):
        parts = re.split("[-/]", found[0])
        numbered = parts[0].strip().isdigit() and parts[1][:1].isupper()
        if numbered or any(len(part) > 1 and part.isupper() for part in parts):
            pieces += [(text[end : found.start()], False), (found[0], True)]
            end = found.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def symbol_pieces(text: str) -> list[str]:
    """Cut a text at the hyphens of symbols ("17/CTr-UBND"), at which no line may break; the hyphens fall out."""
    return _SYMBOL_HYPHEN.split(text)
