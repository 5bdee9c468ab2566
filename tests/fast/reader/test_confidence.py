"""Promises that a proposal's confidence is a share that can be checked, and that each part of it is said in words."""

import json
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from dondoc.reader import confidence, scoring
from dondoc.reader.api import read_file, read_text, to_json

ROOT = Path(__file__).parents[3]
OWN = ROOT / "tests/corpus/own"
WEIGHTS = json.loads(files("dondoc.reader.data").joinpath("confidence.json").read_text("utf-8"))


def proposals() -> list[tuple[float, bool]]:
    found = []
    for case in scoring.cases(OWN / "gold", OWN / "docs"):
        out = to_json(read_file(case.path))
        found += zip((a["confidence"] for a in out["assignments"]), scoring.right(case.gold, out), strict=True)
    return found


def test_the_confidence_is_near_the_share_that_is_right_on_our_own_documents() -> None:
    # The base is set for real documents nobody looked at, which are harder than ours: some distance is expected here.
    table = scoring.calibration(proposals())
    assert [b.size for b in table if abs(b.size - table[0].size) > 1] == []
    assert scoring.calibration_error(table) < 0.1


def test_what_is_surest_is_right_more_often_than_what_is_least_sure() -> None:
    ranked = sorted(proposals(), key=lambda p: p[0])
    third = len(ranked) // 3
    least, most = ranked[:third], ranked[-third:]
    assert sum(r for _, r in least) < sum(r for _, r in most)


def test_every_feature_is_said_in_words_and_the_strongest_come_first() -> None:
    weights = [abs(entry["weight"]) for entry in WEIGHTS["features"].values()]
    assert all(a >= b for a, b in pairwise(weights))
    assert [name for name, entry in WEIGHTS["features"].items() if len(entry["says"].split()) < 3] == []


def test_the_same_text_gives_the_same_confidence() -> None:
    text = (OWN / "docs/008-ke-hoach-bang.txt").read_text("utf-8")
    once, twice = (read_text(text).assignments for _ in range(2))
    assert once == twice


def test_the_confidence_is_the_sum_of_its_reasons() -> None:
    reading = read_file(OWN / "docs/020-giao-ban-huyen.txt")
    seen = confidence.features(reading.assignments, reading.document.text, reading.document_header)
    assert [confidence.probability(s) for s in seen] == [a.confidence for a in reading.assignments]
    strongest = confidence.reasons(seen[0], most=3)
    assert [r.feature for r in strongest] == sorted(
        (r.feature for r in confidence.reasons(seen[0], most=99)),
        key=lambda name: (-abs(WEIGHTS["features"][name]["weight"]), name),
    )[:3]


def test_a_lead_far_above_makes_a_proposal_less_sure() -> None:
    assert WEIGHTS["features"]["lead far above"]["weight"] < 0
    near, far = frozenset({"inherited"}), frozenset({"inherited", "lead far above"})
    assert confidence.probability(far) < confidence.probability(near)


@pytest.mark.parametrize("word", ["đã", "", "a;b"])
def test_odd_places_do_not_break_it(word: str) -> None:
    reading = read_text("1. Giao Sở Y tế lập kế hoạch; rà soát vật tư.\n")
    shifted = [replace(a, leads=(), coordinators=()) for a in reading.assignments]
    for a in confidence.with_confidence(shifted, word * 5, reading.document_header):
        assert confidence.LEAST <= a.confidence <= confidence.MOST
