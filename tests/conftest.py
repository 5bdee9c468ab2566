"""What all tests share: how hard Hypothesis looks."""

from __future__ import annotations

from hypothesis import settings

# A loaded machine is no failure; `make fuzz` looks fifty times as long.
settings.register_profile("usual", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=5000)
settings.load_profile("usual")
