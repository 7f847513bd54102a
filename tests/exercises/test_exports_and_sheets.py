"""Sheets for a class are reproducible; Moodle XML and QTI packages are well-formed, complete and escaped."""

from __future__ import annotations

import html
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lemmata.grade.draw import Draw, matrix_of
from lemmata.grade.exercise import Exercise, Part, SolutionStep, Variant, exercise
from lemmata.grade.export.banks import moodle_xml, qti_package
from lemmata.grade.export.fields import decimal, fields_of
from lemmata.grade.mark import mark
from lemmata.grade.sheet import sheet_markdown, write_sheets
from lemmata.kernel.term import make, number
from lemmata.terms.forms import call, equation

SHEET = ("pinv-2x3", "least-squares-3x2", "flow-two-weights", "shrinkage", "conserved-matrix")
Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
C = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
CLOZE = re.compile(r"\{(\d+):(NUMERICAL|SHORTANSWER|MULTICHOICE_V):([^{}]*)\}")


def some(exercises: dict[str, Exercise], *labels: str) -> dict[str, Exercise]:
    return {label: exercises[label] for label in labels or SHEET}


# --- sheets ----------------------------------------------------------------------------------------


def test_sheets_for_three_hundred_students(exercises: dict[str, Exercise], tmp_path: Path) -> None:
    chosen = some(exercises)
    students = [f"student-{n:03d}" for n in range(300)]
    files = write_sheets(chosen, tmp_path, students=students, seed=11)
    texts = {file.stem: file.read_text("utf-8") for file in files}
    assert len(texts) == 300 and len(set(texts.values())) == 300
    for student in students[::30]:
        assert texts[f"sheet-{student}"] == sheet_markdown(chosen, 11, student)
    assert sheet_markdown(chosen, 12, students[0]) != texts["sheet-student-000"]


def test_a_sheet_has_no_answers_and_its_solutions_have(exercises: dict[str, Exercise]) -> None:
    plain, solved = (sheet_markdown(exercises, 3, "ada", solutions) for solutions in (False, True))
    assert plain.count("# Solution") == 0 and solved.count("### Solution") == len(exercises)
    assert solved.count("**(a)**") == 2 * len(exercises)


# --- fields ----------------------------------------------------------------------------------------

FIELDS = [
    (Part("a", "", "number", number(Fraction(1, 3))), [["0.3333333333"]]),
    (Part("a", "", "number", number(-4)), [["-4"]]),
    (Part("a", "", "number", call("sqrt", number(2))), [["1.4142135624"]]),
    (Part("a", "", "matrix", matrix_of([[1, Fraction(-1, 8)], [0, 2]])), [["1", "-0.125"], ["0", "2"]]),
]


@pytest.mark.parametrize(("part", "values"), FIELDS)
def test_numbers_become_fields(part: Part, values: list[list[str]]) -> None:
    rows = fields_of(part)
    assert [[f.value for f in row] for row in rows] == values
    assert sum(f.marks for row in rows for f in row) == part.marks
    for row in rows:
        for f in row:
            assert (f.tolerance == 0) == ("." not in f.value)


@pytest.mark.parametrize("part", [
    Part("a", "", "matrix", matrix_of([[1], [2]]), mode="direction"),
    Part("a", "", "interval", make("interval", (number(0), number(1)), "()")),
    Part("a", "", "finite", make("set", (number(Fraction(1, 2)),))),
    Part("a", "", "number", call("sqrt", number(-2))),
])  # fmt: skip
def test_what_is_not_unique_or_no_number_is_left_to_a_person(part: Part) -> None:
    assert [[f.kind for f in row] for row in fields_of(part)] == [["open"]]


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(0), "0"), (Fraction(-1, 2), "-0.5"), (Fraction(2, 3), "0.6666666667"), (Fraction(1200), "1200"),
    (Fraction(-1, 10**12), "0"), (Fraction(10**15 + 1, 10), "100000000000000.1"),
])  # fmt: skip
def test_decimal(value: Fraction, text: str) -> None:
    assert decimal(value) == text


# --- Moodle ----------------------------------------------------------------------------------------


