"""Whose a file is: the folders that Gradescope exports, and the metadata beside an autograder's submission.

    submission_metadata.yml            submission_12: {:submitters: [{:name:, :sid:, :email:}, ...], ...}
    submission_12/answers.md           handed in by all of them
    submission_metadata.json           {"users": [{"email":, "id":, "name":}, ...], ...}
    submission/answers.md              the same for one submission

The first is Gradescope's "Export Submissions", the second what its autograders are given (its documentation:
gradescope-autograders, "Submission Metadata").  Whoever handed in as a group has the same answers.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from lemmata.grade.classroom.handed_in import Problem

__all__ = ["gradescope_students"]

MOST_BYTES = 50_000_000
Found = tuple[tuple[str, ...], tuple[Problem, ...]]


def gradescope_students(path: Path) -> Found:
    """The students of a file in a Gradescope folder; none elsewhere.  And what of the metadata cannot be read."""
    return _of_folder(str(path.parent))


@lru_cache(maxsize=1000)
def _of_folder(name: str) -> Found:
    problems: list[Problem] = []
    for folder in [Path(name), *Path(name).parents][:4]:
        for file in ("submission_metadata.json", "metadata.json"):
            beside = folder / file
            if beside.is_file() and beside.stat().st_size < 1_000_000:
                try:
                    users = json.loads(beside.read_text("utf-8", "replace"))["users"]
                    said = _names(users, "")
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    said = ()
                if said:
                    return said, tuple(problems)
                if file.startswith("submission"):
                    problems.append(
                        Problem(str(beside), 0, "no users in this metadata: the folder is the student")
                    )
        if re.fullmatch(r"submission_\d+", folder.name):
            listed = folder.parent / "submission_metadata.yml"
            if not listed.is_file():
                return (folder.name,), tuple(problems)
            try:
                said = _names(
                    _listed(str(listed), listed.stat().st_mtime_ns)[folder.name][":submitters"], ":"
                )
            except (KeyError, TypeError, AttributeError):
                said = ()
            if not said:
                message = f"no submitters of {folder.name}: the folder is the student"
                problems.append(Problem(str(listed), 0, message))
            return said or (folder.name,), tuple(problems)
    return (), tuple(problems)


def _names(users: list[dict[str, Any]], colon: str) -> tuple[str, ...]:
    """The student number of each, else the address, else the name."""
    found = []
    for user in users:
        said = next((user[k] for key in ("sid", "email", "name") if user.get(k := colon + key)), None)
        if isinstance(said, (str, int)) and str(said).strip():
            found.append(str(said).strip())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2)
def _listed(file: str, _: int) -> Any:
    """The whole of submission_metadata.yml; nothing where it is no YAML.  Tags of other programs are ignored."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def plain(loader: Any, _: str, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        return (
            loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else node.value
        )

    Loader.add_multi_constructor("!", plain)
    # A time is not needed, and a strange one would be an error.
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith(":timestamp")]
        for first, pairs in Loader.yaml_implicit_resolvers.items()
    }
    path = Path(file)
    if path.stat().st_size > MOST_BYTES:
        return {}
    try:
        return yaml.load(path.read_text("utf-8", "replace"), Loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
