"""Đôn Đốc: who must do what by when, read from official documents and carried out."""

__version__ = "0.1.0"