def test_moodle_holds_every_part_once_and_all_marks(exercises: dict[str, Exercise]) -> None:
    quiz = ET.fromstring(moodle_xml(exercises, 2, 7).encode())
    assert quiz.tag == "quiz"
    kinds = [q.get("type") for q in quiz]
    assert kinds.count("category") == len(exercises)
    names = [q.findtext("name/text") for q in quiz if q.get("type") != "category"]
    assert len(names) == len(set(names))
    bodies: dict[str, str] = {}
    for q in quiz:
        if q.get("type") != "category":
            name = str(q.findtext("name/text")).removesuffix(" text")
            bodies[name] = bodies.get(name, "") + str(q.findtext("questiontext/text"))
    assert len(bodies) == 2 * len(exercises)
    for label, entry in exercises.items():
        for n in (1, 2):
            variant = entry.variant(7, n)
            for part in variant.parts:
                assert bodies[f"{label} {n:03d}"].count(f"<strong>({part.id})</strong>") == 1


def test_a_cloze_question_has_the_right_values_weights_and_nothing_else(
    exercises: dict[str, Exercise],
) -> None:
    for label, entry in exercises.items():
        quiz = ET.fromstring(moodle_xml({label: entry}, 3, 7).encode())
        clozes = [str(q.findtext("questiontext/text")) for q in quiz if q.get("type") == "cloze"]
        for n, text in enumerate(clozes, start=1):
            variant = entry.variant(7, n)
            fields = [f for p in variant.parts for row in fields_of(p) for f in row if f.kind != "open"]
            found = CLOZE.findall(text)
            assert len(found) == len(fields) == len(re.findall(r"\{\d*:", text))
            scale = {Fraction(int(weight)) / f.marks for (weight, _, _), f in zip(found, fields, strict=True)}
            assert len(scale) == 1
            for (_, kind, body), f in zip(found, fields, strict=True):
                if kind == "NUMERICAL":
                    assert re.fullmatch(r"=-?\d+(\.\d+)?:\d+(\.\d+)?", body), body
                    assert body.startswith(f"={f.value}:")
                elif kind == "SHORTANSWER":
                    assert tuple(html.unescape(a).removeprefix("=") for a in body.split("~")) == f.accepted
                else:
                    options = body.split("~")
                    assert [i for i, o in enumerate(options) if o.startswith("=")] == [f.right]
                    assert tuple(html.unescape(o.removeprefix("=")) for o in options) == f.options


def test_what_moodle_accepts_is_accepted_here(exercises: dict[str, Exercise]) -> None:
    """A decimal that is exact, and every order of a set, are right in both systems."""
    for entry in exercises.values():
        for part in entry.variant(7, 1).parts:
            rows = fields_of(part)
            if rows[0][0].kind == "words":
                assert all(mark(part, text).verdict == "correct" for text in rows[0][0].accepted)
            if part.kind == "number" and rows[0][0].kind == "number" and len(rows[0][0].value) < 9:
                assert mark(part, rows[0][0].value).verdict == "correct"


# --- hostile text ----------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script> & {1:SHORTANSWER:=x} ]]> \x00 \ue000 0\ue001 ![i](http://x) </text> \u202e"


def hostile() -> dict[str, Exercise]:
    parts = (
        Part("a", EVIL, "choice", number(1), options=(f"no {EVIL}", "~=yes#}%100%")),
        Part("b", f"Twice? ${{1:NUMERICAL:=4}} < \\frac{{1}}{{2}}$ {EVIL}", "number", number(4)),
        Part("c", EVIL, "interval", make("interval", (number(0), number(1)), "()")),
    )
    step = SolutionStep(f"{EVIL} $a < b & c$", equation(number(2) * number(2), number(4)))

    @exercise('a/b <&> "quoted"', title=f"T {EVIL}")
    def evil(draw: Draw) -> Variant:
        return Variant(EVIL, parts, (step,))

    return {evil.label: evil}


def test_hostile_text_cannot_leave_its_place_in_moodle() -> None:
    text = moodle_xml(hostile(), 1, 1)
    quiz = ET.fromstring(text.encode())
    assert [q.get("type") for q in quiz] == ["category", "cloze", "essay"]
    assert quiz[0].findtext("category/text") == '$course$/top/a//b <&> "quoted"'
    for q in quiz[1:]:
        body = str(q.findtext("questiontext/text"))
        assert "<script" not in body and "<img" not in body and "\x00" not in body
        fields = CLOZE.findall(body)
        assert len(fields) == len(re.findall(r"\{\d*:", body)) == (2 if q.get("type") == "cloze" else 0)
    fields = CLOZE.findall(str(quiz[1].findtext("questiontext/text")))
    assert html.unescape(fields[0][2]).endswith("~=~=yes#}%100%")


