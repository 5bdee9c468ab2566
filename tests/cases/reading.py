"""Reads the tables of cases, for the tests of the rules and of their twins in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, Any]]:
    """Read one table of cases by its name without ending."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def params(name: str) -> list[Any]:
    """Read one table of cases as parameters of a test, each under its own name."""
    return [pytest.param(case, id=case["name"]) for case in table(name)]
