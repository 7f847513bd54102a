"""Write the answers of today into docs/: ``python tests/docs/refresh.py``; then read what has changed.

Only the ``answer`` blocks are replaced; the claims before them and the prose are left as they are.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_PAIR = re.compile(r"(^```claim\n(.*?)^```\n\n^```answer\n)(.*?)(^```$)", re.M | re.S)


def answered(found: re.Match[str]) -> str:
    command = [sys.executable, "-m", "lemmata", "ask", "--explain", "-"]
    done = subprocess.run(command, input=found[2], capture_output=True, text=True, timeout=120, check=False)
    if not done.stdout:
        raise SystemExit(done.stderr)
    return found[1] + done.stdout + found[4]


for page in (Path(__file__).parents[2] / "docs").glob("*.md"):
    before = page.read_text("utf-8")
    after = _PAIR.sub(answered, before)
    if after != before:
        page.write_text(after, "utf-8")
        print(page.name)
