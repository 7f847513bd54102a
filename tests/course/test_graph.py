"""The dependency graph: order, cycles and what a change reaches, against their definitions."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lemmata.course.graph import Graph

LABELS = "abcdef"


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    edges = draw(st.sets(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), max_size=12))
    return Graph({a: tuple(b for b in LABELS if (a, b) in edges) for a in LABELS})


def reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    todo = list(graph.cites[start])
    while todo:
        label = todo.pop()
        if label not in found:
            found.add(label)
            todo.extend(graph.cites[label])
    return found


@given(graphs())
def test_a_cycle_is_found_exactly_if_a_label_reaches_itself(graph: Graph) -> None:
    cycle = graph.cycle()
    assert (cycle is not None) == any(label in reachable(graph, label) for label in LABELS)
    if cycle is not None:
        assert cycle[0] == cycle[-1]
        assert all(b in graph.cites[a] for a, b in pairwise(cycle))


@given(graphs())
def test_cited_comes_before_citing(graph: Graph) -> None:
    if graph.cycle() is None:
        order = graph.order()
        assert sorted(order) == sorted(LABELS)
        assert all(order.index(b) < order.index(a) for a in LABELS for b in graph.cites[a])
        depth = {label: i for i, layer in enumerate(graph.layers()) for label in layer}
        assert all(depth[b] < depth[a] for a in LABELS for b in graph.cites[a])


@given(graphs(), st.sets(st.sampled_from(LABELS)))
def test_what_is_affected_and_what_is_needed(graph: Graph, chosen: set[str]) -> None:
    if graph.cycle() is None:
        assert graph.needed(chosen) == chosen.union(*(reachable(graph, c) for c in chosen))
    assert graph.affected(chosen) == chosen | {a for a in LABELS if reachable(graph, a) & chosen}


def test_a_result_that_cites_itself_is_a_cycle() -> None:
    assert Graph({"a": ("a",)}).cycle() == ["a", "a"]
    assert Graph({}).cycle() is None
    assert Graph({}).layers() == []
