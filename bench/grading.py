"""Classes of any size: lemmata grade on 1,000, 10,000 and 100,000 submissions, with one worker, two, and Dask.

    python bench/grading.py 1000 10000 [100000] [--dask]

Each run is a process of its own on a class of ``classroom.py``, writing marks, feedback pages and the gradebook;
grades must be equal byte for byte whatever did the work.  Memory is the largest that one process had.  With --dask
the same on a cluster of two worker processes on this machine (pip install "dask[distributed]").
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from classroom import ROOT, write_class
from table import print_table, seconds

sys.path.insert(0, str(ROOT / "src"))
COMMAND = (
    f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); from lemmata.cli import main; main(sys.argv[1:])"
)  # fmt: skip


def run(source: Path, out: Path, *options: str) -> tuple[float, float, int, str]:
    """Seconds of the clock and of the processors, the largest memory of a process, a hash of the grades."""
    # In a child, so that the figures of getrusage are of this run only.
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        start = time.perf_counter()
        arguments = [sys.executable, "-c", COMMAND, "grade", str(source), "--out", str(out),
                     "--format", "csv,json,html", *options]  # fmt: skip
        done = subprocess.run(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.perf_counter() - start
        if done.returncode not in (0, 3):
            sys.stderr.write(done.stderr.decode())
        os.write(writer, f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
        os._exit(0)
    os.close(writer)
    wall, cpu, memory = os.read(reader, 200).decode().split()
    os.close(reader)
    os.waitpid(child, 0)
    grades = hashlib.sha256((out / "grades.csv").read_bytes()).hexdigest()[:8]
    return float(wall), float(cpu), int(memory), grades


@contextlib.contextmanager
def cluster(wanted: bool) -> Iterator[str]:
    if not wanted:
        yield ""
        return
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    from dask.distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as local:
        yield local.scheduler_address


def main() -> None:
    sizes = [int(a) for a in sys.argv[1:] if a.isdigit()] or [1000, 10_000]
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as folder, cluster("--dask" in sys.argv) as address:
        for size in sizes:
            source = Path(folder) / f"class-{size}.jsonl"
            count = write_class(size, source)
            ways = {"1 worker": ["--jobs", "1"], "2 workers": ["--jobs", "2"]}
            ways |= {"2 Dask workers": ["--scheduler", address]} if address else {}
            for way, options in ways.items():
                wall, cpu, memory, grades = run(
                    source, Path(folder) / f"{size}-{way}".replace(" ", "-"), *options
                )
                processors = "elsewhere" if "Dask" in way else seconds(cpu)
                rows.append([f"{size:,}", way, f"{count:,}", seconds(wall), f"{1000 * wall / size:.2f} ms",
                             processors, f"{memory // 1024} MB", grades])  # fmt: skip
            resumed = run(source, Path(folder) / f"{size}-1-worker", "--jobs", "2", "--resume")
            rows.append([f"{size:,}", "once more", f"{count:,}", seconds(resumed[0]),
                         f"{1000 * resumed[0] / size:.2f} ms", seconds(resumed[1]), f"{resumed[2] // 1024} MB",
                         resumed[3]])  # fmt: skip
    print_table(
        ["submissions", "with", "answers", "clock", "for one", "processors", "largest process", "grades"],
        rows,
    )


if __name__ == "__main__":
    main()
