"""Promises that a secrecy mark is seen, and that prose about secrets is not taken for one."""

import pytest

from dondoc.reader.find.secrecy import secret_marking


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("TỈNH ỦY AN HÒA\n*\nMẬT\n\nSố 12-BC/TU", "MẬT"),
        ("ỦY BAN NHÂN DÂN TỈNH | TỐI MẬT", "TỐI MẬT"),
        ("Tuyệt đối\n[ TUYỆT MẬT ]", "TUYỆT MẬT"),
        ("Độ mật: Tối mật\nSố: 1/BC-UBND", "TỐI MẬT"),
        ("TUYE\u0302\u0323T MA\u0302\u0323T", "TUYỆT MẬT"),
        ("Báo cáo\n\n\tMẬT\n", "MẬT"),
    ],
)
def test_a_mark_is_seen(text: str, grade: str) -> None:
    assert secret_marking(text) == grade


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Luật Bảo vệ bí mật nhà nước.",
        "QUY CHẾ BẢO MẬT DỮ LIỆU",
        "QUY CHẾ BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT CỦA NGÀNH",
        "Tài liệu mật không được gửi qua mạng.",
        "MẬT ONG AN HÒA",
        "Mức độ bảo mật: cao",
    ],
)
def test_prose_about_secrets_is_no_mark(text: str) -> None:
    assert secret_marking(text) is None
