r"""Exercises for other systems: a Moodle question bank and a QTI 2.1 package, each with N variants.

    moodle_xml(exercises, variants=20, seed=7)                 one XML file for "Import questions"
    qti_package(exercises, variants=20, seed=7, path="x.zip")  items, a test that draws a variant, a manifest

What those systems can mark is in ``fields``, the package in ``qti``.  The same arguments always
give the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from xml.etree import ElementTree as ET

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.export.fields import (
    HINT,
    Field,
    answer_markdown,
    decimal,
    drawn,
    fields_of,
    is_open,
    plain,
    prompt_markdown,
    rendered,
    solution_markdown,
)
from lemmata.grade.export.qti import qti_package

__all__ = ["moodle_xml", "qti_package"]


def _for_mathjax(latex: str, display: bool) -> str:
    r"""\( \) and \[ \], which Moodle's filter looks for; apart from that, text."""
    opener, closer = (r"\[", r"\]") if display else (r"\(", r"\)")
    # A field of a cloze question begins {1:NUMERICAL: and the like; in LaTeX a space there changes nothing.
    spaced = re.sub(r"\{(?=\d*:)", "{ ", latex)
    return f"{opener}{html.escape(spaced)}{closer}"


def moodle_xml(exercises: Mapping[str, Exercise], variants: int, seed: int) -> str:
    """The exercises as Moodle XML: a category for each, in it the variants 1 to ``variants``.

    A variant is a question with fields ("cloze"; "numerical" or "multichoice" where it has a single part of
    that kind), and, for the parts that a person marks, an essay with the answers among what graders see.
    Raises WrongSolution, and ValueError when no variant is asked for.
    """
    quiz = ET.Element("quiz")
    current = ""
    for label, n, variant in drawn(exercises, variants, seed):
        if label != current:
            current = label
            question = ET.SubElement(quiz, "question", type="category")
            _text(question, "category", f"$course$/top/{plain(label).replace('/', '//')}")
        closed = [p for p in variant.parts if not is_open(p)]
        opened = [p for p in variant.parts if is_open(p)]
        name = f"{label} {n:03d}"
        if closed:
            _closed(quiz, name, variant, closed)
        if opened:
            _essay(quiz, f"{name} text" if closed else name, variant, opened)
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, tag, attributes)
    ET.SubElement(node, "text").text = text
    return node


def _question(quiz: ET.Element, kind: str, name: str, body: str, variant: Variant) -> ET.Element:
    question = ET.SubElement(quiz, "question", type=kind)
    _text(question, "name", plain(name))
    _text(question, "questiontext", body, format="html")
    feedback = "" if kind == "essay" else rendered(solution_markdown(variant), _for_mathjax)
    _text(question, "generalfeedback", feedback, format="html")
    return question


def _closed(quiz: ET.Element, name: str, variant: Variant, parts: list[Part]) -> None:
    task = rendered(variant.task, _for_mathjax)
    if len(variant.parts) == 1 and parts[0].kind in ("number", "choice"):
        _single(quiz, name, variant, parts[0], task)
        return
    lines = [task, f"<p><em>{HINT}</em></p>"]
    fields = [f for p in parts for row in fields_of(p) for f in row]
    scale = lcm(*(f.marks.denominator for f in fields))  # the weights of a cloze question are integers
    for part in parts:
        lines.append(rendered(prompt_markdown(part), _for_mathjax))
        rows = ["<td>" + "</td><td>".join(_cloze(f, scale) for f in row) + "</td>" for row in fields_of(part)]
        lines.append("<table><tbody><tr>" + "</tr><tr>".join(rows) + "</tr></tbody></table>")
    _question(quiz, "cloze", name, "\n".join(lines), variant)


def _cloze(field: Field, scale: int) -> str:
    weight = int(field.marks * scale)
    if field.kind == "number":
        return f"{{{weight}:NUMERICAL:={field.value}:{decimal(field.tolerance)}}}"
    if field.kind == "words":
        return f"{{{weight}:SHORTANSWER:{'~'.join('=' + _entities(a) for a in field.accepted)}}}"
    options = "~".join(("=" if n == field.right else "") + _entities(o) for n, o in enumerate(field.options))
    return f"{{{weight}:MULTICHOICE_V:{options}}}"


def _entities(text: str) -> str:
    """Everything but letters, digits, spaces and commas as a numeric entity: nothing can end the field."""
    return "".join(c if c.isalnum() or c in " ," else f"&#{ord(c)};" for c in plain(text))


def _single(quiz: ET.Element, name: str, variant: Variant, part: Part, task: str) -> None:
    field = fields_of(part)[0][0]
    kind = {"number": "numerical", "choice": "multichoice"}[field.kind]
    body = f"{task}\n{rendered(part.prompt, _for_mathjax)}"
    question = _question(quiz, kind, name, body, variant)
    ET.SubElement(question, "defaultgrade").text = decimal(part.marks)
    if field.kind == "choice":
        ET.SubElement(question, "single").text = "true"
        ET.SubElement(question, "shuffleanswers").text = "0"
    for n, option in enumerate(field.options or (field.value,)):
        right = field.kind == "number" or n == field.right
        text = option if field.kind == "number" else html.escape(plain(option))
        answer = _text(question, "answer", text, fraction="100" if right else "0",
                       format="moodle_auto_format" if field.kind == "number" else "html")  # fmt: skip
        if field.kind == "number":
            ET.SubElement(answer, "tolerance").text = decimal(field.tolerance)


def _essay(quiz: ET.Element, name: str, variant: Variant, parts: list[Part]) -> None:
    task = "\n\n".join([variant.task, *(prompt_markdown(p) for p in parts)])
    question = _question(quiz, "essay", name, rendered(task, _for_mathjax), variant)
    ET.SubElement(question, "defaultgrade").text = decimal(sum((p.marks for p in parts), Fraction(0)))
    for tag, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "15"),
                       ("attachments", "0"), ("attachmentsrequired", "0")):  # fmt: skip
        ET.SubElement(question, tag).text = value
    answers = "\n\n".join([*map(answer_markdown, parts), solution_markdown(variant)])
    _text(question, "graderinfo", rendered(answers, _for_mathjax), format="html")
    _text(question, "responsetemplate", "", format="html")
