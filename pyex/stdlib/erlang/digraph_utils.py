"""`:digraph_utils`: questions about directed graphs as wholes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang import digraph
from pyex.stdlib.erlang.digraph import Graph, graph_of
from pyex.terms.atoms import atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.maps import encode_key

module = NativeModule(":digraph_utils", doc="Questions about directed graphs: order, components, what can be reached.")

Next = Callable[[Any], list[Any]]


def _forest(starts: Iterable[Any], following: Next) -> list[list[Any]]:
    """Return the trees of a walk that goes deep first, each in the order in which its vertices are left."""
    seen: set[Any] = set()
    trees = []
    for start in starts:
        if encode_key(start) in seen:
            continue
        seen.add(encode_key(start))
        tree: list[Any] = []
        path = [(start, iter(following(start)))]
        while path:
            vertex, rest = path[-1]
            for found in rest:
                if encode_key(found) not in seen:
                    seen.add(encode_key(found))
                    path.append((found, iter(following(found))))
                    break
            else:
                tree.append(vertex)
                path.pop()
        trees.append(tree)
    return trees


def _reached(starts: Iterable[Any], following: Next) -> list[Any]:
    found: dict[Any, Any] = {}
    todo = list(starts)[::-1]
    while todo:
        vertex = todo.pop()
        if encode_key(vertex) not in found:
            found[encode_key(vertex)] = vertex
            todo.extend(following(vertex))
    return list(found.values())


def _strong(graph: Graph) -> list[list[Any]]:
    order = [vertex for tree in _forest(graph.vertices(), graph.into) for vertex in tree][::-1]
    return _forest(order, graph.out)


def _lists(parts: Iterable[list[Any]]) -> Any:
    return from_pylist([from_pylist(part) for part in parts])


@module.function
def topsort(graph: Any) -> Any:
    """Return the vertices so that every edge leads forward, or false when there is a circle.

    iex> g = :digraph.new()
    iex> for v <- [:b, :a], do: :digraph.add_vertex(g, v)
    iex> :digraph.add_edge(g, :a, :b)
    iex> :digraph_utils.topsort(g)
    [:a, :b]
    """
    found = graph_of(graph)
    if not is_acyclic(graph):
        return False
    return from_pylist([vertex for tree in _forest(found.vertices(), found.out) for vertex in tree][::-1])


@module.function
def is_acyclic(graph: Any) -> Any:
    """Tell whether a graph has no circle.

    iex> :digraph_utils.is_acyclic(:digraph.new())
    true
    """
    found = graph_of(graph)
    return not to_pylist(loop_vertices(graph)) and all(len(part) == 1 for part in _strong(found))


@module.function
def loop_vertices(graph: Any) -> Any:
    """Return the vertices that have an edge to themselves.

    iex> :digraph_utils.loop_vertices(:digraph.new())
    []
    """
    found = graph_of(graph)
    return from_pylist([v for v in found.vertices() if encode_key(v) in map(encode_key, found.out(v))])


@module.function
def components(graph: Any) -> Any:
    """Return the parts of a graph between which there are no edges.

    iex> :digraph_utils.components(:digraph.new())
    []
    """
    found = graph_of(graph)
    return _lists(_forest(found.vertices(), lambda vertex: found.out(vertex) + found.into(vertex)))


@module.function
def strong_components(graph: Any) -> Any:
    """Return the parts of a graph in which every vertex can be reached from every other.

    iex> :digraph_utils.strong_components(:digraph.new())
    []
    """
    return _lists(_strong(graph_of(graph)))


@module.function
def cyclic_strong_components(graph: Any) -> Any:
    """Return the strong components that hold a circle.

    iex> :digraph_utils.cyclic_strong_components(:digraph.new())
    []
    """
    loops = {encode_key(vertex) for vertex in to_pylist(loop_vertices(graph))}
    parts = _strong(graph_of(graph))
    return _lists(part for part in parts if len(part) > 1 or encode_key(part[0]) in loops)


@module.function
def reachable(vertices: Any, graph: Any) -> Any:
    """Return what can be reached from vertices, they themselves included.

    iex> :digraph_utils.reachable([], :digraph.new())
    []
    """
    return from_pylist(_reached(to_pylist(vertices), graph_of(graph).out)[::-1])


@module.function
def reachable_neighbours(vertices: Any, graph: Any) -> Any:
    """Return what can be reached from vertices by at least one edge.

    iex> :digraph_utils.reachable_neighbours([], :digraph.new())
    []
    """
    found = graph_of(graph)
    return from_pylist(_reached([n for v in to_pylist(vertices) for n in found.out(v)], found.out)[::-1])


@module.function
def reaching(vertices: Any, graph: Any) -> Any:
    """Return the vertices from which some vertices can be reached, they themselves included.

    iex> :digraph_utils.reaching([], :digraph.new())
    []
    """
    return from_pylist(_reached(to_pylist(vertices), graph_of(graph).into)[::-1])


@module.function
def reaching_neighbours(vertices: Any, graph: Any) -> Any:
    """Return the vertices from which some vertices can be reached by at least one edge.

    iex> :digraph_utils.reaching_neighbours([], :digraph.new())
    []
    """
    found = graph_of(graph)
    return from_pylist(_reached([n for v in to_pylist(vertices) for n in found.into(v)], found.into)[::-1])


@module.function
def postorder(graph: Any) -> Any:
    """Return the vertices in the order in which a walk that goes deep first leaves them.

    iex> :digraph_utils.postorder(:digraph.new())
    []
    """
    found = graph_of(graph)
    return from_pylist([vertex for tree in _forest(found.vertices(), found.out) for vertex in tree])


@module.function
def preorder(graph: Any) -> Any:
    """Return the vertices in the order in which a walk that goes deep first comes to them.

    iex> :digraph_utils.preorder(:digraph.new())
    []
    """
    found = graph_of(graph)
    return from_pylist(_reached(found.vertices(), lambda vertex: found.out(vertex)[::-1]))


@module.function
def is_tree(graph: Any) -> Any:
    """Tell whether a graph is a tree.

    iex> :digraph_utils.is_tree(:digraph.new())
    false
    """
    found = graph_of(graph)
    return len(found.edges) == len(found.labels) - 1 and len(to_pylist(components(graph))) == 1


@module.function
def arborescence_root(graph: Any) -> Any:
    """Return `{:yes, root}` of a tree whose edges all lead away from it, or `:no`.

    iex> :digraph_utils.arborescence_root(:digraph.new())
    :no
    """
    found = graph_of(graph)
    entering: Counter[Any] = Counter(encode_key(second) for _, _, second, _ in found.edges.values())
    degrees = [(vertex, entering[encode_key(vertex)]) for vertex in found.vertices()]
    roots = [vertex for vertex, degree in degrees if degree == 0]
    if len(found.edges) == len(degrees) - 1 and len(roots) == 1 and all(degree <= 1 for _, degree in degrees):
        return atom("yes"), roots[0]
    return atom("no")


@module.function
def is_arborescence(graph: Any) -> Any:
    """Tell whether a graph is a tree whose edges all lead away from its root.

    iex> :digraph_utils.is_arborescence(:digraph.new())
    false
    """
    return arborescence_root(graph) is not atom("no")


@module.function("subgraph", arity=(2, 3))
def subgraph(graph: Any, vertices: Any, options: Any = EMPTY) -> Any:
    """Return a graph of some vertices and the edges between them.

    iex> :digraph.vertices(:digraph_utils.subgraph(:digraph.new(), [:a]))
    []
    """
    found = graph_of(graph)
    wanted = dict(_subgraph_option(option, graph, vertices, options) for option in to_pylist(options))
    kind = wanted.get("type", _INHERIT)
    acyclic = from_pylist([] if found.cyclic else [digraph.ACYCLIC])
    made = digraph.new(acyclic if kind is _INHERIT else kind)
    labels = wanted.get("keep_labels", True)
    kept = {encode_key(vertex) for vertex in to_pylist(vertices)} & found.labels.keys()
    for key, (vertex, label) in found.labels.items():
        if key in kept:
            digraph.add_vertex(made, vertex, label if labels else EMPTY)
    for edge, first, second, label in found.edges.values():
        if encode_key(first) in kept and encode_key(second) in kept:
            digraph.add_named(made, edge, first, second, label if labels else EMPTY)
    return made


_INHERIT: Final = atom("inherit")


def _subgraph_option(option: Any, *args: Any) -> tuple[str, Any]:
    """Return the name and the value of an option; raises `:badarg` for another."""
    name, value = option if type(option) is tuple and len(option) == 2 else (None, None)
    if name is atom("keep_labels") and type(value) is bool:
        return "keep_labels", value
    if name is atom("type") and (value is _INHERIT or is_proper(value)):
        return "type", value
    raise erlang_error("badarg", "digraph_utils", "subgraph", args)


@module.function
def condensation(graph: Any) -> Any:
    """Return the graph of the strong components, with an edge where there is one between their vertices.

    iex> :digraph.vertices(:digraph_utils.condensation(:digraph.new()))
    []
    """
    found = graph_of(graph)
    parts = [from_pylist(part) for part in _strong(found)]
    made, part_of = digraph.new(), {}
    for part in parts:
        digraph.add_vertex(made, part)
        part_of.update({encode_key(vertex): part for vertex in to_pylist(part)})
    pairs = {(id(part_of[encode_key(a)]), id(part_of[encode_key(b)])): (a, b) for _, a, b, _ in found.edges.values()}
    for first, second in pairs.values():
        digraph.add_edge(made, part_of[encode_key(first)], part_of[encode_key(second)])
    return made
