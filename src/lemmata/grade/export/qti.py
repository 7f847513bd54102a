"""A QTI 2.1 content package: an item for each variant, a test that selects one of each exercise, a manifest.

Numbers are compared with ``equal`` and a tolerance, sets of integers with ``stringMatch``; what a person
marks is an extended text without response processing, and the answers are in a rubric for scorers.  Formulas
are MathML.  The format is version 2.1 as published by IMS Global in 2012.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from lemmata.grade.exercise import Exercise, Variant
from lemmata.grade.export.fields import (
    HINT,
    Field,
    answer_markdown,
    decimal,
    drawn,
    fields_of,
    plain,
    prompt_markdown,
    rendered,
    solution_markdown,
)

__all__ = ["qti_package"]

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
MATHML = "http://www.w3.org/1998/Math/MathML"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


@lru_cache(maxsize=1)
def _converter() -> Any:
    from math_core import LatexToMathML

    return LatexToMathML()


@lru_cache(maxsize=20_000)
def _mathml(latex: str, display: bool) -> str:
    """MathML with the prefix m, or the LaTeX as code where it cannot be converted."""
    plain = f"<code>{html.escape(latex)}</code>"
    try:
        made = str(_converter().convert_with_local_state(latex, displaystyle=display))
        root = ET.fromstring(
            re.sub(r"&(?!lt;|gt;|amp;|quot;|apos;|#)\w+;", lambda m: html.unescape(m[0]), made)
        )
    except Exception:  # whatever the converter cannot do, the source is shown
        return plain
    for node in root.iter():
        node.tag = f"{{{MATHML}}}{node.tag.rpartition('}')[2]}"
        node.attrib.pop("style", None)
    return ET.tostring(root, encoding="unicode")


def qti_package(exercises: Mapping[str, Exercise], variants: int, seed: int, path: Path | str) -> Path:
    """Write a QTI 2.1 content package: an item for each variant, a test that selects one of each exercise.

    Raises WrongSolution, before the file is written, and ValueError when no variant is asked for.
    """
    files: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for n, (label, number, variant) in enumerate(drawn(exercises, variants, seed), start=1):
        identifier = f"item-{n:05d}"
        files[f"items/{identifier}.xml"] = _item(identifier, f"{variant.title}, variant {number}", variant)
        items.setdefault(label, []).append(identifier)
    files["test.xml"] = _test(items)
    files["imsmanifest.xml"] = _manifest(items)
    target = Path(path)
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files, key=lambda f: (f != "imsmanifest.xml", f)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return target


def _written(root: str, attributes: str, inner: Iterable[str], uri: str) -> str:
    """A document; parsed once, so that nothing ill-formed is ever written.  Raises ParseError."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{uri}"{attributes}>\n' + "\n".join(inner)
    text += f"\n</{root}>\n"
    ET.fromstring(text.encode())
    return text


def _attribute(text: str) -> str:
    return html.escape(plain(" ".join(text.split())), quote=True)


def _xhtml(text: str) -> str:
    return rendered(text, _mathml)


def _item(identifier: str, title: str, variant: Variant) -> str:
    declared, body, scored = [], [f"<div>{_xhtml(variant.task)}</div>"], []
    if any(f.kind == "number" for p in variant.parts for row in fields_of(p) for f in row):
        body.append(f"<p>{HINT}</p>")
    count = 0
    for part in variant.parts:
        body.append(f"<div>{_xhtml(prompt_markdown(part))}</div>")
        for row in fields_of(part):
            cells = []
            for field in row:
                count += 1
                name = f"R{count:03d}"
                cells.append(_interaction(name, field))
                declared.append(_declaration(name, field))
                scored.append(_scoring(name, field))
            inline = row[0].kind in ("number", "words")
            body.append(f"<p>{' '.join(cells)}</p>" if inline else "".join(cells))
    answers = "\n\n".join([*map(answer_markdown, variant.parts), solution_markdown(variant)])
    scorers = f'<rubricBlock view="scorer tutor"><div>{_xhtml(answers)}</div></rubricBlock>'
    inner = [
        *declared,
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0'
        "</value></defaultValue></outcomeDeclaration>",
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue>'
        f"<value>{decimal(variant.marks)}</value></defaultValue></outcomeDeclaration>",
        "<itemBody>", *body, scorers, "</itemBody>",
        "<responseProcessing>", *filter(None, scored), "</responseProcessing>",
    ]  # fmt: skip
    attributes = (
        f' xmlns:m="{MATHML}" xmlns:xsi="{SCHEMA}" xsi:schemaLocation="{QTI} {QTI}.xsd"'
        f' identifier="{identifier}" title="{_attribute(title)}" adaptive="false" timeDependent="false"'
    )
    return _written("assessmentItem", attributes, [re.sub(r"<(/?)ns0:", r"<\1m:", x.replace(
        f' xmlns:ns0="{MATHML}"', "")) for x in inner], QTI)  # fmt: skip


