"""A paper made by hand for the tests of its printed forms: hostile words, long words, a table of several pages.

Everything in it is invented. The words are such as a document could hold that somebody wrote in order to break
out of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from dondoc.office.charts import programme_bars
from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.blocks import (
    Annex,
    Chart,
    Column,
    FigureRun,
    Heading,
    Paragraph,
    Quote,
    Report,
    Row,
    Signer,
    Table,
    Text,
)

DAY = date(2026, 7, 1)
KNOWN = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)
HOSTILE = (
    '#read("/etc/passwd") $x^2$ \\u{41} *đậm* _nghiêng_ ]#[ // ghi chú /* */ @nhan <nhan> '
    "`mã` = đầu \"trích\" '' ~ -- ---"
)
FORMULAS = ("=1+2", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://mau.vn","bấm")')
TASKS = 70


def counted(key: str, value: int | Decimal | None, says: str, definition: str | None = None) -> FigureValue:
    """A figure as the registry would hand it over."""
    return FigureValue(key, (("scope", "mau"),), value, says, says, DAY, KNOWN, definition, f"/figures/{key}?scope=mau")


TOTAL = counted("tasks.total", 1235, "Số nhiệm vụ được giao, tính đến ngày 01/7/2026")
DONE = counted("tasks.done", 8, "Số nhiệm vụ đã xong, tính đến ngày 01/7/2026", "“đã xong”, áp dụng từ 01/01/2026")
RATE = counted("duties.rate", Decimal("41.5"), "Tỷ lệ nhiệm vụ đúng hạn")
LATE = counted("duties.late", None, "Số nhiệm vụ quá hạn, tính đến ngày 01/7/2026")
LEFT = counted("tasks.left", 1227, "Số nhiệm vụ còn lại, tính đến ngày 01/7/2026")

_BARS = [("Nhiệm vụ của chương trình", (("đã xong", "done", DONE), ("đang làm", "active", LEFT)))]
_TWIN = Table(
    (Column("Trạng thái"), Column("Số lượng", "end")),
    (
        Row(((Text("đã xong"),), (FigureRun(DONE),))),
        Row(((Text("đang làm"),), (FigureRun(LEFT),))),
    ),
)
CHART = Chart(programme_bars(_BARS), "Tình hình thực hiện", "Đã xong: 8; đang làm: 1.227.", _TWIN)
SENTENCE = (
    Text("Trong "),
    FigureRun(TOTAL),
    Text(" nhiệm vụ có "),
    FigureRun(DONE, "08"),
    Text(" nhiệm vụ đã xong, đạt "),
    FigureRun(RATE),
    Text("% đúng hạn; quá hạn: "),
    FigureRun(LATE),
    Text(f". {HOSTILE} "),
    Quote("tiền ]#[ $ \\", "Văn bản 17/CTr-UBND", "mục 2"),
    Text("."),
)
SUMMARY = Table(
    (Column("STT", "center", 1), Column("Nội dung", share=5), Column("Số lượng", "end", 2)),
    (
        Row(((), (Text("Nhóm " + HOSTILE),), ()), head=1, strong=True),
        Row(((Text("1"),), (Text("Được giao"),), (FigureRun(TOTAL),)), head=1),
        Row(((Text("2"),), (Text("Đúng hạn"),), (FigureRun(RATE), Text("%"))), head=1),
        Row(((Text("3"),), (Text("Quá hạn"),), (FigureRun(LATE),)), head=1),
        Row(((Text("4"),), (Text(FORMULAS[4]),), (Text("1.234"),)), head=1),
    ),
    "Bảng tổng hợp",
)
LONG = Table(
    (
        Column("STT", "center", 1),
        Column("Nội dung", share=5),
        Column("Cơ quan", share=3),
        Column("Thời hạn", "center", 2),
    ),
    tuple(
        Row(
            (
                (Text(str(number)),),
                (Text(f"{FORMULAS[number % 5]} Nhiệm vụ mẫu thứ {number} với một tên gọi dài hơn một dòng của bảng"),),
                (Text("Sở Mẫu"),),
                (Text("30/9/2026" if number % 2 else "31/02/2026"),),
            ),
            head=1,
        )
        for number in range(1, TASKS + 1)
    ),
)
PARTY = Report(
    type_name="Báo cáo",
    title=(
        "tình hình, kết quả thực hiện nhiệm vụ được giao tại Nghị quyết số 12-NQ/TU của Ban Chấp hành Đảng bộ "
        "thành phố về phát triển vùng mẫu nhanh và bền vững 6 tháng đầu năm 2026"
    ),
    issuer_name="Ban Thường vụ Đảng ủy phường Bến Thử",
    parent_name="Đảng bộ thành phố Sông Mẫu",
    speaker="Ban Thường vụ Đảng ủy",
    place="Bến Thử",
    issued_on=date(2026, 7, 3),
    hierarchy="party",
    number_symbol="Số 05-BC/ĐU",
    recipients=("Thường trực Thành ủy (để báo cáo)", "Các chi bộ trực thuộc " + HOSTILE, "Lưu Văn phòng Đảng ủy"),
    signer=Signer(("T/M BAN THƯỜNG VỤ",), "Phó Bí thư", "Trần Thị Mẫu"),
    as_of=DAY,
    known_at=KNOWN,
    blocks=(
        Paragraph((Text("Thực hiện Nghị quyết số 12-NQ/TU, Ban Thường vụ Đảng ủy báo cáo như sau:"),)),
        Heading(1, (Text("Kết quả " + HOSTILE),)),
        Heading(2, (Text("Nhiệm vụ được giao"),)),
        Paragraph(SENTENCE),
        *(Paragraph((Text(text), Text(" đậm", bold=True)), "item") for text in FORMULAS),
        Heading(3, (Text("Hình vẽ"),)),
        CHART,
        SUMMARY,
        Paragraph((Text("Trên đây là báo cáo của Ban Thường vụ Đảng ủy."),)),
    ),
    annexes=(Annex("Danh mục nhiệm vụ", (LONG,)), Annex("Tổng hợp", (SUMMARY,))),
    notes=((Text("Số liệu mẫu."),),),
)
STATE = replace(
    PARTY,
    issuer_name="Văn phòng",
    parent_name="Ủy ban nhân dân tỉnh Mẫu Sơn",
    place="Mẫu Sơn",
    issued_on=date(2026, 2, 5),
    hierarchy="state",
    number_symbol="Số: 07/BC-VP",
    recipients=("Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Lưu: VT, TH."),
    signer=Signer(("KT. Chánh Văn phòng",), "Phó Chánh Văn phòng", "Lê Văn Thử"),
)
