"""The pipe operator `|>`."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from pyex.compiler.env import fresh_counter
from pyex.compiler.kernel.build import KERNEL, args_of, block, code_text, is_call, is_named, line_of, match
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, to_pylist

PIPE: Final = atom("|>")
_DBG: Final = atom("dbg")
_FROM_BRACKETS: Final = (atom("from_brackets"), True)
_UNARY: Final = frozenset({"!", "@", "^", "not", "+", "-", "~~~", "&"})
_BINARY: Final = frozenset(
    "+ - * / ++ -- +++ --- .. <> in |> <<< >>> <<~ ~>> <~ ~> <~> < > <= >= == != =~ === !== && &&& and || ||| or = => "
    "| :: when <- \\\\ ** //".split()
)


def pipe(env: Any, left: Any, right: Any) -> Any:
    """Give the left side as the first argument to the call on the right."""
    steps = [*unpipe(left), right]
    result = so_far = steps[0]
    for step in steps[1:]:
        if is_call(step) and step[0] is _DBG:
            # dbg shows the pipeline as it was written.
            result = insert(so_far, step, so_far)
        else:
            result = insert(result, step, left if step is right else result)
        so_far = (PIPE, EMPTY, elixir_list(so_far, step))
    return result


def unpipe(form: Any) -> list[Any]:
    """Return the steps of `a |> b |> c`."""
    later: list[Any] = []
    while is_named(form, PIPE, 2):
        form, step = args_of(form)
        later.append(step)
    return [form, *reversed(later)]


def insert(value: Any, step: Any, shown: Any, position: int = 0) -> Any:
    """Return a call with a value among its arguments; `shown` is what an error calls the value."""
    if not is_call(step):
        _cannot(shown, step)
    head, meta, rest = step
    args = args_of(step)
    if type(head) is Atom:
        _check_name(head.name, args, shown, step)
    elif any(pair == _FROM_BRACKETS for pair in to_pylist(meta)):
        container, key = args
        raise argument_error(
            "wrong operator precedence when piping into bracket-based access\n\n Instead of:\n\n"
            f"     {code_text(shown)} |> {code_text(step)}\n\n You should write:\n\n"
            f"     ({code_text(shown)} |> {code_text(container)})[{code_text(key)}]\n"
        )
    if type(head) is Atom and not isinstance(rest, (Cons, EmptyList)):
        rest = from_iterable([])
    return (head, meta, from_iterable([*args[:position], value, *args[position:]]))


def _check_name(name: str, args: list[Any], shown: Any, step: Any) -> None:
    if name == "fn":
        raise argument_error(
            f"cannot pipe {code_text(shown)} into an anonymous function without calling the function; use Kernel.then/2 "
            "instead or define the anonymous function as a regular private function"
        )
    if name == "&":
        _cannot(shown, step)
    if name == "unquote_splicing":
        raise argument_error("bad expression in pipe: unquote_splicing is not supported")
    if len(args) == 1 and name in _UNARY:
        text = code_text(step)
        raise argument_error(
            f"piping into a unary operator is not supported, please use the qualified name: "
            f"Kernel.{name}({code_text(args[0])}), instead of {text}"
        )
    if len(args) == 2 and name in _BINARY and name not in ("++", "|>"):
        raise argument_error(
            f"cannot pipe {code_text(shown)} into {code_text(step)}, the :{name} operator can only take one argument"
        )
    if name in ("<<>>", "{}", "%{}", "%", "__aliases__", "__block__", "case_", "->", "[]", "."):
        _cannot(shown, step)


def _cannot(shown: Any, step: Any) -> NoReturn:
    raise argument_error(
        f"cannot pipe {code_text(shown)} into {code_text(step)}, can only pipe into local calls foo(), remote calls "
        "Foo.bar() or anonymous function calls foo.()"
    )


def pipe_steps(form: Any) -> Any:
    """Return the form that evaluates a pipeline step by step: a list of `{source text, value}`."""
    first, *later = unpipe(form)
    line = line_of(form)

    def variable() -> Any:
        # The value stands inside the user's own call, where nobody marks the macro's variables: they are marked here.
        return (atom("value"), elixir_list((atom.counter, fresh_counter()), (atom.line, line)), KERNEL)

    current = variable()
    forms = [match(current, first)]
    shown = [(code_text(first), current)]
    for step in later:
        previous, current = current, variable()
        forms.append(match(current, insert(previous, step, previous)))
        shown.append(("|> " + code_text(step), current))
    return block(*forms, from_iterable(shown))
