"""Why a file cannot be read: named refusals, each with one sentence for the officer."""

from __future__ import annotations


class ReaderRefusal(ValueError):
    """The file cannot be read; the message says why, in Vietnamese, and what to do about it."""


class EmptyFile(ReaderRefusal):
    """There is no text in the file."""


class BrokenFile(ReaderRefusal):
    """The file is damaged, or is not what its name says."""


class EncryptedFile(ReaderRefusal):
    """The file is locked with a password."""


class TooLarge(ReaderRefusal):
    """The file, or what it unpacks to, is larger than the reader takes."""


class UnknownFormat(ReaderRefusal):
    """The reader does not know this kind of file."""


class MacroFile(ReaderRefusal):
    """The file carries a macro, which is never opened."""


class ProgramMissing(ReaderRefusal):
    """The file needs a program that is not installed on this machine; the message names the package."""
