"""EEx.Engine and EEx.SmartEngine: what a template's pieces become."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, elixir_list, from_iterable, from_pylist, to_pylist
from pyex.terms.maps import Map

CALLBACKS: Final = (
    ("init", 1), ("handle_body", 1), ("handle_begin", 1), ("handle_end", 1), ("handle_text", 3), ("handle_expr", 3),
)
engine = NativeModule("EEx.Engine", doc="The behaviour of what compiles a template, and its default.", behaviour=CALLBACKS)
smart = NativeModule("EEx.SmartEngine", doc="The engine of EEx: the default one, with `@name` read from the assigns.")

ENGINE: Final = alias("EEx.Engine")
BINARY: Final = atom("binary")
DYNAMIC: Final = atom("dynamic")
VARS: Final = atom("vars_count")
_BLOCK: Final = atom("__block__")
_ALIASES: Final = atom("__aliases__")
_NO_ALIAS: Final = elixir_list((atom("alias"), False))


def _module_form(meta: Any, *names: str) -> Any:
    return (_ALIASES, meta, from_iterable(map(atom, names)))


@engine.function
@smart.function
def init(opts: Any) -> Any:
    """Return the state in which a template begins.

        iex> EEx.Engine.init([]).vars_count
        0
    """
    return Map.from_pairs([(BINARY, EMPTY), (DYNAMIC, EMPTY), (VARS, 0)])


@engine.function
@smart.function
def handle_begin(state: Any) -> Any:
    """Return the state in which the inside of a block begins."""
    return state.put(BINARY, EMPTY).put(DYNAMIC, EMPTY)


@engine.function
@smart.function
def handle_end(state: Any) -> Any:
    """Return the quoted form of the inside of a block."""
    return handle_body(state)


@engine.function
@smart.function
def handle_body(state: Any) -> Any:
    """Return the quoted form of the whole template."""
    pieces = from_pylist(to_pylist(state[BINARY])[::-1])
    forms = [*to_pylist(state[DYNAMIC])[::-1], (atom("<<>>"), EMPTY, pieces)]
    return (_BLOCK, EMPTY, from_pylist(forms))


@engine.function
@smart.function
def handle_text(state: Any, meta: Any, text: Any) -> Any:
    """Return the state with a text added."""
    return state.put(BINARY, Cons(text, state[BINARY]))


@engine.function
def handle_expr(state: Any, marker: Any, expr: Any) -> Any:
    """Return the state with an expression added: printed for the marker `=`, only evaluated for none."""
    if marker == "":
        return state.put(DYNAMIC, Cons(expr, state[DYNAMIC]))
    if marker != "=":
        message = (
            f"unsupported EEx syntax <%{marker} %> (the syntax is valid but not supported by the current EEx engine)"
        )
        raise elixir_error("EEx.SyntaxError", file=None, line=None, column=None, snippet=None, message=message)
    variable = (atom(f"arg{state[VARS]}"), EMPTY, ENGINE)
    to_string = (atom("."), EMPTY, elixir_list(_module_form(_NO_ALIAS, "String", "Chars"), atom("to_string")))
    form = (atom("="), EMPTY, elixir_list(variable, (to_string, EMPTY, elixir_list(expr))))
    segment = (atom("::"), EMPTY, elixir_list(variable, (BINARY, EMPTY, ENGINE)))
    state = state.put(DYNAMIC, Cons(form, state[DYNAMIC])).put(BINARY, Cons(segment, state[BINARY]))
    return state.put(VARS, state[VARS] + 1)


@smart.function("handle_expr")
def handle_smart_expr(state: Any, marker: Any, expr: Any) -> Any:
    """Return the state with an expression added, in which each `@name` reads an assign."""
    return handle_expr(state, marker, call("Macro", "prewalk", expr, handle_assign))


@engine.function
def handle_assign(ast: Any) -> Any:
    """Return `@name` as a look-up of that assign, and any other form as it is.

        iex> EEx.Engine.handle_assign(quote do: 1 + 1) == quote(do: 1 + 1)
        true
    """
    if not (type(ast) is tuple and len(ast) == 3 and ast[0] is atom("@") and isinstance(ast[2], List)):
        return ast
    args = to_pylist(ast[2])
    if len(args) != 1 or type(args[0]) is not tuple or len(args[0]) != 3 or isinstance(args[0][2], List):
        return ast
    line = [pair for pair in to_pylist(ast[1]) if pair[0] is atom.line]
    meta = from_pylist(line)
    imports = (atom("imports"), from_iterable([(1, alias("Kernel")), (2, alias("Kernel"))]))
    assigns = (atom("var!"), from_pylist([*line, (atom.context, ENGINE), imports]),
               elixir_list((atom("assigns"), meta, ENGINE)))
    module = _module_form(from_pylist([*line, (atom("alias"), False)]), "EEx", "Engine")
    target = (atom("."), meta, elixir_list(module, atom("fetch_assign!")))
    return (target, meta, elixir_list(assigns, args[0][0]))


@engine.function("fetch_assign!")
def fetch_assign(assigns: Any, key: Any) -> Any:
    """Return an assign; a missing one is `nil`, with a warning.

        iex> EEx.Engine.fetch_assign!([name: "Ann"], :name)
        "Ann"
    """
    found = call("Access", "fetch", assigns, key)
    if type(found) is tuple:
        return found[1]
    names = assigns.keys() if type(assigns) is Map else [pair[0] for pair in to_pylist(assigns)]
    message = (
        f"assign @{key.name} not available in EEx template. Please ensure all assigns are given as options. "
        f"Available assigns: {inspect(from_iterable(names))}"
    )
    call("IO", "warn", message)
    return None
