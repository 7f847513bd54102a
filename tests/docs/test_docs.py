"""What docs/ shows is what happens: examples are read, run, compared and replayed.

A fence names what the block is: ``claims`` (claim text that must be read), ``scope`` (declarations for the
spellings that follow), ``claim`` with the ``answer`` after it (what ``lemmata ask --explain`` prints),
``error`` (claim text, a blank line, the message), ``certificates`` (a file for the checker), ``python``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lemmata.cli import COMMANDS
from lemmata.course.load import load_course
from lemmata.course.starter import plant
from lemmata.kernel import rules
from lemmata.kernel import term as terms
from lemmata.kernel.__main__ import replay
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.parse import parse_list

DOCS = Path(__file__).parents[2] / "docs"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_ITEM = re.compile(r"^- ((?:`[^`]+`, )*`[^`]+`): ", re.M)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text and ``page:line`` of its first line."""

    language: str
    text: str
    place: str


def blocks(page: str, *languages: str) -> list[Block]:
    """The blocks of a page in these languages, in order."""
    source = (DOCS / page).read_text("utf-8")
    return [
        Block(found[1], found[2], f"{page}:{source.count(chr(10), 0, found.start()) + 2}")
        for found in _FENCE.finditer(source)
        if found[1] in languages
    ]


def examples(page: str) -> list[tuple[Block, Block]]:
    """Each claim of a page with the answer that is printed below it."""
    found = blocks(page, "claim", "answer")
    assert [block.language for block in found] == ["claim", "answer"] * (len(found) // 2), page
    return list(zip(found[::2], found[1::2], strict=True))


def spellings(page: str) -> list[tuple[str, ...]]:
    """The spellings at the head of each item of a list: they mean the same."""
    source = (DOCS / page).read_text("utf-8")
    return [tuple(re.findall(r"`([^`]+)`", found[1])) for found in _ITEM.finditer(source)]


# --- claim-text.md ---------------------------------------------------------------------------

CLAIM_TEXT = "claim-text.md"
ALL = [*blocks(CLAIM_TEXT, "claims"), *blocks("method.md", "claim")]


@pytest.mark.parametrize("block", ALL, ids=lambda b: b.place)
def test_every_example_is_read(block: Block) -> None:
    found = read_claims(block.text)
    assert found.scope.symbols or found.shows


@pytest.mark.parametrize("written", spellings(CLAIM_TEXT), ids=lambda w: w[0])
def test_the_spellings_of_a_line_mean_the_same(written: tuple[str, ...]) -> None:
    (declarations,) = blocks(CLAIM_TEXT, "scope")
    scope = read_claims(declarations.text).scope
    first, *others = (parse_list(text, scope) for text in written)
    assert len(first) == 1
    for text, term in zip(written[1:], others, strict=True):
        assert len(term) == 1 and term[0] is first[0], text


def test_there_are_many_spellings() -> None:
    assert sum(map(len, spellings(CLAIM_TEXT))) > 100


@pytest.mark.parametrize("block", blocks(CLAIM_TEXT, "error"), ids=lambda b: b.place)
def test_mistakes_are_named_as_printed(block: Block) -> None:
    text, _, message = block.text.partition("\n\n")
    with pytest.raises(ReadError):
        read_claims(text)
    command = [sys.executable, "-m", "lemmata", "ask", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, message)


# --- answers as printed ----------------------------------------------------------------------


def run(*arguments: str, text: str = "", cwd: Path | None = None) -> str:
    """What a command prints on standard output."""
    command = [sys.executable, "-m", "lemmata", *arguments]
    done = subprocess.run(
        command, input=text, cwd=cwd, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def ask(text: str, *options: str) -> str:
    return run("ask", *options, "-", text=text)


PAGES = ["method.md", "claim-text.md"]


@pytest.mark.parametrize("page", PAGES)
def test_there_are_examples(page: str) -> None:
    assert examples(page)


@pytest.mark.parametrize(
    ("claim", "answer"), [pair for page in PAGES for pair in examples(page)], ids=lambda b: b.place
)
def test_the_answer_is_as_printed(claim: Block, answer: Block) -> None:
    assert ask(claim.text, "--explain") == answer.text


# --- json.md ---------------------------------------------------------------------------------


def documented(command: str) -> set[str]:
    """The keys that json.md lists for a command, as paths."""
    source = (DOCS / "json.md").read_text("utf-8")
    section = source.partition(f"## lemmata {command} --json\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^- `([^`]+)`: ", section, re.M))


def paths(document: Any, prefix: str = "") -> Iterator[str]:
    """The paths of all keys of a document."""
    for name, value in document.items():
        yield f"{prefix}{name}"
        if isinstance(value, dict):
            yield from paths(value, f"{prefix}{name}.")
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict):
                yield from paths(item, f"{prefix}{name}[].")


