"""Reads the dated data files of the rules."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_data(name: str) -> dict[str, Any]:
    """Read one file of `rules/data/` by its name without ending, for example "holidays"."""
    return tomllib.loads((files("dondoc.rules") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
