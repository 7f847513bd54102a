r"""Declarations of a document: what its letters are and what it assumes, before its first formula.

They stand in YAML front matter (``let:``, ``assume:``, ``define:``), in the ``%%`` comment lines at the top
of a LaTeX file (as YAML or as claim text) or in a file of claim text of their own.

>>> found = read_declarations("---\nlet:\n  X: R^{m x n}\nassume: [rank(X) = m]\n---\n")
>>> print(found.text)
let X : R^{m x n}
assume rank(X) = m
>>> found.lines
(3, 4)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from lemmata.terms.claims import Claims, read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["Declarations", "parts_of", "read_declarations"]

KEYWORDS = ("let", "assume", "define")
LIMIT = 100_000


@dataclass(frozen=True)
class Declarations:
    """Claim text, and for each of its lines the line of the document that it was written in."""

    text: str = ""
    lines: tuple[int, ...] = ()
    document: str = ""
    start: int = 0

    def letters(self) -> set[str]:
        """The letters that are declared or defined, whatever they meant before."""
        said = [line for line in self.text.split("\n") if line.split(None, 1)[:1] in (["let"], ["let:"])]
        defined = re.findall(r"^\s*define:?\s+([A-Za-z][A-Za-z0-9_]*)", self.text, re.MULTILINE)
        return {*Declarations("\n".join(said)).claims(Scope()).scope.symbols, *defined}

    def claims(self, scope: Scope) -> Claims:
        """What they declare.  Raises ReadError with the line of the document."""
        try:
            claims = read_claims(self.text, scope)
        except ReadError as error:
            raise self._placed(error) from None
        if claims.shows:
            shown = claims.shows[0]
            hint = "write the claim as a display"
            raise self._placed(ReadError("declarations claim nothing", self.text, shown.line, 1, hint))
        return claims

    def _placed(self, error: ReadError) -> ReadError:
        """The error in the document where its line can be found there, else in the claim text."""
        if not self.lines or error.line > len(self.lines):
            return error
        said = self.text.split("\n")[error.line - 1]
        line = self.lines[error.line - 1]
        written = self.document.split("\n")[line - 1]
        # The caret goes to the same word in the document's own spelling of the line.
        word = said[error.column - 1 :].split(" ")[0]
        column = written.find(word) + 1 if word and word in written else 1
        return ReadError(error.message, self.document, line, column, error.suggestion)


def parts_of(given: str) -> list[Declarations]:
    """Claim text cut at its lines ``#: from line N``: what follows holds from there on in the document."""
    parts: list[Declarations] = []
    start, lines, places = 0, list[str](), list[int]()
    for number, line in enumerate(given.split("\n"), 1):
        mark = re.fullmatch(r"\s*#:\s*from line (\d+)\b.*", line)
        if mark:
            parts.append(Declarations("\n".join(lines), tuple(places), given, start))
            start, lines, places = int(mark[1]), [], []
        else:
            lines.append(line)
            places.append(number)
    return [*parts, Declarations("\n".join(lines), tuple(places), given, start)]


def read_declarations(text: str) -> Declarations:
    """The declarations at the top of a document.  Raises ReadError for what is no declaration."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    if front:
        return _from_yaml(front[1], 1, text)
    lines: list[str] = []
    before = 0
    for number, line in enumerate(text.split("\n")):
        if line.lstrip().startswith("%%"):
            if not lines:
                before = number
            lines.append(re.sub(r"^\s*%%+ ?", "", line))
        elif line.strip() and (lines or not line.lstrip().startswith("%")):
            break
        elif lines:
            lines.append("")
    if any(re.match(rf"({'|'.join(KEYWORDS)})\s*:\s*([\[{{|>]|#|$)", line) for line in lines):
        return _from_yaml("\n".join(lines), before, text)
    return _from_claim_lines(lines, before, text)


def _from_claim_lines(lines: list[str], before: int, document: str) -> Declarations:
    """%% let X : R^{m x n}; other comments stay comments, except those that look like a misspelt keyword."""
    said: list[str] = []
    places: list[int] = []
    for number, line in enumerate(lines, before + 1):
        words = line.split(None, 1)
        first = words[0].rstrip(":").lower() if words else ""
        if first in (*KEYWORDS, "given"):
            said.append(line)
            places.append(number)
        elif len(words) > 1 and first.isalpha() and get_close_matches(first, ("assume", "define"), 1, 0.8):
            hint = "begin the line with let, assume or define"
            raise ReadError(f"{words[0][:30]!r} is no keyword", document, number, 1, hint)
    return Declarations("\n".join(said), tuple(places), document)


def _from_yaml(block: str, before: int, document: str) -> Declarations:
    import yaml

    if len(block) > LIMIT:
        raise ReadError(f"front matter of more than {LIMIT} characters", document, 1, 1)
    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + before + 1, mark.column + 1) if mark else (before + 1, 1)
        hint = 'put the text in quotes, as in  - "A x = b"'
        raise ReadError(f"this is not YAML: {error.problem}", document, line, column, hint) from None
    except yaml.YAMLError as error:
        raise ReadError(f"this is not YAML: {str(error).splitlines()[0]}", document, before + 1, 1) from None
    except RecursionError:
        raise ReadError("front matter nested too deeply", document, before + 1, 1) from None
    if root is None:
        return Declarations(document=document)
    if not isinstance(root, yaml.MappingNode):
        raise ReadError("front matter is a mapping of let, assume and define", document, before + 1, 1)
    said: list[str] = []
    places: list[int] = []
    for key, value in root.value:
        word = str(key.value).strip().lower() if isinstance(key, yaml.ScalarNode) else ""
        if word not in KEYWORDS:
            near = get_close_matches(word, KEYWORDS, 1, 0.75)
            if near:
                raise ReadError(
                    f"unknown key {word!r}", document, key.start_mark.line + before + 1, 1, f"{near[0]}:"
                )
            continue  # title, author, …
        joint = {"let": " : ", "define": " = ", "assume": " = "}[word]
        for text, line in _items(value, joint, document, before):
            said.append(f"{word} {text}")
            places.append(line + before + 1)
    return Declarations("\n".join(said), tuple(places), document)


def _items(node: object, joint: str, document: str, before: int, level: int = 0) -> Iterator[tuple[str, int]]:
    """The items of a mapping, a list or a scalar, each with its line from 0."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        lines = str(node.value).split("\n") if node.style == "|" else [str(node.value)]
        for number, part in enumerate(lines):
            text = " ".join(part.split())
            if text:
                yield text, node.start_mark.line + number + (node.style == "|")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not (isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)):
                line = node.start_mark.line + before + 1
                raise ReadError("a name and a text were expected here", document, line, 1, "X: R^{m x n}")
            name, text = (" ".join(str(part.value).split()) for part in (key, value))
            yield (f"{name}{joint}{text}" if text else name), key.start_mark.line
    elif isinstance(node, yaml.SequenceNode) and level == 0:
        for item in node.value:
            yield from _items(item, joint, document, before, 1)
    else:
        raise ReadError("a list within a list", document, before + 1, 1, "one item a line")
