"""The current folder, which may have been removed while the program stands in it."""

from __future__ import annotations

import os


def current_folder() -> str:
    """Return the path of the current folder; the root's where there is none any more."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return os.sep
