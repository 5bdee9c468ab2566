"""What a document states about how things stand: counts with states, totals, rates and money."""

from __future__ import annotations

import time

import pytest

from dondoc.reader.clean import clean
from dondoc.reader.find.numerals import parse_numeral
from dondoc.reader.find.quantities import find_claims
from dondoc.reader.model import Header
from fast.reader.speed import in_proportion

NEWS = Header(kind="tin")
ORDER = Header(kind="công điện")


def claims(text: str, header: Header = NEWS) -> list[tuple[float, float | None, str, str]]:
    return [(c.value, c.of, c.unit, c.state) for c in find_claims(clean(text), header)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,5", 1234.5),
        ("12", 12),
        ("02", 2),
        ("1.035.078,9", 1035078.9),
        ("5,75", 5.75),
        ("5.3", 5.3),
        ("Hai", 2),
    ],
)
def test_numerals_are_read_as_vietnamese_writes_them(written: str, value: float) -> None:
    assert parse_numeral(written) == value


def test_what_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="Không phải một con số"):
        parse_numeral("1.23.4")


def test_parts_take_their_total_from_the_sentence() -> None:
    text = "Trong 18 nhiệm vụ do UBND tỉnh chủ trì có 11 nhiệm vụ đã hoàn thành, có 7 nhiệm vụ đang triển khai."
    assert claims(text) == [
        (18, None, "nhiệm vụ", "total"),
        (11, 18, "nhiệm vụ", "done"),
        (7, 18, "nhiệm vụ", "active"),
    ]


def test_parts_take_their_total_from_the_sentence_before() -> None:
    text = (
        "Tỉnh giao 40 nhiệm vụ cho các sở, ngành. Đến nay, có 26 nhiệm vụ đã được ban hành kế hoạch; "
        "9 nhiệm vụ đang thực hiện và 5 dự án được thực hiện sau năm 2026."
    )
    assert claims(text) == [
        (40, None, "nhiệm vụ", "total"),
        (26, 40, "nhiệm vụ", "done"),
        (9, 40, "nhiệm vụ", "active"),
        (5, 40, "dự án", "deferred"),
    ]


def test_a_total_is_not_carried_over_a_sentence_without_it() -> None:
    text = "Tỉnh giao 40 nhiệm vụ cho các sở. Công tác cán bộ được quan tâm. Đến nay có 6 nhiệm vụ đã hoàn thành."
    assert claims(text)[-1] == (6, None, "nhiệm vụ", "done")


def test_a_plan_that_is_concrete_opens_no_parts() -> None:
    text = "Đã giao 35 nhiệm vụ, trong đó có 25 nhiệm vụ đã ban hành kế hoạch cụ thể, 8 nhiệm vụ đang thực hiện."
    assert [(value, of) for value, of, _unit, _state in claims(text)] == [(35, None), (25, 35), (8, 35)]
    text = "Đã giao 35 nhiệm vụ; cụ thể: 25 nhiệm vụ đã hoàn thành, 10 nhiệm vụ đang thực hiện."
    assert [(value, of) for value, of, _unit, _state in claims(text)] == [(35, None), (25, 35), (10, 35)]


def test_a_full_set_is_closed() -> None:
    text = "Có 9 nhiệm vụ, trong đó 4 nhiệm vụ đã xong, 5 nhiệm vụ đang làm; 3 nhiệm vụ khác đang rà soát."
    assert [of for _, of, _, _ in claims(text)] == [None, 9, 9, None]


