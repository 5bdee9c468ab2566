"""`python -m dondoc.cli`: the same as the command `dondoc`."""

from dondoc.cli import main

main()
