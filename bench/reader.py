"""How well the reader reads: `python bench/reader.py [--gold DIR] [--docs DIR] [--misses] [--keep]`.

Without `--gold` it measures on the project's own annotated documents (tests/corpus/own) and says what was gained and
lost since the run that `bench/last.json` keeps; `--keep` writes that file anew. The same as `dondoc bench reader`.
"""

from __future__ import annotations

import typer

from dondoc.cli.bench import reader

if __name__ == "__main__":
    typer.run(reader)
