"""Pieces of official prose, whole and broken, from which the searches build texts that nobody would write."""

from __future__ import annotations

from pathlib import Path

OWN = Path(__file__).parents[2] / "corpus/own/docs"
PIECES = (
    "Giao ", "giao ", "yêu cầu ", "đề nghị ", "phân công ", "Sở Y tế ", "Ủy ban nhân dân các xã, phường ",
    "các sở, ban, ngành ", "đồng chí Nguyễn Văn Mẫu, Phó Chủ tịch ", "Bộ Tài chính (Cục Thuế) ",
    "Các Bộ: Quốc phòng, Công an ", "UBND ", "và ", ", ", "; ", ". ", ": ", ":\n", "\n", "\n\n", "\t", "|", " | ",
    "- ", "+ ", "1. ", "1.1. ", "a) ", "(1) ", "I. ", "I- ", "Điều 1. ", "Điều 12", "chủ trì, phối hợp với ",
    "phối hợp ", "rà soát ", "lập kế hoạch ", "báo cáo ", "trình ", "hoàn thành ", "phải ", "cần ", "không ",
    "trước ngày ", "30/6/2025", "31/2/2024", "99/99/9999", "ngày 12 tháng 3 năm 2024", "tháng 13/2025", "quý IV/2025",
    "quý X ", "hằng tháng ", "trong vòng 05 ngày kể từ ngày ", "ngay sau khi ", "năm 2026 và các năm tiếp theo ",
    "Số: 12/CT-UBND", "Số 318-CV/TU", "59-NQ/TW ", "45/2022/QH15 ", "CHỈ THỊ\n", "QUYẾT ĐỊNH\n", "KẾ HOẠCH\n",
    "THÔNG BÁO\n", "Kính gửi: ", "Nơi nhận:\n", "KT. CHỦ TỊCH\n", "T/M BAN THƯỜNG VỤ\n", "ỦY BAN NHÂN DÂN\n",
    "TỈNH ỦY AN HÒA\n*\n", "STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n",
    "1\tMua cảm biến\tSở Tài chính\t15/5/2026\n", "- Cơ quan chủ trì: ", "- Thời gian hoàn thành: ",
    "STT\nNhiệm vụ\nChủ trì\n", "15/19 chỉ tiêu ", "7.892 ", "91,6% ", "1.234.567 tỷ đồng ", "đạt và vượt ",
    "trong đó ", "gồm ", "còn lại ", "kiến nghị ", "đã ", "đang ", "“", "”", "(", ")", "./.", "…", "\u00a0", "\u200b",
    "\ufeff", "e\u0302\u0301", "Ð", "đ", "İ", "ß", "ﬁ", "\x00", "\x0b", "\x1f", "\u2028", "\U0001d7d8", "٣", "²", "½",
    "ⅷ", "\ud7ff", "Ⅳ", "１２", "N'", "–", "—",
)  # fmt: skip


def documents() -> list[str]:
    """The project's own annotated documents, as they stand."""
    return [path.read_text("utf-8") for path in sorted(OWN.glob("*.txt"))]
