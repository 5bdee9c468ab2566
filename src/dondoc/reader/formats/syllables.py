"""What a written Vietnamese syllable looks like: tells letters from the signs of a foreign code table."""

from __future__ import annotations

import re
import unicodedata

_ONSET = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
_NUCLEUS = (
    "a ă â e ê i o ô ơ u ư y ia iê ya yê ua uô ưa ươ ai ao au ay âu ây eo êu iu oa oă oe oi oo ôi ơi uâ uê ui uy uơ "
    "ưi ưu iêu yêu uôi ươi ươu oai oay oao oeo uây uya uyê uyu uêu"
).replace(" ", "|")
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:c|ch|m|n|ng|nh|p|t)?")
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’…–—]+")


def is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable; small or capital letters."""
    apart = unicodedata.normalize("NFD", word.lower())
    bare = apart.translate(_TONES)
    if len(apart) - len(bare) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def share_of_syllables(text: str) -> tuple[int, float]:
    """Of the words with letters beyond ASCII: how many there are, and which share are Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return 0, 0.0
    return len(words), sum(map(is_syllable, words)) / len(words)
