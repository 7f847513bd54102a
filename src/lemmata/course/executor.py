"""Where parallel work goes: one :class:`concurrent.futures.Executor`, whatever stands behind it.

By default a pool of processes on this machine; with the address of a Dask scheduler (``tcp://host:8786``)
the workers of that cluster.  Callers submit blocks of work that take a fifth of a second or more.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from lemmata.course.errors import CourseError

__all__ = ["default_jobs", "open_executor"]


def default_jobs() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_executor(jobs: int, scheduler: str = "") -> Iterator[Executor]:
    """An executor of so many processes, or of a Dask cluster.  Raises CourseError when Dask is not there."""
    if scheduler:
        try:
            from dask.distributed import Client
        except ImportError:
            raise CourseError(
                "a scheduler was named, but Dask is not installed", remedy="install lemmata[distributed]"
            ) from None
        with Client(scheduler) as client:
            yield client.get_executor(pure=False)
        return
    # A forked process has the engine and SymPy loaded already: 0.1 s against some seconds.
    method = "fork" if sys.platform.startswith("linux") else None
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
