"""Where parallel work goes: one :class:`concurrent.futures.Executor`, whatever stands behind it.

By default a pool of processes on this machine; with the address of a Dask scheduler (``tcp://host:8786``)
the workers of that cluster.  Callers submit blocks of work that take a fifth of a second or more.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from lemmata.course.errors import CourseError

__all__ = ["default_jobs", "die_with_parent", "open_executor"]

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def die_with_parent(parent: int) -> None:
    """On Linux: be killed when the process with this number ends, in whatever way.  A pool's worker would wait on."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os.kill(os.getpid(), signal.SIGKILL)


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
        connect: Any = Client  # Dask has no types
        try:
            client = connect(scheduler, timeout=10)
        except (OSError, ValueError) as error:
            remedy = "give the address that `dask scheduler` prints, such as tcp://127.0.0.1:8786"
            raise CourseError(f"no Dask scheduler at {scheduler!r}: {error}", remedy=remedy) from None
        with client:
            yield client.get_executor(pure=False)
        return
    # A forked process has the engine and SymPy loaded already: 0.1 s against some seconds.
    method = "fork" if sys.platform.startswith("linux") else None
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=die_with_parent, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
