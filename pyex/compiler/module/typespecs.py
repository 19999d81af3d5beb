"""The check of a module's types and specs: every type that they name is there, and they are well formed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.kernel.build import code_text, is_call, is_named, keyword_pairs
from pyex.compiler.module.builder import ModuleBuilder
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, argument_error, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, EmptyList, from_iterable, split_tail, to_pylist
from pyex.terms.syntax_messages import shown_path

TypeName = tuple[str, int]
_TYPES: Final = frozenset({"type", "opaque", "typep"})
_BUILT_IN: Final = frozenset(
    (name, int(arity))
    for name, _, arities in (
        word.partition("/")
        for word in """any/0 none/0 atom/0 map/0 pid/0 port/0 reference/0 tuple/0 float/0 integer/0 neg_integer/0
        non_neg_integer/0 pos_integer/0 list/01 nonempty_list/01 maybe_improper_list/02 nonempty_improper_list/2
        nonempty_maybe_improper_list/02 term/0 arity/0 as_boolean/1 binary/0 nonempty_binary/0 bitstring/0
        nonempty_bitstring/0 boolean/0 byte/0 char/0 charlist/0 nonempty_charlist/0 fun/0 function/0 identifier/0
        iodata/0 iolist/0 keyword/01 mfa/0 module/0 no_return/0 node/0 number/0 struct/0 timeout/0 string/0
        nonempty_string/0 dynamic/0""".split()
    )
    for arity in arities
)
_SILENT: Final = frozenset(
    {"record", "__MODULE__", "required", "optional", "%{}", "%", "{}", "|", "->", "..", "...", "..//"}
)
"""Forms that are no types by name: what stands in them is looked at."""
_SKIPPED: Final = frozenset({"<<>>", "__aliases__", "@", "unquote"})


def check(builder: ModuleBuilder) -> None:
    """Refuse what is no type or spec, and warn of private types that nobody uses."""
    defined: dict[TypeName, int] = {("t", 0): 0} if "protocol" in builder.extra or builder.extra.get("impl") else {}
    for kind, form, line, _ in builder.typespecs:
        if kind in _TYPES:
            _define(builder, kind, form, line, defined)
    used: set[TypeName] = set()
    for kind, form, line, _ in builder.typespecs:
        _Checked(builder, line, defined, used).spec(kind, form)
    for kind, form, line, _ in builder.typespecs:
        named = _named(to_pylist(form[2])[0])
        if kind == "typep" and named is not None and named not in used:
            text = f"type {named[0]}/{named[1]} is unused"
            builder.env.collector.add(Diagnostic("warning", text, builder.file, line, where="(file)"))


def failure(builder: ModuleBuilder, line: int, text: str) -> ElixirError:
    """Return the error of a type or spec."""
    return elixir_error("Kernel.TypespecError", file=builder.file, line=line, description=text)


def _named(form: Any) -> TypeName | None:
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not Atom:
        return None
    return form[0].name, len(form[2]) if isinstance(form[2], (Cons, EmptyList)) else 0


def _define(builder: ModuleBuilder, kind: str, form: Any, line: int, defined: dict[TypeName, int]) -> None:
    named = _named(to_pylist(form[2])[0]) if is_named(form, atom("::"), 2) else None
    if named is None:
        raise failure(builder, line, f"invalid type specification: {code_text(form)}")
    label = f"{named[0]}/{named[1]}"
    wrong = [inspect(one) for one in _arguments(form[2].head) if not _is_variable(one)]
    if wrong:
        raise failure(
            builder,
            line,
            f"@{kind} definitions expect all arguments to be variables. The type {label} has an invalid argument(s): "
            + ", ".join(wrong),
        )
    if named in _BUILT_IN:
        raise failure(builder, line, f"type {label} is a built-in type and it cannot be redefined")
    if defined.get(named):
        raise failure(builder, line, f"type {label} is already defined in {shown_path(builder.file)}:{defined[named]}")
    defined[named] = line


def _arguments(form: Any) -> list[Any]:
    return to_pylist(form[2]) if isinstance(form[2], (Cons, EmptyList)) else []


def _is_variable(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and not isinstance(form[2], (Cons, EmptyList))


class _Checked:
    """One type or spec, while the types that it names are looked up."""

    def __init__(self, builder: ModuleBuilder, line: int, defined: dict[TypeName, int], used: set[TypeName]) -> None:
        self.builder = builder
        self.line = line
        self.defined = defined
        self.used = used
        self.variables: dict[str, int] = {}

    def spec(self, kind: str, form: Any) -> None:
        """Check the whole of it."""
        bounds: Any = None
        if is_named(form, atom("when"), 2):
            form, bounds = to_pylist(form[2])
        if not is_named(form, atom("::"), 2):
            raise failure(self.builder, self.line, f"type specification missing return type: {code_text(form)}")
        head, result = to_pylist(form[2])
        if _named(head) is None:
            raise failure(self.builder, self.line, f"invalid type specification: {code_text(form)}")
        self._bound(bounds)
        if kind in _TYPES:
            self.variables = {one[0].name: 0 for one in _arguments(head)}
        else:
            for argument in _arguments(head):
                self.walk(argument)
        self.walk(result)
        for name, uses in self.variables.items():
            if uses == 0 and not name.startswith("_"):
                raise failure(
                    self.builder,
                    self.line,
                    f"type variable {name} is used only once. Type variables in typespecs must be referenced at least "
                    "twice, otherwise it is equivalent to term()",
                )

    def _bound(self, bounds: Any) -> None:
        """Take the variables that `when` names, and check what it says of them."""
        pairs = (keyword_pairs(bounds) or []) if bounds is not None else []
        self.variables = {key.name: 0 for key, _ in pairs}
        for _, kind in pairs:
            if _named(kind) != ("var", 0):
                self.walk(kind)

    def walk(self, form: Any) -> None:
        """Look up every type inside a form."""
        if isinstance(form, (str, bytes)):
            raise failure(self.builder, self.line, f"unexpected expression in typespec: {inspect(form)}")
        if type(form) is Cons:
            for item in split_tail(form)[0]:
                self.walk(item)
        elif type(form) is tuple:
            if len(form) != 3 or type(form[0]) is not Atom:
                for part in _parts(form):
                    self.walk(part)
                return
            self._name(form, form[0].name, _arguments(form))

    def _name(self, form: Any, name: str, args: list[Any]) -> None:
        if name in _SKIPPED or (name == "-" and len(args) == 1):
            return
        if name == "::":
            self.walk(args[1])
            return
        if name == "%":
            self._struct(*args)
            return
        for arg in args:
            self.walk(arg)
        if name in _SILENT:
            return
        if not args and name in self.variables:
            self.variables[name] += 1
            return
        key = (name, len(args))
        if key in self.defined:
            self.used.add(key)
        elif key not in _BUILT_IN:
            text = f"type {name}/{len(args)} undefined (no such type in {self.builder.label})"
            raise failure(self.builder, self.line, text)
        elif name in ("string", "nonempty_string"):
            self._discouraged(name)

    def _struct(self, module: Any, inner: Any) -> None:
        """Check the fields of the module's own struct."""
        if module is self.builder.name or _named(module) == ("__MODULE__", 0):
            fields = self.builder.fields
            if fields is None:
                raise argument_error(
                    f"cannot access struct {self.builder.label}, the struct was not yet defined or the struct is being "
                    "accessed in the same context that defines it"
                )
            names = [key for key, _ in fields]
            for key, _ in keyword_pairs(from_iterable(_arguments(inner))) or ():
                if key not in names:
                    raise failure(
                        self.builder, self.line, f"undefined field {inspect(key)} on struct {self.builder.label}"
                    )
        self.walk(inner)

    def _discouraged(self, name: str) -> None:
        place = f"{shown_path(self.builder.file)}:{self.line}: {self.builder.label} (module)"
        better = "nonempty_charlist()" if name == "nonempty_string" else "charlist()"
        text = (
            f"{name}() type use is discouraged. For character lists, use {better} type, for strings, String.t()\n"
            f"    {place}\n"
        )
        where = f"{self.builder.label} (module)"
        self.builder.env.collector.add(Diagnostic("warning", text, self.builder.file, self.line, where=where))


def _parts(form: tuple[Any, ...]) -> Iterator[Any]:
    """Yield what may name types in a pair, a keyword's value or a remote type's arguments."""
    if len(form) == 3 and is_call(form):
        yield from _arguments(form)
    elif len(form) == 2:
        yield from (part for part in form if type(part) in (tuple, Cons))
