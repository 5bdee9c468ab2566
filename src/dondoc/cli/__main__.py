"""`python -m dondoc.cli`: the same as the command `dondoc`."""

from dondoc.cli import main

# The web server's processes import this file again under another name.
if __name__ == "__main__":
    main()
