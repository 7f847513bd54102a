r"""Matrices laid out as one column: products of two of them are sums over all entries.

    \operatorname{vec}(A)^T \operatorname{vec}(B),  A(:)'*B(:),  A.ravel() @ B.ravel()      tr(A^T B)
    \langle vec(A), vec(B) \rangle,  \|vec(A)\|                                             tr(A^T B), \|A\|_F

>>> vectorised(r"\operatorname{vec}(A)^\top\operatorname{vec}(B)")
'\\operatorname{tr}((A)^{\\top}(B))'
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import closing

__all__ = ["vectorised"]

MOST = 12
_VEC = re.compile(
    r"(?:\\(?:operatorname|mathrm|text|textrm|mathbf)\s*\*?\s*\{\s*vec\s*\}|(?<![A-Za-z\\])vec)\s*(?:\\left)?\s*\("
)
_METHODS = re.compile(
    r"(?<![\w.\\])([A-Za-z]\w*)(?:\(:\)|\.(?:ravel|flatten)\(\)|\.reshape\(-1\)|\.vec\(\))(\s*(?:\.?'|\.T(?![a-z])))?"
)
_COLUMN = r"\(\(vec (?P<{}>[^ ]+) \)\)"
_TRANSPOSE = (
    r"\s*\^\s*(?:\{\s*)?(?P<sign>\\top|\\intercal|\\dagger|T|H|\*)(?:\s*\})?\s*(?:\\cdot(?![a-z])|@|\*)?\s*"
)
_BY_ROW = re.compile(_COLUMN.format("one") + _TRANSPOSE + _COLUMN.format("two"))
_INNER = re.compile(
    rf"(?:\\langle|⟨)\s*{_COLUMN.format('one')}\s*,\s*{_COLUMN.format('two')}\s*(?:\\rangle|⟩)"
    rf"|{_COLUMN.format('left')}\s*(?:@|\\cdot(?![a-z]))\s*{_COLUMN.format('right')}"
)
_NORM = re.compile(rf"(?:\\\||‖)\s*{_COLUMN.format('one')}\s*(?:\\\||‖)(?:_\{{?2\}}?)?")


def vectorised(text: str) -> str:
    """The text with inner products and norms of such columns by the matrices themselves."""
    marked = _METHODS.sub(lambda m: f"((vec {m[1]} ))" + ("^T " if m[2] else ""), text)
    held: list[str] = []
    for _ in range(MOST):
        found = _VEC.search(marked)
        end = closing(marked, found.end(), "(", ")") if found else -1
        if found is None or end < 0:
            break
        held.append(re.sub(r"\\right\s*$", "", marked[found.end() : end]).strip())
        marked = f"{marked[: found.start()]}((vec #{len(held) - 1} )){marked[end + 1 :]}"

    def matrix(name: str) -> str:
        return held[int(name[1:])] if name.startswith("#") else name

    done = _BY_ROW.sub(
        lambda m: rf"\operatorname{{tr}}(({matrix(m['one'])})^{{{m['sign']}}}({matrix(m['two'])}))", marked
    )
    done = _INNER.sub(
        lambda m: (
            rf"\operatorname{{tr}}(({matrix(m['one'] or m['left'])})^T({matrix(m['two'] or m['right'])}))"
        ),
        done,
    )
    done = _NORM.sub(lambda m: rf"\|{matrix(m['one'])}\|_F", done)
    # A column that stands alone, or is multiplied by something else, is not read here.
    return text if "((vec " in done else done
