"""The head and the foot of a document: what they state is read, what they do not state stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.reader.clean import clean
from dondoc.reader.find.capitals import settle_capitals
from dondoc.reader.find.header import find_header
from dondoc.reader.model import Header

PARTY = """
TỈNH ỦY MINH SƠN

*

Số 215-CV/TU

Về đôn đốc việc thực hiện
Nghị quyết số 71-NQ/TW

ĐẢNG CỘNG SẢN VIỆT NAM

Minh Sơn, ngày 04 tháng 3 năm 2025

Kính gửi: - Các huyện ủy, thành ủy,
- Các ban xây dựng Đảng,
đảng ủy trực thuộc Tỉnh ủy.

Thực hiện Nghị quyết số 71-NQ/TW, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy báo cáo kết quả.

Nơi nhận:

- Như trên,
- Các đồng chí Tỉnh ủy viên,
- Lưu Văn phòng Tỉnh ủy.

**T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ**

Lê Thị Ngọc Hà
"""

STATE = """ỦY BAN NHÂN DÂN
TỈNH MINH SƠN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 88 /KH-UBND
Minh Sơn, ngày 15 tháng 8 năm 2024

KẾ HOẠCH
TRIỂN KHAI CHƯƠNG TRÌNH PHÁT TRIỂN
CẢNG BIỂN TỈNH MINH SƠN
Thực hiện Quyết định số 19/2023/QĐ-TTg của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai \
Chương trình phát triển cảng biển tỉnh Minh Sơn như sau:
1. Sở Xây dựng chủ trì.

