"""The end of the time: what runs inside ``until`` stops when it is over, wherever it is.

A single instance with large matrices can take longer than a whole search may; the evaluator therefore
looks at the clock at every subterm, and elimination at every step.

>>> with until(time.monotonic() - 1.0):
...     check()
Traceback (most recent call last):
lemmata.refute.system.OutOfTime: out of time
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from lemmata.refute.system import OutOfTime

__all__ = ["check", "until"]

_END: ContextVar[float] = ContextVar("end", default=float("inf"))


@contextmanager
def until(end: float) -> Iterator[None]:
    """Inside, ``check`` raises OutOfTime after ``end``, or after an earlier end that holds outside."""
    token = _END.set(min(end, _END.get()))
    try:
        yield
    finally:
        _END.reset(token)


def check() -> None:
    """Raises OutOfTime when the time is over."""
    if time.monotonic() > _END.get():
        raise OutOfTime("out of time")
