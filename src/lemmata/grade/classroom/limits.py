"""Workers: every answer is marked in a process with an allowance of time and memory.

    work(payload) -> result           payloads and results are JSON values
    [worker]  soft CPU limit moved up before each task; address space limited once
    [parent]  waits; kills a worker that is late, notes "time" or "memory", starts another

The processes are forked, so that what is loaded and prepared in the parent is there at once, and they are
reused: a process costs some milliseconds, an answer less than one.  Only JSON crosses the pipes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

__all__ = ["Killed", "Limits", "run_limited"]


@dataclass(frozen=True)
class Limits:
    """Seconds of wall-clock time for a task, and megabytes of memory on top of what the parent uses."""

    seconds: float = 1.5
    megabytes: int = 250


@dataclass(frozen=True)
class Killed:
    """The task was ended: ``why`` is "time", "memory" or "crash"."""

    why: str


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    task: int = -1
    started: float = 0.0


def run_limited(
    work: Callable[[Any], Any], payloads: Iterable[Any], jobs: int = 1, limits: Limits | None = None
) -> Iterator[tuple[int, Any]]:
    """(number of the payload, result or Killed), as they come.

    ``work`` runs in the workers; an exception there is a crash of the task and no more.
    """
    limits = limits or Limits()
    tasks = iter(enumerate(payloads))
    workers: list[_Worker] = []
    try:
        while True:
            for worker in workers:
                if worker.task < 0:
                    _feed(worker, tasks)
            while len(workers) < max(1, jobs):
                fresh = _start(work, limits)
                workers.append(fresh)
                if not _feed(fresh, tasks):
                    break
            busy = [w for w in workers if w.task >= 0]
            if not busy:
                return
            yield from _collect(busy, workers, limits)
    finally:
        for worker in workers:
            _stop(worker)


def _feed(worker: _Worker, tasks: Iterator[tuple[int, Any]]) -> bool:
    for number, payload in tasks:
        worker.task, worker.started = number, time.monotonic()
        with suppress(OSError):  # a worker that died is found by _collect
            worker.pipe.send_bytes(json.dumps(payload).encode())
        return True
    return False


def _collect(busy: list[_Worker], workers: list[_Worker], limits: Limits) -> Iterator[tuple[int, Any]]:
    patience = max(0.0, min(w.started + limits.seconds - time.monotonic() for w in busy))
    ready = wait([w.pipe for w in busy], timeout=patience)
    now = time.monotonic()
    for worker in busy:
        if worker.pipe in ready:
            number, worker.task = worker.task, -1
            try:
                answer = json.loads(worker.pipe.recv_bytes())
            except (EOFError, OSError):
                workers.remove(worker)
                yield number, Killed(_cause(worker))
                continue
            yield number, answer["result"] if "result" in answer else Killed(answer["killed"])
        elif now - worker.started >= limits.seconds:
            workers.remove(worker)
            _stop(worker)
            yield worker.task, Killed("time")


def _cause(worker: _Worker) -> str:
    worker.process.join(1)
    code = worker.process.exitcode
    _stop(worker)
    return "time" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "crash"


def _start(work: Callable[[Any], Any], limits: Limits) -> _Worker:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(work, there, here, limits), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _stop(worker: _Worker) -> None:
    with suppress(OSError):
        worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join(2)


def _address_space() -> int:
    """Bytes of address space in use."""
    with open("/proc/self/statm", encoding="ascii") as f:
        return int(f.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _serve(work: Callable[[Any], Any], pipe: Connection, other: Connection, limits: Limits) -> None:
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        most = _address_space() + limits.megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            payload = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = int(used.ru_utime + used.ru_stime + limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
        try:
            answer = {"result": work(payload)}
        except MemoryError:
            answer = {"killed": "memory"}
        except Exception as error:
            answer = {"killed": f"crash: {type(error).__name__}"}
        try:
            pipe.send_bytes(json.dumps(answer).encode())
        except OSError:  # nobody is waiting for it
            return
