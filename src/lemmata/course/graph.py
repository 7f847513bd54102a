"""Who cites whom: the dependency graph of a course, its order, its cycles and what a change affects.

>>> g = Graph({"unique": (), "exists": (), "rank": ("unique",), "ridge": ("rank", "exists")})
>>> g.order()
['unique', 'exists', 'rank', 'ridge']
>>> sorted(g.affected({"unique"}))
['rank', 'ridge', 'unique']
>>> Graph({"a": ("b",), "b": ("c",), "c": ("b",)}).cycle()
['b', 'c', 'b']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Graph"]


@dataclass(frozen=True)
class Graph:
    """``cites[label]``: the labels that the derivation of ``label`` uses.  Every one of them is a key."""

    cites: Mapping[str, tuple[str, ...]]

    def order(self) -> list[str]:
        """A topological order, cited before citing; otherwise in the order given.  Needs an acyclic graph."""
        done: dict[str, None] = {}
        for label in self.cites:
            for node in self._closure(label):
                done.setdefault(node)
        return list(done)

    def cycle(self) -> list[str] | None:
        """A circular citation [a, b, ..., a], if there is one."""
        finished: set[str] = set()
        for root in self.cites:
            path: list[str] = []
            stack = [(root, iter(self.cites[root]))] if root not in finished else []
            path += [root] if stack else []
            while stack:
                _, remaining = stack[-1]
                for cited in remaining:
                    if cited in path:
                        return [*path[path.index(cited) :], cited]
                    if cited not in finished:
                        path.append(cited)
                        stack.append((cited, iter(self.cites[cited])))
                        break
                else:
                    finished.add(path.pop())
                    stack.pop()
        return None

    def affected(self, changed: Iterable[str]) -> set[str]:
        """The changed labels and all that depend on them, directly or not."""
        users: dict[str, list[str]] = {label: [] for label in self.cites}
        for label, cited in self.cites.items():
            for other in cited:
                users[other].append(label)
        found: set[str] = set()
        todo = list(changed)
        while todo:
            label = todo.pop()
            if label not in found:
                found.add(label)
                todo.extend(users[label])
        return found

    def needed(self, labels: Iterable[str]) -> set[str]:
        """The labels and all that their derivations rest on."""
        return {node for label in labels for node in self._closure(label)}

    def layers(self) -> list[list[str]]:
        """The order cut into layers: a label depends on earlier layers only."""
        depth: dict[str, int] = {}
        for label in self.order():
            depth[label] = 1 + max((depth[c] for c in self.cites[label]), default=-1)
        return [[n for n in depth if depth[n] == d] for d in range(max(depth.values(), default=-1) + 1)]

    def _closure(self, label: str) -> list[str]:
        """What a label rests on and itself, cited before citing."""
        out: dict[str, None] = {}
        stack = [(label, False)]
        opened: set[str] = set()
        while stack:
            node, closed = stack.pop()
            if closed:
                out.setdefault(node)
            elif node not in opened:
                opened.add(node)
                stack.append((node, True))
                stack.extend((c, False) for c in reversed(self.cites[node]))
        return list(out)
