"""A check as JUnit XML, the format in which build servers read test results.

One test case a theorem: wrong is a failure, a breakdown of the engine an error, undecided is skipped.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from lemmata.course.check import Report, outcome
from lemmata.course.load import Course
from lemmata.refute.verdict import assignments

__all__ = ["junit_xml"]

# Characters that XML 1.0 cannot hold at all.
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(course: Course, report: Report, strict: bool = False) -> str:
    """The document.  With ``strict`` the undecided are failures too."""
    suite = ElementTree.Element("testsuite", name=_clean(course.title))
    counts = {"failure": 0, "error": 0, "skipped": 0}
    for result in report.results:
        theorem = course.theorems[result["label"]]
        case = ElementTree.SubElement(
            suite,
            "testcase",
            name=theorem.label,
            classname=theorem.topic or "course",
            file=course.relative(theorem.file),
            line=str(theorem.line),
            time=f"{result.get('seconds', 0):.3f}",
        )
        state = outcome(result)
        if state != "good":
            tag = "error" if result.get("verdict") == "failed" else "failure"
            tag = tag if state == "wrong" or strict else "skipped"
            counts[tag] += 1
            found = result.get("counterexample")
            fails = [f"it fails: {found['reason']}", *assignments(found["values"])] if found else []
            why = _clean("\n".join([*fails, *map(str, result.get("why", []))]))
            child = ElementTree.SubElement(
                case, tag, message=f"{result['word']}: {why.partition(chr(10))[0]}"
            )
            child.text = why
    suite.set("tests", str(len(report.results)))
    suite.set("failures", str(counts["failure"]))
    suite.set("errors", str(counts["error"]))
    suite.set("skipped", str(counts["skipped"]))
    suite.set("time", f"{sum(result.get('seconds', 0) for result in report.results):.3f}")
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("?", text)
