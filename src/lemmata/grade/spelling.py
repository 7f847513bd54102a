r"""Spellings of other systems and habits of hand, rewritten before an answer is parsed.

    np.array([1, 2])  ->  array([1, 2])       {1 \over 2}      ->  \frac{1}{2}
    \sqrt[3]{8}       ->  (8)^{(1/(3))}       \pmatrix{a & b}  ->  \begin{pmatrix}a & b\end{pmatrix}
    50%               ->  50/100              (1|2|-1)         ->  (1,2,-1)

Only text is rewritten; what it means is decided by the one parser.  A rewriting that depends on the kind of
the answer says so in its function's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["spelled"]

_PREFIX = re.compile(
    r"^(?:(?:so|thus|hence|therefore)[, ]+)?(?:(?:the|my)\s+)?(?:final\s+)?"
    r"(?:(?:answer|solution|result|value|limit|matrix|vector|set)\s*(?:is|are|:|=)|it is|answer:|ans:|ans\s*=)\s*",
    re.IGNORECASE,
)
_LIBRARY = re.compile(r"(?<![\w.\\])(?:np|numpy|sp|sympy|math|torch|jnp|scipy)\.(?:linalg\.)?(?=[A-Za-z])")
_OVER = re.compile(r"\{([^{}]*)\\over(?![A-Za-z])([^{}]*)\}")
_EMPTY = re.compile(
    r"(?:there (?:is|are) )?(?:no (?:real )?solutions?|none|(?:the )?empty set|nothing|keine l(?:ö|oe)sung)",
    re.IGNORECASE,
)
_TENDS = re.compile(
    r"\\(?:long)?(?:to|rightarrow)(?![A-Za-z])|→|-+>|\b(?:diverges|converges|tends|goes)\s+to\b|\bapproaches\b"
)
_NUMBERS = r"[\s\d.,/+\-−*√]"


def spelled(text: str, kind: str, mode: str = "") -> str:
    """The text with the spellings that this kind of answer allows rewritten."""
    text = text.strip()
    if len(text) > 10_000:  # the parser says so, with the place
        return text
    if text.startswith("```"):
        text = re.sub(r"^```[a-z]*\s*|\s*```$", "", text)
    text = text.strip("`").strip()
    text = _LIBRARY.sub("", _PREFIX.sub("", text))
    text = _OVER.sub(r"\\frac{\1}{\2}", text)
    text = _commands(text)
    rule = _BY_KIND.get("span" if mode in ("span", "affine") else kind)
    return rule(text) if rule else text


def _commands(text: str) -> str:
    for name in ("pmatrix", "bmatrix", "vmatrix", "matrix"):
        text = _with_argument(text, rf"\\{name}\s*\{{", _environment(name))
    text = _with_argument(text, r"\\sqrt\s*\[([^\[\]]{1,40})\]\s*\{", lambda c, m: f"({c})^{{(1/({m[1]}))}}")
    text = re.sub(r"\\sqrt\s*\[([^\[\]]{1,40})\]\s*(\d|[A-Za-z])", r"(\2)^{(1/(\1))}", text)
    text = re.sub(r"(?<![A-Za-z\\])(?:eye|identity)\s*\((\d{1,2})\)", r"I_{\1}", text)
    text = _call(text, r"(?<![A-Za-z])pow\s*\(", lambda a: f"({a[0]})^({a[1]})" if len(a) == 2 else None)
    diagonal = r"(?:\\(?:operatorname|mathrm|text)\s*\{\s*diag\s*\}|\\diag|(?<![A-Za-z])diag)\s*\("
    text = _call(text, diagonal, _diagonal)
    return re.sub(r"([\])])\s*(?:'|’)(?!')", r"\1^T", text)


def _environment(name: str) -> Callable[[str, re.Match[str]], str]:
    return lambda content, _: rf"\begin{{{name}}}{content}\end{{{name}}}"


def _diagonal(entries: list[str]) -> str | None:
    if len(entries) == 1 and entries[0].startswith("[") and entries[0].endswith("]"):
        entries = [e.strip() for e in entries[0][1:-1].split(",")]
    n = len(entries)
    if n < 2 or n > 12 or not all(entries):
        return None
    rows = [" & ".join(f"({e})" if i == j else "0" for j in range(n)) for i, e in enumerate(entries)]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def _closing(text: str, start: int, opener: str, closer: str) -> int:
    """The place of the closer that belongs to the opener just before ``start``; -1 without one."""
    depth = 1
    for i in range(start, len(text)):
        depth += (text[i] == opener) - (text[i] == closer)
        if depth == 0:
            return i
    return -1


def _with_argument(text: str, pattern: str, build: Callable[[str, re.Match[str]], str]) -> str:
    for _ in range(12):
        found = re.search(pattern, text)
        if found is None:
            return text
        end = _closing(text, found.end(), "{", "}")
        if end < 0:
            return text
        text = text[: found.start()] + build(text[found.end() : end], found) + text[end + 1 :]
    return text


def _call(text: str, pattern: str, build: Callable[[list[str]], str | None]) -> str:
    found = re.search(pattern, text)
    if found is None:
        return text
    end = _closing(text, found.end(), "(", ")")
    if end < 0:
        return text
    entries, depth = [""], 0
    for c in text[found.end() : end]:
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            entries.append("")
        else:
            entries[-1] += c
    built = build([e.strip() for e in entries])
    return text if built is None else text[: found.start()] + built + text[end + 1 :]


# --- by kind ----------------------------------------------------------------------------------------


def _number(text: str) -> str:
    # 2**+1 is a power; without this 2^+ would be a pseudoinverse.
    text = re.sub(r"(\*\*|\^\s*\{?)\s*\+\s*(?=[\d(])", r"\1", text)
    percent = re.fullmatch(r"(.*\d)\s*\\?%\.?", text, re.DOTALL)
    if percent:
        return f"({percent[1].replace(',', '.')})/100"
    ratio = re.fullmatch(r"([-−]?\d+)\s*:\s*(\d+)", text)
    return f"{ratio[1]}/{ratio[2]}" if ratio else text


def _vector(text: str) -> str:
    label = re.match(r"^[^=]{0,40}=\s*(?=[(<{\[])", text)
    before, body = (label[0], text[label.end() :]) if label else ("", text)
    # [a, b]^T: a tuple written in brackets, with the transpose that makes a column of a row.
    body = re.sub(r"^\[([^\[\];]*,[^\[\];]*)\]\s*(?=\^)", r"(\1)", body)
    text = before + body
    wrapped = re.fullmatch(r"(?:\\langle|⟨|<)\s*([^<>]*?)\s*(?:\\rangle|⟩|>)", body)
    if wrapped and "," in wrapped[1]:
        return f"{before}({wrapped[1]})"
    listed = re.fullmatch(r"\(([^()]*)\)", body)
    if listed and re.search(r"[;|]", listed[1]) and "," not in listed[1]:
        return f"{before}({re.sub('[;|]', ',', listed[1])})"
    braces = re.fullmatch(r"\\?\{([^{}]*,[^{}]*?)\\?\}", body)
    if braces and not re.search(r"[:|(]", braces[1]):
        return f"{before}({braces[1]})"
    if re.fullmatch(rf"{_NUMBERS}+", text) and re.search(r"\d\s*,\s+[-−\d]|,.*,", text):
        return f"({text})"
    return text


def _matrix(text: str) -> str:
    body = text.strip()
    if re.fullmatch(r"[\s\d.,/+\-−*√(){}]*", body) and re.match(r"[({]\s*[({]", body) and len(body) < 2000:
        return body.translate(str.maketrans("({})", "[[]]"))
    if "\n" in body and "\\" not in body and ";" not in body:
        inside = re.fullmatch(r"(.*?=\s*)?\[([^\[\]]*)\]", body, re.DOTALL)
        rows = (inside[2] if inside else body).strip().split("\n")
        if inside or re.fullmatch(rf"{_NUMBERS}+", body):
            return "[" + "; ".join(row.strip().rstrip(",") for row in rows) + "]"
    return text


def _finite(text: str) -> str:
    if _EMPTY.fullmatch(text.strip(" .")):
        return r"\emptyset"
    text = re.sub(r"^\s*\\?[A-Za-z]+\s*(?:\\in(?![A-Za-z])|∈)\s*(?=\\?\{)", "", text)
    if re.search(r"\\cup|∪", text) and "(" not in text:
        text = re.sub(r"\\?\}\s*(?:\\cup|∪)\s*\\?\{", ", ", text)
    return text if "begin" in text else re.sub(r"(?<=\d)\s+\\?&\s+(?=[-\d])", " and ", text)


def _span(text: str) -> str:
    text = re.sub(
        r"(?<![A-Za-z])(?:lin|Lin|LH|sp)\s*(?=\\?[{(])|\\(?:operatorname|mathrm|text)\s*\{\s*(?:lin|Lin)\s*\}",
        "span",
        text,
    )
    inside = re.fullmatch(r"(?:\\langle|⟨|<)\s*(\(.*\)|\\begin.*\})\s*(?:\\rangle|⟩|>)", text, re.DOTALL)
    return f"span{{{inside[1]}}}" if inside else text


def _limit(text: str) -> str:
    if "\\lim" not in text and "lim" not in text[:4]:
        pieces = _TENDS.split(text)
        if len(pieces) > 1 and pieces[-1].strip():
            return pieces[-1].strip()
    return text


_BY_KIND = {
    "number": _number,
    "vector": _vector,
    "matrix": _matrix,
    "finite": _finite,
    "span": _span,
    "limit": _limit,
}
