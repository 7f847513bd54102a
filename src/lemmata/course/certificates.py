"""The certificates of a course in one file, for the standalone checker.

``output/certificates.json`` holds what the last check of the whole course proved, cited before citing:

    {"course": "...", "theorems": [{"label": ..., "given": ..., "show": ..., "proof": ...}, ...]}

The ``certificate`` of a result is such an entry, or a list of them where a theorem has several conclusions.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from lemmata.course.check import Report
from lemmata.course.load import Course

__all__ = ["certificates_file", "write_certificates"]


def certificates_file(root: Path) -> Path:
    """Where the certificates of the course at this root are."""
    return root / "output" / "certificates.json"


def write_certificates(course: Course, report: Report) -> Path:
    """Write the certificates of a report, whole or not at all; returns the file."""
    file = certificates_file(course.root)
    file.parent.mkdir(parents=True, exist_ok=True)
    certificates = {result["label"]: result.get("certificate") for result in report.results}
    entries: list[Any] = []
    for label in course.graph.order():
        found = certificates.get(label)
        entries += found if isinstance(found, list) else [found] if found is not None else []
    document = {"course": course.title, "theorems": entries}
    # Written beside and moved over: a reader never sees half a file.
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    part.replace(file)
    return file
