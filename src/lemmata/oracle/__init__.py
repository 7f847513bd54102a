"""The scalar oracle: facts about real numbers that a proof may rest on.

``decide`` proves a statement about scalars by exact or interval arithmetic and confirms it in ball
arithmetic at many points; what it cannot decide it leaves open.  Import it where it is needed.
"""

from __future__ import annotations

from lemmata.oracle.decide import Decision, decide

__all__ = ["Decision", "decide"]