_TYPES = {"number": "float", "words": "string", "choice": "identifier", "open": "string"}


def _declaration(name: str, field: Field) -> str:
    right = {"number": field.value, "choice": f"C{field.right}", "words": (field.accepted or ("",))[0]}.get(
        field.kind
    )
    value = html.escape(right or "")
    correct = "" if right is None else f"<correctResponse><value>{value}</value></correctResponse>"
    base = f'identifier="{name}" cardinality="single" baseType="{_TYPES[field.kind]}"'
    return f"<responseDeclaration {base}>{correct}</responseDeclaration>"


def _interaction(name: str, field: Field) -> str:
    if field.kind == "open":
        return f'<extendedTextInteraction responseIdentifier="{name}" expectedLines="10"/>'
    if field.kind == "choice":
        options = "".join(f'<simpleChoice identifier="C{n}">{html.escape(plain(o))}</simpleChoice>'
                          for n, o in enumerate(field.options))  # fmt: skip
        opening = f'<choiceInteraction responseIdentifier="{name}" shuffle="false" maxChoices="1">'
        return f"{opening}{options}</choiceInteraction>"
    return f'<textEntryInteraction responseIdentifier="{name}" expectedLength="12"/>'


def _scoring(name: str, field: Field) -> str:
    """What adds the marks of a field to SCORE; nothing for one that a person marks."""
    variable = f'<variable identifier="{name}"/>'
    if field.kind == "open":
        return ""
    if field.kind == "number":
        tolerance = decimal(field.tolerance)
        mode = "exact" if field.tolerance == 0 else "absolute"
        bounds = "" if field.tolerance == 0 else f' tolerance="{tolerance} {tolerance}"'
        test = f'<equal toleranceMode="{mode}"{bounds}>{variable}<correct identifier="{name}"/></equal>'
    elif field.kind == "choice":
        test = f'<match>{variable}<correct identifier="{name}"/></match>'
    else:
        tests = [f'<stringMatch caseSensitive="false">{variable}<baseValue baseType="string">{html.escape(a)}'
                 "</baseValue></stringMatch>" for a in field.accepted]  # fmt: skip
        test = f"<or>{''.join(tests)}</or>"
    marks = f'<baseValue baseType="float">{decimal(field.marks)}</baseValue>'
    return (
        f'<responseCondition><responseIf>{test}<setOutcomeValue identifier="SCORE"><sum>'
        f'<variable identifier="SCORE"/>{marks}</sum></setOutcomeValue></responseIf></responseCondition>'
    )


def _test(items: Mapping[str, list[str]]) -> str:
    """A section for each exercise, from which one variant is selected."""
    sections = []
    for n, (label, names) in enumerate(items.items(), start=1):
        references = "".join(f'<assessmentItemRef identifier="{i}" href="items/{i}.xml"/>' for i in names)
        sections.append(
            f'<assessmentSection identifier="section-{n:03d}" title="{_attribute(label)}" visible="true">'
            f'<selection select="1"/>{references}</assessmentSection>'
        )
    part = '<testPart identifier="part-1" navigationMode="nonlinear" submissionMode="simultaneous">'
    return _written(
        "assessmentTest", ' identifier="test" title="Exercises"', [part, *sections, "</testPart>"], QTI
    )


def _manifest(items: Mapping[str, list[str]]) -> str:
    names = [i for group in items.values() for i in group]
    files = [
        f'<resource identifier="{i}" type="imsqti_item_xmlv2p1" href="items/{i}.xml">'
        f'<file href="items/{i}.xml"/></resource>' for i in names
    ]  # fmt: skip
    needed = "".join(f'<dependency identifierref="{i}"/>' for i in names)
    opening = '<resource identifier="test" type="imsqti_test_xmlv2p1" href="test.xml">'
    test = f'{opening}<file href="test.xml"/>{needed}</resource>'
    inner = [
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>",
        "<organizations/>", "<resources>", test, *files, "</resources>",
    ]  # fmt: skip
    return _written("manifest", ' identifier="lemmata"', inner, CONTENT)
