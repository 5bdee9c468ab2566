"""The site does not answer under a key that everybody knows."""

from __future__ import annotations

import os
import subprocess
import sys


def opened(**more: str) -> str:
    """Import the door in a process of its own; give the last line of what it complains of."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
    command = [sys.executable, "-c", "import dondoc.wsgi"]
    done = subprocess.run(command, env={**kept, **more}, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_the_site_refuses_to_start_without_a_secret_key_of_its_own() -> None:
    assert opened().startswith("django.core.exceptions.ImproperlyConfigured: DONDOC_SECRET_KEY is not set")
    assert opened(DONDOC_SECRET_KEY="a long random text of this office") == ""