def test_a_part_may_hold_parts_of_its_own() -> None:
    text = (
        "Đối với 30 nhiệm vụ trọng tâm, trong đó có 8 nhiệm vụ do bộ, ngành chủ trì, đến nay có 3 nhiệm vụ đã "
        "thực hiện, 5 nhiệm vụ đang thực hiện."
    )
    assert claims(text) == [
        (30, None, "nhiệm vụ", "total"),
        (8, 30, "nhiệm vụ", "total"),
        (3, 8, "nhiệm vụ", "done"),
        (5, 8, "nhiệm vụ", "active"),
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Thành phố thực hiện đạt và vượt 13/20 chỉ tiêu.", (13, 20, "chỉ tiêu", "met")),
        ("Có 7/20 chỉ tiêu không đạt kế hoạch.", (7, 20, "chỉ tiêu", "unmet")),
        ("Còn 4 chỉ tiêu về văn hóa chưa đạt kế hoạch.", (4, None, "chỉ tiêu", "unmet")),
        ("Có 6 dự án đang hoàn thiện hồ sơ đề xuất chủ trương.", (6, None, "dự án", "waiting")),
        ("Có 3 dự án có tiến độ triển khai chậm.", (3, None, "dự án", "late")),
        ("Năm qua, tỉnh đã hoàn thành 12 dự án.", (12, None, "dự án", "done")),
        ("Tỉnh khởi công mới 5 dự án trong quý I.", (5, None, "dự án", "active")),
        ("Đảng bộ kết nạp được 1.820 đảng viên.", (1820, None, "đảng viên", "done")),
        ("Có hai nhiệm vụ đang được rà soát.", (2, None, "nhiệm vụ", "waiting")),
        ("Đến nay đã hoàn thành 7 trong tổng số 14 đề án.", (7, 14, "đề án", "done")),
        ("Lũy kế giải ngân đạt 450 tỷ đồng/900 tỷ đồng.", (450, 900, "tỷ đồng", "done")),
    ],
)
def test_states_of_counts(text: str, claim: tuple[float, float | None, str, str]) -> None:
    assert claims(text) == [claim]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Tỷ lệ giải ngân mới đạt 21%.", (21, None, "%", "rate")),
        ("Dự án thực hiện được 64,2% kế hoạch.", (64.2, None, "%", "rate")),
        ("Tốc độ tăng trưởng đạt 6,1%.", (6.1, None, "%", "other")),
        ("Doanh thu du lịch tăng 12% so với cùng kỳ.", (12, None, "%", "other")),
    ],
)
def test_a_rate_is_told_from_a_figure_of_the_economy(text: str, claim: tuple[object, ...]) -> None:
    assert claims(text) == [claim]


def test_money_paid_waiting_and_its_plan() -> None:
    text = (
        "Số giải ngân thực tế đến nay là 310,5 tỷ đồng, đạt 62,1% kế hoạch được giao (500 tỷ đồng). "
        "Chưa phân bổ chi tiết là 40 tỷ đồng."
    )
    assert claims(text) == [
        (310.5, 500, "tỷ đồng", "done"),
        (62.1, None, "%", "rate"),
        (500, None, "tỷ đồng", "total"),
        (40, None, "tỷ đồng", "waiting"),
    ]


def test_nearly_is_approximate() -> None:
    found = find_claims(clean("Nghị quyết được quán triệt với gần 98% đảng viên tham gia."), NEWS)
    assert [(c.value, c.state, c.approximate) for c in found] == [(98, "rate", True)]


def test_da_holds_for_the_verbs_set_beside_it() -> None:
    text = "Công an tỉnh đã kiểm tra 200 vụ, khởi tố 12 vụ, 30 bị can, thu hồi 45 tỷ đồng."
    assert [(value, state) for value, _, _, state in claims(text)] == [
        (200, "done"),
        (12, "done"),
        (30, "done"),
        (45, "done"),
    ]


def test_the_rest_of_a_fraction_belongs_to_its_whole() -> None:
    text = "Đã hoàn thành 18/25 đề án, còn 7 đề án đang xây dựng, trong đó có 2 đề án chậm tiến độ."
    assert claims(text) == [
        (18, 25, "đề án", "done"),
        (7, 25, "đề án", "active"),
        (2, 7, "đề án", "late"),
    ]


def test_parts_of_different_nouns_and_parts_that_inherit_their_state() -> None:
    text = "Cả tỉnh có 120 xã, phường, trong đó có 100 xã và 20 phường. Tỉnh đã xây 90 căn nhà, gồm 60 căn mới."
    assert claims(text) == [
        (120, None, "xã, phường", "total"),
        (100, 120, "xã", "other"),
        (20, 120, "phường", "other"),
        (90, None, "căn nhà", "done"),
        (60, 90, "căn", "done"),
    ]


def test_what_is_disbursed_is_measured_by_its_plan() -> None:
    text = "Kế hoạch vốn năm 2025 là 8.000 tỷ đồng, đến nay đã giải ngân 5.000 tỷ đồng."
    assert claims(text) == [(8000, None, "tỷ đồng", "total"), (5000, 8000, "tỷ đồng", "done")]


def test_a_number_too_large_for_any_figure_is_noise() -> None:
    assert claims("Có " + "9" * 400 + " dự án đã hoàn thành.") == []


