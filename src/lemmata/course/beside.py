"""A process beside a thread: single-threaded, so that it can fork, set limits and kill.

    call_beside("lemmata.grade.classroom.marker", "mark_beside", [desk, questions])

A worker of a cluster runs tasks in threads, and often may not have children of its own.  The first call in a
thread starts this Python with nothing else in it; later calls find it there.  Arguments and the result are JSON
values, one line each way.  It ends with the worker, when its standard input does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from lemmata.course.errors import CourseError

__all__ = ["call_beside", "serve"]

_BESIDE = threading.local()
_START = "from lemmata.course.beside import serve; serve()"


def call_beside(module: str, function: str, arguments: Sequence[Any]) -> Any:
    """What ``module.function(*arguments)`` returns in the process beside.

    Raises CourseError when the function raises there, or when the process ends.
    """
    process = getattr(_BESIDE, "process", None)
    if process is None or process.poll() is not None:
        command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {_START}"]
        process = _BESIDE.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None  # PIPE
    try:
        process.stdin.write(json.dumps([module, function, list(arguments)]).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        line = b""
    if not line:
        process.kill()
        process.wait()
        raise CourseError(f"the process beside a worker ended (in {module}.{function})")
    answer = json.loads(line)
    if "error" in answer:
        raise CourseError(answer["error"])
    return answer["result"]


def serve() -> None:
    """Answer calls from standard input until it ends."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a course file prints is no answer
    for line in sys.stdin.buffer:
        module, function, arguments = json.loads(line)
        try:
            answer = {"result": getattr(import_module(module), function)(*arguments)}
        except Exception as error:
            answer = {"error": str(error) or type(error).__name__}
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()