# Keys of data, and keys described elsewhere or in a sentence of their parent.
OPEN = re.compile(
    r"(counterexample|settled_by|summary)\.|results\[\]\.(evidence|certificate\[\]|counterexample|mutants\.gaps\[\])\.?"
    r"|claims\[\]\.(answers|corrected)\[\]|oracles\[\]"
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("docs") / "course"
    plant(root)
    return root


@pytest.mark.parametrize("command", ["check", "recheck", "audit"])
def test_the_keys_of_a_document_are_those_listed(course: Path, command: str) -> None:
    if command == "recheck":
        run("check", "--jobs", "1", cwd=course)
    options = ("--oracles",) if command == "recheck" else ("--jobs", "1")
    found = set(paths(json.loads(run(command, "--json", *options, cwd=course))))
    listed = documented(command)
    assert {path for path in found if not OPEN.search(path)} <= listed
    assert listed - found <= {"results[].counterexample"}


def test_the_keys_of_ask_are_those_listed() -> None:
    (block,) = blocks("json.md", "claim")
    document = json.loads(ask(block.text, "--json"))
    assert [entry["verdict"] for entry in document["claims"]] == ["proved", "refuted", "rejected"]
    assert {path for path in paths(document) if not OPEN.search(path)} == documented("ask")


def test_a_failure_is_a_document() -> None:
    command = [sys.executable, "-m", "lemmata", "ask", "--json", "-e", "show x = 1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert set(json.loads(done.stdout)) == {"error", "exit"}
    assert json.loads(done.stdout)["exit"] == done.returncode == 2


# --- certificates.md -------------------------------------------------------------------------


def certificate() -> Any:
    (block,) = blocks("certificates.md", "certificates")
    return json.loads(block.text)


def test_the_certificate_shown_is_accepted_by_the_checker_alone(tmp_path: Path) -> None:
    (file := tmp_path / "certificates.json").write_text(json.dumps(certificate()))
    command = [sys.executable, "-m", "lemmata.kernel", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "checked  cube\n")


def test_with_another_coefficient_it_is_refused() -> None:
    forged = certificate()
    forged["theorems"][0]["proof"]["steps"][0]["combinations"][0][0][0] = "2"
    (row,) = replay(forged)
    assert row["verdict"] == "refused" and "does not expand to the claim" in row["why"]


def first_column(table: str) -> set[str]:
    """The names in the first column of the table of certificates.md with this header."""
    source = (DOCS / "certificates.md").read_text("utf-8")
    rows = source.partition(f"| {table} |")[2].partition("\n\n")[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def test_every_rule_is_described() -> None:
    assert first_column("rule") == set(rules.RULES)


def test_every_head_is_described() -> None:
    assert first_column("head") == set(terms._HEADS)


# --- writing-a-course.md ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of the page: each block is the file that its first line names."""
    root = tmp_path_factory.mktemp("written")
    for block in blocks("writing-a-course.md", "toml", "python", "markdown"):
        first, _, rest = block.text.partition("\n")
        file = root / first.strip("#<!-> ")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(rest)
    return root


def test_the_course_of_the_page_is_proved(written: Path) -> None:
    results = json.loads(run("check", "--json", "--jobs", "1", cwd=written))["results"]
    assert {result["word"] for result in results} == {"proved"}
    assert all(step["established"] for result in results for step in result["steps"])
    assert all(hypothesis["status"] == "needed" for hypothesis in results[0]["hypotheses"])


def test_its_ledger_agrees(written: Path) -> None:
    assert json.loads(run("audit", "--json", "--jobs", "1", cwd=written))["summary"] == {"agrees": 1}


def test_its_exercise_is_handed_out_and_its_chapter_rendered(written: Path) -> None:
    assert "Compute $E y$." in (written / run("sheet", cwd=written).strip()).read_text()
    run("build", "--only", "html", "--audience", "student", "--jobs", "1", cwd=written)
    assert "Commuting idempotents multiply" in (written / "output/student/notes.html").read_text()


def test_a_file_prints_what_it_states(written: Path) -> None:
    done = subprocess.run(
        [sys.executable, "theorems/shadows.py"], cwd=written, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and "theorem commuting-product: Commuting" in done.stdout


# --- README.md -------------------------------------------------------------------------------

ROOT = DOCS.parent
README = (ROOT / "README.md").read_text("utf-8")
THEOREM, DERIVATION = re.findall(r"^```python\n(.*?)^```$", README, re.M | re.S)


def test_the_theorem_of_the_readme_is_that_of_the_course(tmp_path: Path) -> None:
    (tmp_path / "theorems").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.lemmata]\ntitle = "README"\n')
    (tmp_path / "theorems" / "readme.py").write_text(THEOREM)
    ((label, theorem),) = load_course(tmp_path).theorems.items()
    of_the_course = load_course(ROOT, parts=("theorems",)).theorems[label]
    assert theorem.fingerprint() == of_the_course.fingerprint()


def test_the_derivation_of_the_readme_holds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theorems", tmp_path / "theorems")
    shutil.copytree(ROOT / "derivations", tmp_path / "derivations")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / "derivations" / "pseudoinverse.py"
    mine = DERIVATION[DERIVATION.index("@derivation") :]
    text, count = re.subn(
        r'^@derivation\("full-row-rank"\).*?(?=^@derivation|\Z)',
        lambda _: f"{mine}\n\n",
        file.read_text(),
        flags=re.M | re.S,
    )
    assert count == 1
    file.write_text(text)
    (result,) = json.loads(run("check", "full-row-rank", "--json", "--jobs", "1", cwd=tmp_path))["results"][
        -1:
    ]
    assert result["label"] == "full-row-rank" and result["word"] == "proved"
    assert all(step["established"] for step in result["steps"])


def test_the_readme_names_every_command_and_every_room() -> None:
    assert {f"lemmata {name}" for name in COMMANDS} <= set(re.findall(r"^\| `(lemmata \w+)", README, re.M))
    rooms = re.findall(r"^\| `([\w/]+/)` \|", README, re.M)
    packages = {f"src/lemmata/{path.name}/" for path in (ROOT / "src" / "lemmata").iterdir() if path.is_dir()}
    assert {room for room in packages if "__" not in room} <= set(rooms)
    assert all((ROOT / room).is_dir() for room in rooms if room != "output/")


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "TRUST.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