def test_one_verb_stands_for_a_list_of_counts() -> None:
    text = "Đến nay đã có 9 sở, 12 địa phương gửi báo cáo; còn 02 sở và 03 địa phương chưa gửi."
    assert [(value, state) for value, _, _, state in claims(text)] == [
        (9, "done"),
        (12, "done"),
        (2, "waiting"),
        (3, "waiting"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu đến năm 2030 có 25 dự án hoàn thành, giải ngân đạt ít nhất 95% kế hoạch.",
        "Các sở cần hoàn thành 5 nhiệm vụ trước ngày 30/6.",
        "Sở Xây dựng sẽ trình 4 đề án trong quý II.",
        "Bão làm 120 nhà bị sập, thiệt hại 30 tỷ đồng.",
        "Theo khoản 2 Điều 5 Luật Đầu tư công 2024 quy định về kế hoạch.",
        "Tăng trưởng bình quân 8 - 9% mỗi năm.",
        "Dự án có diện tích 25 ha.",
        "UBND 11 phường tổ chức tuyên truyền.",
        "Việt Nam xếp hạng 39/160 nước.",
    ],
)
def test_aims_orders_norms_and_losses_are_no_claims(text: str) -> None:
    assert claims(text) == []


def test_in_the_orders_of_a_document_only_the_past_is_a_report() -> None:
    text = "Thủ tướng yêu cầu:\n1. Các bộ trình 3 đề án.\n2. Rà soát 15 dự án (đến nay đã hoàn thành 6 dự án)."
    assert claims(text, ORDER) == [(6, None, "dự án", "done")]


def test_spans_are_places_of_the_original() -> None:
    text = "Ðến nay có\u00a07 nhie\u0323\u0302m vụ đã hoàn thành."
    found = find_claims(clean(text), NEWS)
    assert [c.span.cut(text) for c in found] == ["7 nhie\u0323\u0302m vụ"]


@pytest.mark.parametrize("piece", ["5 dự án, ", "1234567890", "1.", "1/", "tăng 5% ", "đã ", "(", "trong đó "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (6_000 // len(piece))

    def seconds(text: str) -> float:
        start = time.thread_time()
        find_claims(clean(text), NEWS)
        return time.thread_time() - start

    in_proportion(lambda: seconds(text), lambda: seconds(text * 5), lambda short: 12 * short + 0.5)


def test_bodies_counted_again_by_a_general_word_are_parts_of_their_set() -> None:
    text = "Trong 26 chủ đầu tư, có 8 đơn vị giải ngân trên 60%, nhưng vẫn còn 5 đơn vị chưa giải ngân."
    assert claims(text) == [
        (26, None, "chủ đầu tư", "total"),
        (8, 26, "đơn vị", "other"),
        (5, 26, "đơn vị", "waiting"),
    ]


@pytest.mark.parametrize("opening", ["Về", "Đối với", "Trong tổng số", "Qua rà soát"])
def test_a_set_that_is_spoken_of_is_the_total_of_what_follows(opening: str) -> None:
    text = f"{opening} 13 dự án, 5 dự án đang thi công, 6 dự án chuẩn bị đầu tư, 2 dự án lùi sang sau năm 2027."
    assert claims(text) == [
        (13, None, "dự án", "total"),
        (5, 13, "dự án", "active"),
        (6, 13, "dự án", "waiting"),
        (2, 13, "dự án", "deferred"),
    ]


def test_a_place_of_which_nothing_is_counted_is_no_claim() -> None:
    assert claims("Trong 12 xã ven biển, mưa to kéo dài, 3 hồ chứa đã xả lũ.") == [(3, None, "hồ chứa", "done")]


def test_brackets_behind_a_count_divide_it_and_end_with_it() -> None:
    text = (
        "Trong số 50 nhiệm vụ, các sở đã hoàn thành 32 nhiệm vụ (đúng hạn 28 nhiệm vụ, quá hạn 2 nhiệm vụ), đang thực "
        "hiện 13 nhiệm vụ, còn lại 5 nhiệm vụ chưa triển khai."
    )
    assert claims(text) == [
        (50, None, "nhiệm vụ", "total"),
        (32, 50, "nhiệm vụ", "done"),
        (28, 32, "nhiệm vụ", "done"),
        (2, 32, "nhiệm vụ", "late"),
        (13, 50, "nhiệm vụ", "active"),
        (5, 50, "nhiệm vụ", "waiting"),
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Số nhiệm vụ quá hạn là 6 nhiệm vụ.", (6, None, "nhiệm vụ", "late")),
        ("Có 19/23 cống ngăn mặn đã vận hành.", (19, 23, "cống", "done")),
        ("Có 4/70 xã còn thiếu bác sĩ.", (4, 70, "xã", "other")),
        ("Sở đang xem xét 4 kiến nghị.", (4, None, "kiến nghị", "waiting")),
        ("Còn 812 hồ sơ tồn đọng.", (812, None, "hồ sơ", "waiting")),
        ("Có 12 dự án đúng tiến độ.", (12, None, "dự án", "active")),
        ("Ngành y tế ghi nhận 412 ca mắc tay chân miệng.", (412, None, "ca mắc", "other")),
        ("Số tiền nộp ngân sách là 52 tỷ 300 triệu đồng.", (52.3, None, "tỷ đồng", "other")),
        ("Sở đang phối hợp với các xã nạo vét 14 tuyến kênh nội đồng.", (14, None, "tuyến kênh", "active")),
        ("Có 7/90 công trình nước sạch cạnh chợ.", (7, 90, "công trình", "other")),
    ],
)
def test_states_of_counts_that_their_words_give(text: str, claim: tuple[float, float | None, str, str]) -> None:
    assert claims(text) == [claim]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Các xã bàn giao mặt bằng, đến nay đạt 83%.", (83, None, "%", "rate")),
        ("Tỷ lệ tiêm bù mới đạt 71%.", (71, None, "%", "rate")),
        ("Dư nợ vay bằng 31,5% mức trần cho phép.", (31.5, None, "%", "rate")),
        ("Tỷ lệ hồ sơ trực tuyến đạt 68,4%.", (68.4, None, "%", "rate")),
        ("Kết quả thấp hơn bình quân cả nước 4,8%.", (4.8, None, "%", "other")),
        ("Báo cáo nêu 81% dân số đô thị dùng nước sạch.", (81, None, "%", "other")),
    ],
)
def test_a_rate_is_measured_against_what_is_owed(text: str, claim: tuple[object, ...]) -> None:
    assert claims(text) == [claim]


