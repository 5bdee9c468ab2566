"""Made-up reports for the tests: one of a Party committee, one of a people's committee with other numbers.

Offices, lists and tasks are invented; nothing is taken from a real document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import override

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.arranging import Paper, arranged, plain_plan
from dondoc.office.reports.blocks import Quote, Report, Signer, Text
from dondoc.office.reports.progress import progress_content
from dondoc.office.reports.progress_data import (
    ClaimCheck,
    ProgrammeProgress,
    ProgressFacts,
    TaskRow,
)
from dondoc.office.reports.sentences import GroupCount
from dondoc.rules import templates
from dondoc.rules.layouts import Hierarchy
from dondoc.rules.states import StateClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressData(ProgressFacts):
    """What a report says, with who issues it and how: all that it needs as it comes.

    `speaker` is the issuer as a sentence calls it ("Ban Thường vụ Thành ủy"). The names of the head and of the
    signer are printed as given.
    """

    issuer_name: str
    parent_name: str
    place: str
    hierarchy: Hierarchy
    number_symbol: str
    recipients: tuple[str, ...]
    signer: Signer
    speaker: str
    issued_on: date
    language: str = "vi"


def progress_report(data: ProgressData) -> Report:
    """Write the progress report as it comes, with nothing written into it by hand, in the language of the data."""
    with override(data.language):
        template = templates.template("progress", on=data.issued_on)
        paper = Paper(
            issuer_name=data.issuer_name,
            parent_name=data.parent_name,
            speaker=data.speaker,
            place=data.place,
            hierarchy=data.hierarchy,
            number_symbol=data.number_symbol,
            recipients=data.recipients,
            signer=data.signer,
            as_of=data.as_of,
            known_at=data.known_at,
            issued_on=data.issued_on,
            language=data.language,
        )
        return arranged(
            progress_content(data),
            plain_plan(template, language=data.language),
            paper,
            type_name=template.type_name[data.language],
            title=template.title("resolution", data.scope, language=data.language),
        )


DAY = date(2023, 12, 2)
COMMUNIQUE = "Thông cáo hội nghị ngày 02/12/2023"
TASKS_DEFINITION = "“đã thực hiện”, áp dụng từ 01/01/2023"
PROJECTS_DEFINITION = "“dự án theo giai đoạn”, áp dụng từ 01/9/2021"


def figure(key: str, value: int | None, label: str, definition: str | None = None, **arguments: str) -> FigureValue:
    """A figure as the registry would hand it over."""
    pairs = tuple(sorted(arguments.items()))
    where = "&".join(f"{name}={given}" for name, given in pairs)
    return FigureValue(
        key=key,
        arguments=pairs,
        value=value,
        label=label,
        sentence=f"Số {label} trong danh mục {arguments.get('programme', '')} tại ngày {DAY:%d/%m/%Y}",
        as_of=DAY,
        known_at=None,
        definition=definition,
        url=f"/figures/{key}?{where}",
    )


def programme(
    name: str,
    title: str,
    noun: str,
    lead: str,
    total: int | None,
    groups: Mapping[str, tuple[StateClass, int | None]],
    *,
    late: int | None = 0,
    due_soon: int | None = 0,
    definition: str = TASKS_DEFINITION,
    rows: tuple[TaskRow, ...] = (),
) -> ProgrammeProgress:
    """A list with its figures."""
    return ProgrammeProgress(
        title=title,
        noun=noun,
        lead=(Text(lead),),
        total=figure("tasks.total", total, f"{noun} {lead}", programme=name),
        groups=tuple(
            GroupCount(
                label,
                state_class,
                figure("tasks.in_group", value, f"{noun} {label}", definition, programme=name, group=label),
            )
            for label, (state_class, value) in groups.items()
        ),
        late=figure("duties.late", late, f"{noun} quá hạn", programme=name),
        due_soon=figure("duties.due_soon", due_soon, f"{noun} sắp đến hạn", programme=name),
        rows=rows,
    )


CENTRAL = programme(
    "trung-uong", "Nhiệm vụ do bộ, ngành Trung ương chủ trì", "nhiệm vụ",
    "do bộ, ngành Trung ương chủ trì", 6,
    {"đã thực hiện": ("done", 2), "đang tổ chức thực hiện": ("active", 4)},
    late=None, due_soon=None,
)  # fmt: skip
CITY = programme(
    "thanh-pho", "Nhiệm vụ do thành phố chủ trì", "nhiệm vụ", "do thành phố chủ trì", 14,
    {
        "đã thực hiện": ("done", 8),
        "đang tổ chức thực hiện": ("active", 5),
        "đang tiếp tục nghiên cứu": ("waiting", 1),
    },
    late=1, due_soon=2,
    rows=(
        TaskRow("Xây dựng đề án trung tâm đổi mới sáng tạo (dữ liệu mẫu)", "Sở Khoa học và Công nghệ",
                "đang tổ chức thực hiện", date(2023, 11, 20), 12),
        TaskRow("Lập quy hoạch mạng lưới bến thủy nội địa (dữ liệu mẫu)", "Sở Giao thông vận tải",
                "đang tổ chức thực hiện", date(2023, 12, 15), None),
        TaskRow("Nghiên cứu cơ chế liên kết vùng trong đào tạo nghề (dữ liệu mẫu)",
                "Sở Lao động - Thương binh và Xã hội", "đang tiếp tục nghiên cứu", None, None),
    ),
)  # fmt: skip
PROJECTS = programme(
    "du-an", "Dự án thuộc danh mục đầu tư", "dự án", "thuộc danh mục đầu tư", 25,
    {
        "đang triển khai thi công": ("active", 10),
        "đã có quyết định đầu tư và được bố trí vốn": ("active", 5),
        "đang hoàn thiện hồ sơ đề xuất chủ trương đầu tư": ("waiting", 8),
        "thực hiện ở giai đoạn sau": ("deferred", 2),
    },
    definition=PROJECTS_DEFINITION,
    rows=(
        TaskRow("Cầu qua sông nối hai bờ khu đô thị mới (dữ liệu mẫu)", "Ban Quản lý dự án hạ tầng",
                "đang triển khai thi công", date(2025, 12, 31), None),
    ),
)  # fmt: skip
DEPARTMENTS = programme(
    "so-nganh", "Nhiệm vụ giao các sở, ngành", "nhiệm vụ", "giao các sở, ngành", 1235,
    {
        "đã được ban hành thành chương trình, đề án, kế hoạch": ("done", 0),
        "đang tổ chức thực hiện": ("active", 1235),
        "chưa báo cáo": ("waiting", 0),
    },
    late=34,
)  # fmt: skip

PARTY = ProgressData(
    issuer_name="THÀNH ỦY SÔNG MẪU",
    parent_name="",
    place="Sông Mẫu",
    hierarchy="party",
    number_symbol="Số 215-BC/TU",
    recipients=("Ban Bí thư Trung ương Đảng (để báo cáo)", "Các đồng chí Thành ủy viên",
                "Lưu Văn phòng Thành ủy"),
    signer=Signer(("T/M BAN THƯỜNG VỤ",), "PHÓ BÍ THƯ", "Trần Thị Mẫu"),
    speaker="Ban Thường vụ Thành ủy",
    scope="Nghị quyết số 59-NQ/TW của Bộ Chính trị",
    as_of=DAY,
    known_at=None,
    issued_on=date(2023, 12, 5),
    programmes=(CENTRAL, CITY, PROJECTS, DEPARTMENTS),
    claims=(
        ClaimCheck(
            Quote("có 8 nhiệm vụ đã thực hiện xong", COMMUNIQUE, "đoạn 12", "/documents/7#c12"),
            "8", CITY.groups[0].figure, "agrees",
        ),
        ClaimCheck(
            Quote("7 nhiệm vụ đang được triển khai", COMMUNIQUE, "đoạn 12", "/documents/7#c12"),
            "7", CITY.groups[1].figure, "differs", "thông cáo tính cả nhiệm vụ mới giao sau ngày này",
        ),
        ClaimCheck(
            Quote("giải ngân đạt 16%", "Báo cáo giao ban tháng 5", "mục 2"),
            "16%", None, "cannot", "chưa có kế hoạch vốn trong sổ theo dõi",
        ),
    ),
    notes=("Tên nhiệm vụ trong Phụ lục là dữ liệu mẫu.",),
)  # fmt: skip

STATE = replace(
    PARTY,
    issuer_name="VĂN PHÒNG",
    parent_name="ỦY BAN NHÂN DÂN TỈNH MẪU SƠN",
    place="Mẫu Sơn",
    hierarchy="state",
    number_symbol="Số: 07/BC-VP",
    recipients=("Thường trực Tỉnh ủy", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Lưu: VT, TH."),
    signer=Signer(("KT. CHÁNH VĂN PHÒNG",), "PHÓ CHÁNH VĂN PHÒNG", "Lê Văn Thử"),
    speaker="Văn phòng Ủy ban nhân dân tỉnh",
    scope="Chương trình hành động số 17/CTr-UBND của Ủy ban nhân dân tỉnh",
    issued_on=date(2024, 2, 5),
    programmes=(
        programme(
            "mau-son", "Nhiệm vụ giao các huyện", "nhiệm vụ", "giao các huyện", 45,
            {"đã hoàn thành": ("done", 9), "đang thực hiện": ("active", 36)}, late=11, due_soon=3,
            rows=(TaskRow("Sửa chữa trường học xã Bản Thử (dữ liệu mẫu)", "UBND huyện Thử", "đang thực hiện",
                          date(2023, 11, 30), 2),),
        ),
        programme("don-le", "Nhiệm vụ giao riêng", "nhiệm vụ", "giao Sở Nội vụ", 1,
                  {"đã hoàn thành": ("done", 1)}),
        programme("trong", "Nhiệm vụ phát sinh", "nhiệm vụ", "phát sinh trong năm", 0,
                  {"đã hoàn thành": ("done", 0)}),
        programme(
            "chua", "Nhiệm vụ của kỳ trước", "nhiệm vụ", "chuyển từ kỳ trước", None,
            {"đã hoàn thành": ("done", None)},
            late=None, due_soon=None,
        ),
    ),
    claims=(),
)  # fmt: skip
