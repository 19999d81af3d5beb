"""`:digraph`: directed graphs that are changed in place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError
from pyex.terms.lists import EMPTY, Cons, from_pylist, is_proper, to_pylist
from pyex.terms.maps import encode_key
from pyex.terms.pids import Reference

module = NativeModule(":digraph", doc="Directed graphs: vertices and edges with labels, changed in place.")

DIGRAPH: Final = atom("digraph")
CYCLIC: Final = atom("cyclic")
ACYCLIC: Final = atom("acyclic")
ERROR: Final = atom("error")
VERTEX: Final = atom("$v")
EDGE: Final = atom("$e")
_KNOWN: Final = frozenset({"cyclic", "acyclic", "protected", "private"})


class Graph:
    """Vertices with their labels, edges with theirs, and for each vertex its edges in and out, the newest first."""

    def __init__(self, *, cyclic: bool, protection: Atom) -> None:
        self.cyclic, self.protection = cyclic, protection
        self.labels: dict[Any, tuple[Any, Any]] = {}
        self.edges: dict[Any, tuple[Any, Any, Any, Any]] = {}
        self.outgoing: dict[Any, list[Any]] = {}
        self.incoming: dict[Any, list[Any]] = {}
        self.counts = [0, 0]

    def out(self, vertex: Any) -> list[Any]:
        """Return the vertices to which a vertex has edges."""
        return [self.edges[encode_key(edge)][2] for edge in self.outgoing.get(encode_key(vertex), [])]

    def into(self, vertex: Any) -> list[Any]:
        """Return the vertices that have edges to a vertex."""
        return [self.edges[encode_key(edge)][1] for edge in self.incoming.get(encode_key(vertex), [])]

    def vertices(self) -> list[Any]:
        """Return the vertices."""
        return [vertex for vertex, _ in self.labels.values()]

    def drop_edge(self, edge: Any) -> None:
        """Take an edge away, if it is there."""
        found = self.edges.pop(encode_key(edge), None)
        if found is not None:
            self.outgoing[encode_key(found[1])].remove(found[0])
            self.incoming[encode_key(found[2])].remove(found[0])


_GRAPHS: dict[Reference, Graph] = {}


def graph_of(term: Any) -> Graph:
    """Return the graph that a term stands for; raises what :digraph raises for any other term."""
    if type(term) is not tuple or len(term) != 5 or term[0] is not DIGRAPH:
        raise ElixirError((atom("badrecord"), term))
    found = _GRAPHS.get(term[1])
    if found is None:
        raise ElixirError(atom("badarg"))
    return found


@module.function("new", arity=(0, 1))
def new(options: Any = EMPTY) -> Any:
    """Return a graph; `:acyclic` refuses edges that would close a circle.

    iex> g = :digraph.new()
    iex> :digraph.add_vertex(g, :a)
    :a
    """
    names = [getattr(option, "name", "") for option in to_pylist(options)] if is_proper(options) else [""]
    if not set(names) <= _KNOWN:
        raise ElixirError(atom("badarg"))
    cyclic = "acyclic" not in names
    references = Reference(), Reference(), Reference()
    _GRAPHS[references[0]] = Graph(cyclic=cyclic, protection=atom("private" if "private" in names else "protected"))
    return (DIGRAPH, *references, cyclic)


@module.function
def delete(graph: Any) -> Any:
    """Delete a graph.

    iex> :digraph.delete(:digraph.new())
    true
    """
    graph_of(graph)
    del _GRAPHS[graph[1]]
    return True


@module.function
def info(graph: Any) -> Any:
    """Return what kind of graph it is.

    iex> :digraph.info(:digraph.new())[:cyclicity]
    :cyclic
    """
    found = graph_of(graph)
    memory = 912 + 16 * (len(found.labels) + len(found.edges))
    kind = CYCLIC if found.cyclic else ACYCLIC
    return from_pylist([(atom("cyclicity"), kind), (atom("memory"), memory), (atom("protection"), found.protection)])


@module.function("add_vertex", arity=(2, 3))
def add_vertex(graph: Any, vertex: Any, label: Any = EMPTY) -> Any:
    """Add a vertex, or change its label.

    iex> :digraph.add_vertex(:digraph.new(), :a, "start")
    :a
    """
    found = graph_of(graph)
    found.labels[encode_key(vertex)] = (vertex, label)
    return vertex


@module.function("add_vertex", arity=1)
def add_nameless(graph: Any) -> Any:
    """Add a vertex that is given a name.

    iex> :digraph.add_vertex(:digraph.new())
    [:"$v" | 0]
    """
    found = graph_of(graph)
    vertex = Cons(VERTEX, found.counts[0])
    found.counts[0] += 1
    return add_vertex(graph, vertex)


@module.function("vertex")
def vertex_of(graph: Any, vertex: Any) -> Any:
    """Return `{vertex, label}`, or false.

    iex> :digraph.vertex(:digraph.new(), :a)
    false
    """
    return graph_of(graph).labels.get(encode_key(vertex), False)


@module.function
def vertices(graph: Any) -> Any:
    """Return the vertices.

    iex> :digraph.vertices(:digraph.new())
    []
    """
    return from_pylist(graph_of(graph).vertices())


@module.function
def no_vertices(graph: Any) -> Any:
    """Return the number of vertices.

    iex> :digraph.no_vertices(:digraph.new())
    0
    """
    return len(graph_of(graph).labels)


@module.function
def no_edges(graph: Any) -> Any:
    """Return the number of edges.

    iex> :digraph.no_edges(:digraph.new())
    0
    """
    return len(graph_of(graph).edges)


@module.function
def del_vertex(graph: Any, vertex: Any) -> Any:
    """Delete a vertex and its edges.

    iex> :digraph.del_vertex(:digraph.new(), :a)
    true
    """
    found = graph_of(graph)
    key = encode_key(vertex)
    for edge in [*found.outgoing.get(key, []), *found.incoming.get(key, [])]:
        found.drop_edge(edge)
    found.labels.pop(key, None)
    return True


@module.function
def del_vertices(graph: Any, vertices: Any) -> Any:
    """Delete vertices and their edges.

    iex> :digraph.del_vertices(:digraph.new(), [:a])
    true
    """
    for vertex in to_pylist(vertices):
        del_vertex(graph, vertex)
    return True


@module.function("add_edge", arity=3)
def add_edge(graph: Any, v1: Any, v2: Any) -> Any:
    """Add an edge between two vertices; it is given a name.

    iex> g = :digraph.new()
    iex> :digraph.add_vertex(g, :a)
    iex> :digraph.add_edge(g, :a, :b)
    {:error, {:bad_vertex, :b}}
    """
    return add_labelled(graph, v1, v2, EMPTY)


@module.function("add_edge", arity=4)
def add_labelled(graph: Any, v1: Any, v2: Any, label: Any) -> Any:
    """Add an edge with a label between two vertices; it is given a name.

    iex> g = :digraph.new()
    iex> :digraph.add_vertex(g, :a)
    iex> :digraph.add_edge(g, :a, :a, "again")
    [:"$e" | 0]
    """
    found = graph_of(graph)
    edge = Cons(EDGE, found.counts[1])
    found.counts[1] += 1
    return add_named(graph, edge, v1, v2, label)


@module.function("add_edge", arity=5)
def add_named(graph: Any, edge: Any, v1: Any, v2: Any, label: Any) -> Any:
    """Add an edge with a name and a label, or change it.

    iex> g = :digraph.new()
    iex> :digraph.add_vertex(g, :a)
    iex> :digraph.add_edge(g, :e, :a, :a, "again")
    :e
    """
    found = graph_of(graph)
    for vertex in (v1, v2):
        if encode_key(vertex) not in found.labels:
            return ERROR, (atom("bad_vertex"), vertex)
    before = found.edges.get(encode_key(edge))
    if before is not None and (encode_key(before[1]), encode_key(before[2])) != (encode_key(v1), encode_key(v2)):
        return ERROR, (atom("bad_edge"), from_pylist([v1, v2]))
    if not found.cyclic and before is None:
        back = _path(found, v2, v1)
        if back is not None:
            return ERROR, (atom("bad_edge"), from_pylist(back))
    if before is None:
        found.outgoing.setdefault(encode_key(v1), []).insert(0, edge)
        found.incoming.setdefault(encode_key(v2), []).insert(0, edge)
    found.edges[encode_key(edge)] = (edge, v1, v2, label)
    return edge


@module.function("edge")
def edge_of(graph: Any, edge: Any) -> Any:
    """Return `{edge, from, to, label}`, or false.

    iex> :digraph.edge(:digraph.new(), :e)
    false
    """
    return graph_of(graph).edges.get(encode_key(edge), False)


@module.function("edges", arity=1)
def edges(graph: Any) -> Any:
    """Return the edges.

    iex> :digraph.edges(:digraph.new())
    []
    """
    return from_pylist([edge for edge, *_ in graph_of(graph).edges.values()])


@module.function("edges", arity=2)
def edges_at(graph: Any, vertex: Any) -> Any:
    """Return the edges that begin or end at a vertex.

    iex> :digraph.edges(:digraph.new(), :a)
    []
    """
    found, key = graph_of(graph), encode_key(vertex)
    return from_pylist([*found.outgoing.get(key, []), *found.incoming.get(key, [])])


@module.function
def del_edge(graph: Any, edge: Any) -> Any:
    """Delete an edge.

    iex> :digraph.del_edge(:digraph.new(), :e)
    true
    """
    graph_of(graph).drop_edge(edge)
    return True


@module.function
def del_edges(graph: Any, edges: Any) -> Any:
    """Delete edges.

    iex> :digraph.del_edges(:digraph.new(), [:e])
    true
    """
    for edge in to_pylist(edges):
        del_edge(graph, edge)
    return True


_AT: Final[dict[str, tuple[str, Callable[[Graph, Any], list[Any]]]]] = {
    "out_neighbours": ("the vertices to which a vertex has edges", lambda graph, vertex: graph.out(vertex)),
    "in_neighbours": ("the vertices that have edges to a vertex", lambda graph, vertex: graph.into(vertex)),
    "out_edges": (
        "the edges that begin at a vertex",
        lambda graph, vertex: graph.outgoing.get(encode_key(vertex), [])[::-1],
    ),
    "in_edges": (
        "the edges that end at a vertex",
        lambda graph, vertex: graph.incoming.get(encode_key(vertex), [])[::-1],
    ),
}


def _define(name: str, meaning: str, look: Callable[[Graph, Any], list[Any]]) -> None:
    def listed(graph: Any, vertex: Any) -> Any:
        return from_pylist(list(look(graph_of(graph), vertex)))

    listed.__doc__ = f"Return {meaning}.\n\n    iex> :digraph.{name}(:digraph.new(), :a)\n    []"
    module.function(name, arity=2)(listed)
    if name.endswith("edges"):
        return

    def degree(graph: Any, vertex: Any) -> Any:
        return len(look(graph_of(graph), vertex))

    short = name.removesuffix("neighbours") + "degree"
    degree.__doc__ = f"Return the number of {meaning}.\n\n    iex> :digraph.{short}(:digraph.new(), :a)\n    0"
    module.function(short, arity=2)(degree)


for _name, (_meaning, _look) in _AT.items():
    _define(_name, _meaning, _look)


def _path(graph: Graph, start: Any, goal: Any) -> list[Any] | None:
    """Return a path found by going deep first; a vertex twice where they are the same."""
    if encode_key(start) == encode_key(goal):
        return [start, start]
    return _deep(graph, start, goal)


def _deep(graph: Graph, start: Any, goal: Any) -> list[Any] | None:
    seen = {encode_key(start)}
    path, todo = [start], [iter(graph.out(start))]
    while todo:
        for vertex in todo[-1]:
            if encode_key(vertex) == encode_key(goal):
                return [*path, vertex]
            if encode_key(vertex) not in seen:
                seen.add(encode_key(vertex))
                path.append(vertex)
                todo.append(iter(graph.out(vertex)))
                break
        else:
            path.pop()
            todo.pop()
    return None


def _short(graph: Graph, start: Any, goal: Any) -> list[Any] | None:
    """Return a shortest path of at least one edge."""
    before: dict[Any, Any] = {}
    layer = [start]
    while layer:
        following = []
        for vertex in layer:
            for neighbour in graph.out(vertex):
                if encode_key(neighbour) in before:
                    continue
                before[encode_key(neighbour)] = vertex
                if encode_key(neighbour) == encode_key(goal):
                    path = [neighbour, vertex]
                    while encode_key(path[-1]) != encode_key(start):
                        path.append(before[encode_key(path[-1])])
                    return path[::-1]
                following.append(neighbour)
        layer = following
    return None


def _answer(path: list[Any] | None) -> Any:
    return False if path is None else from_pylist(path)


@module.function
def get_path(graph: Any, v1: Any, v2: Any) -> Any:
    """Return the vertices of a path between two vertices, or false.

    iex> :digraph.get_path(:digraph.new(), :a, :b)
    false
    """
    return _answer(_deep(graph_of(graph), v1, v2))


@module.function
def get_short_path(graph: Any, v1: Any, v2: Any) -> Any:
    """Return the vertices of a shortest path between two vertices, or false.

    iex> :digraph.get_short_path(:digraph.new(), :a, :b)
    false
    """
    return _answer(_short(graph_of(graph), v1, v2))


@module.function
def get_cycle(graph: Any, vertex: Any) -> Any:
    """Return the vertices of a circle through a vertex, or false; that of an edge to itself is the vertex alone.

    iex> :digraph.get_cycle(:digraph.new(), :a)
    false
    """
    found = graph_of(graph)
    path = _deep(found, vertex, vertex)
    if path is not None and len(path) == 2:
        return from_pylist([vertex])
    return _answer(path)


@module.function
def get_short_cycle(graph: Any, vertex: Any) -> Any:
    """Return the vertices of a shortest circle through a vertex, or false.

    iex> :digraph.get_short_cycle(:digraph.new(), :a)
    false
    """
    return _answer(_short(graph_of(graph), vertex, vertex))


@module.function
def del_path(graph: Any, v1: Any, v2: Any) -> Any:
    """Delete edges until no path leads from a vertex to another.

    iex> :digraph.del_path(:digraph.new(), :a, :b)
    true
    """
    found = graph_of(graph)
    while (path := _deep(found, v1, v2)) is not None:
        for first, second in pairwise(path):
            for edge in list(found.outgoing.get(encode_key(first), [])):
                if encode_key(found.edges[encode_key(edge)][2]) == encode_key(second):
                    found.drop_edge(edge)
    return True


@module.function
def source_vertices(graph: Any) -> Any:
    """Return the vertices that no edge leads to.

    iex> :digraph.source_vertices(:digraph.new())
    []
    """
    found = graph_of(graph)
    reached = {encode_key(second) for _, _, second, _ in found.edges.values()}
    return from_pylist([vertex for key, (vertex, _) in found.labels.items() if key not in reached])


@module.function
def sink_vertices(graph: Any) -> Any:
    """Return the vertices that no edge leads away from.

    iex> :digraph.sink_vertices(:digraph.new())
    []
    """
    found = graph_of(graph)
    left = {encode_key(first) for _, first, _, _ in found.edges.values()}
    return from_pylist([vertex for key, (vertex, _) in found.labels.items() if key not in left])