def test_a_rate_that_a_count_comes_to_belongs_to_it() -> None:
    text = "Huyện có 11/14 xã đạt chuẩn nông thôn mới (78,6%)."
    assert claims(text) == [(11, 14, "xã", "done"), (78.6, None, "%", "rate")]


def test_money_that_is_divided_at_once_is_a_total() -> None:
    text = "Lễ khởi công tuyến đường, kinh phí 9,4 tỷ đồng, trong đó nhân dân đóng góp 2,1 tỷ đồng."
    assert claims(text) == [(9.4, None, "tỷ đồng", "total"), (2.1, 9.4, "tỷ đồng", "other")]


def test_a_loss_is_a_claim_where_the_text_says_what_was_done_about_it() -> None:
    done = "Toàn tỉnh có 30 trường bị tốc mái; trong đó 12 trường đã được sửa chữa."
    assert claims(done) == [(30, None, "trường", "total"), (12, 30, "trường", "done")]
    assert claims("Toàn tỉnh có 30 trường bị tốc mái.") == []


def test_a_day_before_a_thing_is_no_share() -> None:
    assert claims("Sáng 5/9 học sinh toàn tỉnh khai giảng; ngày 2/9 cán bộ dự lễ chào cờ.") == []


def test_a_heading_says_whether_what_stands_below_it_is_reported() -> None:
    resolution = Header(kind="nghị quyết")
    text = (
        "NGHỊ QUYẾT\n\nI- TÌNH HÌNH\nSau 5 năm, có 3/5 bến cảng được nâng cấp.\n\nII- MỤC TIÊU\nCó 5/5 bến cảng "
        "được nâng cấp, 90% hộ dân dùng nước sạch.\n\nIII- TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng nâng cấp 2 bến cảng.\n"
    )
    assert claims(text, resolution) == [(3, 5, "bến cảng", "done")]
    plan = "KẾ HOẠCH\n\nI. MỤC ĐÍCH, YÊU CẦU\n1. Nâng tỷ lệ hồ sơ nộp trực tuyến lên trên 80%.\n\nII. NHIỆM VỤ\n"
    assert claims(plan, Header(kind="kế hoạch")) == []


def test_a_report_in_a_letter_is_read_though_an_order_is_cited_before_it() -> None:
    text = (
        "Thực hiện Công văn của Chủ tịch tỉnh giao Sở Tài chính tham mưu, Sở đã kiểm tra và báo cáo như sau:\n\n"
        "1. Thực trạng\nCó 21/25 công trình hoàn thành.\n\n2. Đề xuất\n- Phê duyệt phân bổ 29,3 tỷ đồng.\n"
    )
    assert claims(text, Header(kind="tờ trình")) == [(21, 25, "công trình", "done")]
