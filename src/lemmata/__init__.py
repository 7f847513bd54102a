"""Lemmata: lecture notes that check themselves.

A course is a folder of statements, derivations, exercises and sources; ``lemmata check`` proves, samples
and cross-examines them, ``lemmata build`` renders them.  Begin with README.md; the part that a reader
must trust is ``lemmata.kernel``.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
