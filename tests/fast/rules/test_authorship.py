"""Each sentence belongs to whoever wrote it first in these words."""

from __future__ import annotations

from dondoc.rules.authorship import Version, Written, authors, sentences


def test_a_text_is_cut_at_the_ends_of_sentences_and_of_lines() -> None:
    text = "Đã trình đề án ngày 02.12.2023. Đang thẩm định;\nchưa bố trí vốn."
    assert sentences(text) == ("Đã trình đề án ngày 02.12.2023.", "Đang thẩm định;", "chưa bố trí vốn.")
    assert sentences("  ") == ()


def test_a_sentence_keeps_its_first_author_until_its_words_change() -> None:
    versions = [
        Version("Sở Tài chính", "Đã trình đề án. Đang thẩm định."),
        Version("Lan", "Đã trình đề án. Đang chờ Bộ thẩm định. Vốn chưa bố trí."),
        Version("Minh", "Vốn chưa bố trí.\nĐã trình đề án. Đề nghị đôn đốc."),
    ]
    assert authors(versions) == (
        Written("Vốn chưa bố trí.", "Lan"),
        Written("Đã trình đề án.", "Sở Tài chính"),
        Written("Đề nghị đôn đốc.", "Minh"),
    )
    assert authors([]) == ()