def test_hostile_text_cannot_leave_its_place_in_qti(tmp_path: Path) -> None:
    path = qti_package(hostile(), 1, 1, tmp_path / "evil.zip")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            tags = {node.tag.rpartition("}")[2] for node in ET.fromstring(archive.read(name)).iter()}
            assert not tags & {"script", "img", "a"}


# --- QTI -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package(exercises: dict[str, Exercise], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("qti")
    path = qti_package(exercises, 2, 7, folder / "course.zip")
    again = qti_package(exercises, 2, 7, folder / "again.zip")
    assert path.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_manifest_lists_exactly_the_files(
    package: dict[str, bytes], exercises: dict[str, Exercise]
) -> None:
    manifest = ET.fromstring(package["imsmanifest.xml"])
    assert [child.tag for child in manifest] == [f"{C}metadata", f"{C}organizations", f"{C}resources"]
    resources = manifest.findall(f"{C}resources/{C}resource")
    assert {r.get("href") for r in resources} == set(package) - {"imsmanifest.xml"}
    assert all(r.find(f"{C}file") is not None for r in resources)
    assert len(package) == 2 + 2 * len(exercises)
    identifiers = {r.get("identifier") for r in resources}
    assert {d.get("identifierref") for d in manifest.iter(f"{C}dependency")} <= identifiers


def test_the_test_selects_one_variant_of_each_exercise(
    package: dict[str, bytes], exercises: dict[str, Exercise]
) -> None:
    test = ET.fromstring(package["test.xml"])
    sections = test.findall(f"{Q}testPart/{Q}assessmentSection")
    assert [s.get("title") for s in sections] == list(exercises)
    for section in sections:
        assert [child.tag for child in section] == [f"{Q}selection", *[f"{Q}assessmentItemRef"] * 2]
        assert section[0].get("select") == "1"
        assert all(ref.get("href") in package for ref in section[1:])


ORDER = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]
INTERACTIONS = ("textEntryInteraction", "choiceInteraction", "extendedTextInteraction")


def test_every_item_declares_what_it_asks_and_scores_what_it_can(package: dict[str, bytes]) -> None:
    for name, content in package.items():
        if not name.startswith("items/"):
            continue
        item = ET.fromstring(content)
        tags = [child.tag.removeprefix(Q) for child in item]
        assert tags == sorted(tags, key=ORDER.index)  # the order of the schema
        assert item.get("identifier") == Path(name).stem
        declared = {d.get("identifier"): d for d in item.findall(f"{Q}responseDeclaration")}
        asked = [i.get("responseIdentifier") for kind in INTERACTIONS for i in item.iter(f"{Q}{kind}")]
        assert sorted(map(str, asked)) == sorted(map(str, declared))
        possible = Fraction(0)
        for condition in item.findall(f"{Q}responseProcessing/{Q}responseCondition"):
            used = {v.get("identifier") for v in condition.iter(f"{Q}variable")} - {"SCORE"}
            assert len(used) == 1 and used <= set(declared)
            possible += Fraction(str(condition.findtext(f".//{Q}sum/{Q}baseValue")))
        maximum = item.findtext(f"{Q}outcomeDeclaration[@identifier='MAXSCORE']/{Q}defaultValue/{Q}value")
        assert possible <= Fraction(str(maximum)) + Fraction(1, 10**6)
        for choice in item.iter(f"{Q}choiceInteraction"):
            right = declared[choice.get("responseIdentifier")].findtext(f"{Q}correctResponse/{Q}value")
            assert right in {c.get("identifier") for c in choice}
        assert not re.search(rb"<(?!/?m:)\w+:", content.partition(b"?>")[2])
        assert b"<code>" not in content  # every formula could be converted


# --- arguments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("variants", [0, -1])
def test_no_variant_is_refused(variants: int, exercises: dict[str, Exercise], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        moodle_xml(exercises, variants, 1)
    with pytest.raises(ValueError, match="at least one"):
        qti_package(exercises, variants, 1, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()
