"""Which engine it was: the version of the package with a hash of the sources that a result depends on.

Another engine gives other evidence and other marks, so what is kept of either is kept under this name.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import lemmata

__all__ = ["DECIDES", "source_version"]

DECIDES = ("kernel", "oracle", "prove", "refute", "terms")
"""The folders whose code decides a claim."""


@cache
def source_version(*more: str) -> str:
    """``0.1.0+`` and twelve hexadecimal digits, from every Python file of ``DECIDES`` and of the folders ``more``."""
    root = Path(lemmata.__file__).parent
    found = hashlib.sha256()
    for folder in (*DECIDES, *more):
        for path in sorted((root / folder).rglob("*.py")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{lemmata.__version__}+{found.hexdigest()[:12]}"
