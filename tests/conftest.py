"""What all tests share: tools that may be missing, and an account of what was therefore left out.

A test marked ``tex`` or ``chromium`` is left out where that tool is missing, and the summary says so; with
LEMMATA_REQUIRE_ALL=1, as on the build server, whatever would be left out is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

import lemmata

TOOLS = {"tex": ("latexmk", "pdflatex"), "chromium": ("chromium", "chromium-browser", "google-chrome")}
REQUIRE_ALL = os.environ.get("LEMMATA_REQUIRE_ALL") == "1"


def missing_tool(marker: str) -> str:
    """What a marked test lacks on this machine, or the empty string."""
    names = TOOLS[marker]
    if marker == "tex":
        return ", ".join(name for name in names if shutil.which(name) is None)
    return "" if any(shutil.which(name) for name in names) else names[0]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in TOOLS:
        if item.get_closest_marker(marker) is not None and (lacking := missing_tool(marker)):
            pytest.skip(f"not installed: {lacking}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: Any
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"left out, but LEMMATA_REQUIRE_ALL=1 allows that for no test: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    left_out: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        left_out.setdefault(reason.removeprefix("Skipped: "), []).append(report.nodeid)
    for reason, tests in left_out.items():
        terminalreporter.section(f"left out: {len(tests)} test{'s' * (len(tests) > 1)}, {reason}")
        for name in tests:
            terminalreporter.line(name)


@pytest.fixture(autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence found by a test stays with it; processes that a test starts run the same engine."""
    monkeypatch.setenv("LEMMATA_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("PYTHONPATH", str(Path(lemmata.__file__).parent.parent))