Nơi nhận:
- Văn phòng Chính phủ (để b/c);
- Các sở, ban,
ngành;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Trần Văn Bình
"""


def test_a_party_letter() -> None:
    header = find_header(clean(PARTY))
    assert (header.number, header.kind, header.issuer, header.issued_on) == (
        "215-CV/TU",
        "công văn",
        "Tỉnh ủy Minh Sơn",
        date(2025, 3, 4),
    )
    assert header.subject == "đôn đốc việc thực hiện Nghị quyết số 71-NQ/TW"
    assert (header.signer, header.signer_position) == ("Lê Thị Ngọc Hà", "Phó Bí thư")
    assert header.recipients == (
        "Các huyện ủy, thành ủy",
        "Các ban xây dựng Đảng, đảng ủy trực thuộc Tỉnh ủy",
        "Các đồng chí Tỉnh ủy viên",
    )
    assert header.spans["number"].cut(PARTY) == "215-CV/TU"
    assert header.spans["issuer"].cut(PARTY) == "TỈNH ỦY MINH SƠN"


def test_a_state_plan() -> None:
    header = find_header(clean(STATE))
    assert (header.number, header.kind, header.issuer, header.issued_on) == (
        "88/KH-UBND",
        "kế hoạch",
        "Ủy ban nhân dân tỉnh Minh Sơn",
        date(2024, 8, 15),
    )
    assert header.subject == "Triển khai Chương trình phát triển cảng biển tỉnh Minh Sơn"
    assert (header.signer, header.signer_position) == ("Trần Văn Bình", "Phó Chủ tịch")
    assert header.recipients == ("Văn phòng Chính phủ", "Các sở, ban, ngành")


def test_two_bodies_on_the_paper_the_lower_one_issues() -> None:
    text = (
        "BỘ TÀI CHÍNH\nCỤC ĐẤU THẦU\n-----\nSố: 12/QĐ-CĐT\nHà Nội, ngày 02 tháng 6 năm 2025\n"
        "QUYẾT ĐỊNH\nVề việc cử cán bộ\n"
    )
    header = find_header(clean(text))
    assert (header.issuer, header.kind, header.subject) == ("Cục Đấu thầu", "quyết định", "cử cán bộ")


@pytest.mark.parametrize(
    "head",
    [
        "Số:      /UBND-KT\nMinh Sơn, ngày     tháng 8 năm 2024\n\nKính gửi: Sở Xây dựng.\n",
        "Số: .../UBND-KT\nMinh Sơn, ngày … tháng 8 năm 2024\n\nKính gửi: Sở Xây dựng.\n",
    ],
)
def test_blanks_of_a_draft_stay_unknown(head: str) -> None:
    header = find_header(clean("ỦY BAN NHÂN DÂN TỈNH MINH SƠN\n" + head + "Đề nghị Sở Xây dựng báo cáo."))
    assert (header.number, header.issued_on, header.kind) == (None, None, "công văn")


def test_a_wire_names_its_issuer_and_its_addressees() -> None:
    text = (
        "CÔNG ĐIỆN\nVỀ VIỆC ỨNG PHÓ BÃO SỐ 4\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n\n- Giám đốc Sở Xây dựng;\n"
        "- Chủ tịch Ủy ban nhân dân các xã.\n\nTheo dự báo, bão số 4 mạnh lên. Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Các xã trực ban.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\nHoàng Minh\n"
    )
    header = find_header(clean(text))
    assert (header.kind, header.issuer, header.number, header.issued_on) == (
        "công điện",
        "Chủ tịch Ủy ban nhân dân tỉnh",
        None,
        None,
    )
    assert header.subject == "Ứng phó bão số 4"
    assert header.recipients == ("Giám đốc Sở Xây dựng", "Chủ tịch Ủy ban nhân dân các xã")
    assert (header.signer, header.signer_position) == ("Hoàng Minh", "Chủ tịch")


def test_a_collective_signs_without_a_post() -> None:
    text = (
        "Số 31-KL/TW\nHà Nội, ngày 5 tháng 5 năm 2025\nKẾT LUẬN\nvề công tác cán bộ\n\n"
        "Nơi nhận:\n- Lưu.\n\nT/M BỘ CHÍNH TRỊ\nNguyễn Văn An\n"
    )
    header = find_header(clean(text))
    assert (header.kind, header.signer, header.signer_position) == ("kết luận", "Nguyễn Văn An", None)


def test_post_and_name_in_one_cell() -> None:
    text = (
        "Số: 7/VPCP-NN\n\nKính gửi: Bộ Xây dựng.\nNội dung. | Nơi nhận: - Như trên; - Lưu: VT. | "
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM Đỗ Văn Sơn |\n"
    )
    header = find_header(clean(text))
    assert (header.signer, header.signer_position) == ("Đỗ Văn Sơn", "Phó Chủ nhiệm")


def test_news_is_issued_by_nobody() -> None:
    text = (
        "02/12/2023 - 21:46\n\nHội nghị Tỉnh ủy mở rộng\n\nSáng 2-12, Tỉnh ủy họp theo Nghị quyết số 71-NQ/TW. "
        "Hội nghị thông qua kế hoạch."
    )
    header = find_header(clean(text))
    assert (header.kind, header.issued_on) == ("tin", date(2023, 12, 2))
    assert (header.number, header.issuer, header.subject, header.signer, header.recipients) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_a_day_without_a_year_is_unknown() -> None:
    header = find_header(clean("Họp tổ công tác\n\nChiều 21/11, tổ công tác họp tại trụ sở. Các sở báo cáo tiến độ."))
    assert (header.kind, header.issued_on) == ("tin", None)


def test_a_lost_head_leaves_what_the_text_still_says() -> None:
    text = (
        "Chỉ thị về việc tiết kiệm điện trong mùa khô.\n"
        "Để bảo đảm cung ứng điện, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:\n"
        "1. Các sở tiết kiệm điện.\nCác đơn vị thực hiện nghiêm Chỉ thị này."
    )
    header = find_header(clean(text))
    assert (header.kind, header.issuer, header.subject) == (
        "chỉ thị",
        "Chủ tịch Ủy ban nhân dân tỉnh",
        "tiết kiệm điện trong mùa khô",
    )


def test_nothing_is_read_from_a_list_without_sentences() -> None:
    assert find_header(clean("STT\nNhiệm vụ\nThời gian")) == Header()


def test_capitals_come_back_as_the_body_writes_them() -> None:
    body = "theo Chương trình phục hồi rừng của Bộ Nông nghiệp và Môi trường tại tỉnh Minh Sơn."
    heading = "TRIỂN KHAI CHƯƠNG TRÌNH PHỤC HỒI RỪNG TẠI TỈNH MINH SƠN"
    assert settle_capitals(heading, body) == "Triển khai Chương trình phục hồi rừng tại tỉnh Minh Sơn"
    assert settle_capitals("HUYỆN ỦY BA LÒNG", "") == "Huyện ủy Ba Lòng"
    assert settle_capitals("Về việc đã viết thường", body) == "Về việc đã viết thường"
