"""What a percentage and an amount of money say: a rate of a plan, money paid or waiting, or a figure of the economy."""

from __future__ import annotations

import re

from dondoc.reader.model import ClaimState

MOVES = re.compile(r"(?<!\w)(?:tăng|giảm|lên|xuống|tăng trưởng|vượt thu|hụt thu|thêm)(?!\w)", re.IGNORECASE)
_ECONOMIC = re.compile(
    r"tăng trưởng|(?<!\w)(?:tăng|giảm|lên|xuống|thặng dư|nhập siêu|xuất siêu)(?!\w)|GDP|GRDP|CPI|lạm phát|tỷ trọng|"
    r"chỉ số|thu nhập|năng suất|kim ngạch|xuất khẩu|nhập khẩu|lãi suất|tỷ giá",
    re.IGNORECASE,
)
_REVENUE = re.compile(
    r"kim ngạch|xuất khẩu|nhập khẩu|thu phí|tổng thu|thu ngân sách|doanh thu|GDP|cán cân|giá trị", re.IGNORECASE
)
_PLAN_AFTER = re.compile(
    r"\s*(?:so với\s+)?(?:tổng\s+|mức\s+)?(?:k[ếể] hoạch|KH|dự toán|chỉ tiêu|nghị quyết|mục tiêu|nhiệm vụ|số vốn|"
    r"vốn|nguồn vốn|tổng số|mức dư nợ|số|dự án|khối lượng|yêu cầu|hạn mức|mức trần|trần nợ|giới hạn|diện tích)(?!\w)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s*(?:/\s*năm|so (?:với )?(?:cùng kỳ|năm|tháng|tuần|quý|bình quân|đầu năm|cuối năm))", re.IGNORECASE
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:đảng viên|cán bộ|công chức|người|hộ|xã|học sinh|tổ chức|cơ quan|đơn vị|hồ sơ|thủ tục|văn bản|"
    r"địa phương|đại biểu|doanh nghiệp)",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(
    r"hoàn thành|thực hiện|tiến độ|giải quyết|phân bổ|bàn giao|kết nạp|thu hồi|xử lý|đúng hạn", re.IGNORECASE
)
_REACHES = re.compile(r"(?<!\w)(?:đạt|bằng|chiếm|vượt|ước|là|còn|được)\W*(?:\w+\W+){0,2}$", re.IGNORECASE)
# "mới đạt 61%", "bàn giao mặt bằng, đến nay đạt 87%": measured against the whole that is owed.
_FALLS_SHORT = re.compile(r"(?<!\w)(?:mới|chỉ)\s+(?:đạt|được)\W*(?:\w+\W+){0,2}$", re.IGNORECASE)
_BESIDE_ANOTHER = re.compile(r"(?<!\w)(?:thấp|cao|nhiều|ít|lớn|nhỏ) hơn(?!\w)", re.IGNORECASE)
_RATE_OF_WORK = re.compile(
    r"tỷ lệ (?:\w+ ){0,3}(?:nhiệm vụ|hồ sơ|thủ tục|văn bản|kiến nghị|dự án|chỉ tiêu|đơn|dịch vụ công|phản ánh)(?!\w)",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"(?<!\w)(?:đến nay|đến (?:hết |cuối )?(?:ngày|tháng|năm)|hiện nay|hiện|tính đến|lũy kế)(?!\w)", re.IGNORECASE
)
_POPULATION_AFTER = re.compile(r"\s+(?:dân số|dân cư|lao động|hộ dân)(?!\w)", re.IGNORECASE)
_DISBURSED = re.compile(r"giải ngân", re.IGNORECASE)
_CAPITAL = re.compile(r"giải ngân|(?<!\w)vốn(?!\w)|kế hoạch", re.IGNORECASE)
_SHARE_OF = re.compile(r"tỷ lệ|chiếm|bình quân|so với|còn lại", re.IGNORECASE)
_YEAR_IN_FRONT = re.compile(r"(?:giai đoạn|năm|quý|tháng) [\d/–-]+ \($")
_PAID = re.compile(r"(?P<not>chưa\s+(?:\w+\s+){0,2})?(?P<verb>giải ngân|phân bổ|thanh toán)", re.IGNORECASE)
_TOTAL_MONEY = re.compile(
    r"(?:tổng (?:vốn|mức|dư nợ|nhu cầu|dự toán|kinh phí|số vốn|nguồn vốn|nguồn lực|số|cộng)|"
    r"k[ếể] hoạch (?:vốn|\w+ giao|giao)|được giao)",
    re.IGNORECASE,
)
# "kinh phí 8 tỷ đồng, trong đó …": an amount that is broken up at once is the total of its parts.
_FUNDS = re.compile(r"(?<!\w)(?:kinh phí|nhu cầu|mức đầu tư|nguồn lực|số tiền|vốn đầu tư|dự toán)(?!\w)", re.IGNORECASE)
_BROKEN_UP = re.compile(r"[^.;\d]{0,40}(?:trong đó|bao gồm|gồm)(?!\w)", re.IGNORECASE)
# "đã tiếp nhận 20 tỷ đồng": what was done with money is done; what it came to or rose by is a figure.
_SPENT = re.compile(
    r"(?<!\w)đã (?:(?!đạt|có|là|tăng|giảm|vượt|thu(?! hồi)|lên|xuống|còn|ước|tiết kiệm|đăng ký)\w+[ \n]+){1,9}$",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?<!\w)đã (?!có(?!\w))", re.IGNORECASE)
_PAYS = re.compile(
    r"^\s*(?:và\s+)?(?:chi|hỗ trợ|thanh toán|cấp|trả|bố trí|thu hồi|xử phạt|phạt|thu nộp|nộp|truy thu|huy động|"
    r"vận động|ủng hộ|trích|giảm trừ|xử lý|cho vay)(?!\w)",
    re.IGNORECASE,
)
# What goes out: "chi đầu tư phát triển đạt …", "cho vay"; not "chi phí", "chi tiết", "chi cục".
_OUTLAY = re.compile(
    r"(?<!\w)(?:chi(?! (?:phí|tiết|nhánh|cục|bộ|hội|đội|phối))|cho vay|bồi thường|trợ cấp|vốn thực hiện|"
    r"đầu tư thực hiện)(?!\w)",
    re.IGNORECASE,
)
_CARRIED_OUT_BEFORE = re.compile(r"thực hiện\s*(?:được\s*)?$", re.IGNORECASE)
_GIVEN_BEFORE = re.compile(r"giao\s*\($", re.IGNORECASE)
_NOT_YET_AFTER = re.compile(r"chưa (?:\w+ ){0,3}(?:phân bổ|giải ngân|giao|thanh toán)", re.IGNORECASE)
_SAYS_AN_AMOUNT = re.compile(
    r"(?<!\w)(?:đạt|là|được|thu|chi|tương đương|khoảng|trên|tiết kiệm|với|nộp|hoàn thành|"
    r"vốn|trị giá|giá trị|kinh phí|số tiền|doanh thu|bình quân|kim ngạch)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)

Rules = tuple[tuple[ClaimState | None, object], ...]


def _first(rules: Rules) -> ClaimState | None:
    return next((state for state, holds in rules if holds), None)


def percent_state(before: str, after: str, earlier: str, *, in_brackets: bool) -> ClaimState | None:
    """Whether a percentage is a rate of implementation or a figure of the economy; None if it is neither.

    ``before`` is the sentence up to the number, ``after`` what follows, ``earlier`` the sentence before. The first
    rule that holds decides.
    """
    clause = re.split(r"[;:(]|, ", before)[-1]
    moved = MOVES.search(clause[-40:]) or _BESIDE_ANOTHER.search(clause)
    beyond_plan = not moved or clause.rstrip().endswith(("vượt", "đạt"))
    bare_in_brackets = in_brackets and not clause.strip()
    reaches = _REACHES.search(clause)
    return _first(
        (
            ("other", _COMPARED.match(after)),
            ("rate", _PLAN_AFTER.match(after) and beyond_plan),
            ("other", moved),
            ("rate", _COUNTED_AFTER.match(after) and not in_brackets),
            ("rate", _CARRIED_OUT.search(clause)),
            ("rate", _DISBURSED.search(before)),
            ("other", bare_in_brackets and _YEAR_IN_FRONT.search(before)),
            (None, bare_in_brackets),
            ("other", _ECONOMIC.search(before)),
            ("other", _POPULATION_AFTER.match(after)),
            ("rate", reaches and _RATE_OF_WORK.search(clause)),
            ("rate", _FALLS_SHORT.search(clause)),
            ("rate", reaches and _SO_FAR.search(clause) and _CARRIED_OUT.search(before)),
            ("other", not reaches and _SHARE_OF.search(before)),
            (None, not reaches),
            ("rate", _CAPITAL.search(before + earlier)),
            ("other", True),
        )
    )


def money_state(before: str, after: str, earlier: str, *, in_brackets: bool) -> ClaimState | None:
    """Whether money is paid out, still waiting, a total, or a figure of the economy; None if it reports nothing.

    ``before`` is the sentence up to the number, ``after`` what follows, ``earlier`` the sentence before, which a
    sentence that begins "Trong đó" goes on with. The first rule that holds decides.
    """
    topic = earlier + before if before.lstrip(" \n+-").lower().startswith("trong đó") else before
    clause = re.split(r"[;(]|, ", before)[-1]
    bullet = not clause.strip(" +-")
    payments = list(_PAID.finditer(clause + after[:20] if bullet else clause))
    paid = payments[-1] if payments and not re.search(r"kế hoạch\s*$", clause[: payments[-1].start()]) else None
    return _first(
        (
            ("other", MOVES.search(clause[-25:])),
            ("waiting", paid and paid["not"]),
            ("done", paid),
            ("done", _SPENT.search(clause) or (_PAST.search(before) and _PAYS.search(clause))),
            ("done", _OUTLAY.search(clause)),
            ("done", _REVENUE.search(before) and _CARRIED_OUT_BEFORE.search(clause)),
            ("other", _REVENUE.search(before)),
            ("total", _FUNDS.search(clause) and _BROKEN_UP.match(after[:80])),
            ("total", _TOTAL_MONEY.search(clause) or (in_brackets and _GIVEN_BEFORE.search(before))),
            ("done", _DISBURSED.search(topic)),  # the sources of capital listed after what was disbursed
            ("waiting", _NOT_YET_AFTER.search(after[:80])),
            ("other", in_brackets or _SAYS_AN_AMOUNT.search(clause)),
        )
    )
