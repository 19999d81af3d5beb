"""`quote`: the form that builds a form.

A quoted call becomes `{:{}, [], [name, meta, args]}`, so that the code which runs gives the quoted form. Names
that are imported here and aliases that are known here are noted in the metadata: that is hygiene.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.diagnostics import fatal
from pyex.compiler.env import Env, Scope
from pyex.compiler.expand.aliases import concat, expand_alias
from pyex.compiler.expand.core import line_meta, walk
from pyex.compiler.expand.words import (
    ALIASES,
    BLOCK,
    DO,
    DOT,
    LINE,
    MATCH,
    NOT_SPECIAL,
    TUPLE,
    WHEN,
    call,
    code_text,
    is_atom_term,
    is_call,
    is_list,
    is_variable,
    items,
    keyword_items,
    meta_get,
    meta_put,
    remote,
    special,
)
from pyex.compiler.forms import Opaque
from pyex.compiler.module.escape import escape
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, elixir_list, from_iterable, from_pylist, split_tail, to_pylist

_UNQUOTE: Final = atom("unquote")
_SPLICING: Final = atom("unquote_splicing")
_QUOTE: Final = atom("quote")
_CAPTURE: Final = atom("&")
_SLASH: Final = atom("/")
_CONTEXT: Final = atom("context")
_IF_UNDEFINED: Final = atom("if_undefined")
_IMPORTS: Final = atom("imports")
_KEEP: Final = atom("keep")
_GENERATED: Final = atom("generated")
_ELIXIR: Final = Atom("Elixir")
_RUNTIME: Final = atom("elixir_quote")
_DEFINERS: Final = frozenset(
    atom(name) for name in ("def", "defp", "defmacro", "defmacrop", "defguard", "defguardp", "@")
)
_LEXICAL: Final = frozenset({atom("alias"), atom("import"), atom("require")})
_DROPPED: Final = frozenset({atom("line"), atom("column"), atom("counter"), atom("version")})
_NOT_BOUND: Final = "invalid :bind_quoted for quote, expected a keyword list of variable names, got: "
_OPTIONS: Final = ("bind_quoted", "context", "file", "generated", "line", "location", "unquote")


@special("unquote", "unquote_splicing")
def unquote_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Refuse `unquote` where no `quote` is around it."""
    if len(args) != 1:
        return NOT_SPECIAL
    raise fatal(s.env, meta, f"{form[0].name} called outside quote")


@special("quote")
def quote_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `quote`."""
    if len(args) == 1:
        options, blocks = EMPTY, args[0]
    elif len(args) == 2:
        options, blocks = args
    else:
        return NOT_SPECIAL
    pairs = keyword_items(blocks)
    if pairs is None:
        raise fatal(s.env, meta, 'invalid arguments for "quote"')
    if not any(key is DO for key, _ in pairs):
        raise fatal(s.env, meta, 'missing :do option in "quote"')
    place = next(index for index, (key, _) in enumerate(pairs) if key is DO)
    body = pairs[place][1]
    settings = _settings(options if len(args) == 2 else from_pylist([*pairs[:place], *pairs[place + 1 :]]), meta, s)
    binding = settings.pop("bind_quoted", None)
    if is_call(body, _SPLICING, 1) and settings.get("unquote", binding is None):
        raise argument_error(
            "unquote_splicing only works inside arguments and block contexts, wrap it in parens if you want it to work "
            "with one-liners"
        )
    quoter = _Quoter(s.env, settings, meta, unquote=settings.get("unquote", binding is None))
    quoted = quoter.quote(body)
    if binding is not None:
        quoted = quoter.bound(binding, quoted)
    return walk(quoted, s)


def _settings(options: Any, meta: Any, s: Scope) -> dict[str, Any]:
    pairs = keyword_items(options)
    if pairs is None:
        pairs = keyword_items(walk(options, s))
    if pairs is None:
        raise fatal(s.env, meta, f"invalid options for quote, expected a keyword list, got: {code_text(options)}")
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key.name, value if key.name == "bind_quoted" else walk(value, s))
    for name in found:
        if name not in _OPTIONS:
            raise fatal(s.env, meta, f"unsupported option :{name} given to quote")
    for name in ("unquote", "generated"):
        if name in found and type(found[name]) is not bool:
            raise argument_error(f"invalid runtime value for option :{name} in quote, got: {inspect(found[name])}")
    for name, plain in _LITERAL.items():
        if name in found and not plain(found[name]):
            found[name] = remote(_RUNTIME, "validate_runtime", line_meta(meta), [atom(name), found[name]])
    return found


_LITERAL: Final[dict[str, Callable[[Any], bool]]] = {
    "context": lambda value: value is not None and is_atom_term(value),
    "file": lambda value: value is None or type(value) is str,
    "line": lambda value: type(value) in (int, bool),
}
"""What an option is when there is no need to look at it again at run time."""


class _Quoter:
    """Quotes forms with one set of options."""

    def __init__(self, env: Env, settings: dict[str, Any], meta: Any, *, unquote: Any) -> None:
        self.env = env
        self.meta = meta
        self.context = settings.get("context", _ELIXIR if env.module is None else env.module)
        keep = settings.get("location") is _KEEP
        self.line = True if keep else settings.get("line", False)
        self.file = settings.get("file", env.file if keep else None)
        self.generated = settings.get("generated", False) is True
        self.unquote = unquote is True
        self.imports: dict[Any, Any] = {}

    def bound(self, binding: Any, quoted: Any) -> Any:
        """Return a block that binds the values of `bind_quoted`, then has the quoted body."""
        pairs = keyword_items(binding)
        if pairs is None:
            raise fatal(self.env, self.meta, _NOT_BOUND + code_text(binding))
        meta = line_meta(self.meta)
        lines = [_tuple(MATCH, EMPTY, elixir_list(_tuple(key, meta, self.context), value)) for key, value in pairs]
        return _tuple(BLOCK, EMPTY, from_pylist([*lines, quoted]))

    def quote(self, form: Any) -> Any:
        """Return the form that builds a form."""
        kind = type(form)
        if kind is tuple:
            if len(form) == 3 and type(form[1]) in (Cons, EmptyList):
                return self._triple(form)
            if len(form) == 2:
                if self.unquote and (is_call(form[0], _SPLICING, 1) or is_call(form[1], _SPLICING, 1)):
                    return self._triple((TUPLE, EMPTY, elixir_list(*form)))
                return (self.quote(form[0]), self.quote(form[1]))
            return escape(form)
        if kind is Cons:
            return self._list(form)
        if kind is Opaque or is_atom_term(form) or kind in (int, float, str, bytes, EmptyList):
            return form
        return Opaque(form)

    def _list(self, form: Any) -> Any:
        elements, tail = split_tail(form)
        if tail is not EMPTY:
            return escape(form)
        if not self.unquote or not any(is_call(item, _SPLICING, 1) for item in elements):
            return from_iterable([self.quote(item) for item in elements])
        result: Any = None
        pending: list[Any] = []
        for item in reversed(elements):
            if is_call(item, _SPLICING, 1):
                spliced = to_pylist(item[2])[0]
                if pending or result is not None:
                    rest = _join(pending, result)
                    result = remote(_RUNTIME, "list", item[1], [spliced, rest])
                else:
                    result = remote(_RUNTIME, "tail_list", item[1], [spliced])
                pending = []
            else:
                pending.insert(0, self.quote(item))
        return _join(pending, result) if pending else result

    def _triple(self, form: Any) -> Any:
        name, meta, args = form
        if is_atom_term(args) and type(name) is Atom:
            noted = self._meta(meta, self._variable(name)) if args is None else self._meta(meta)
            return _tuple(name, noted, self.context if args is None else args)
        if not is_list(args):
            return _tuple(self.quote(name), self._meta(meta), self.quote(args))
        if name is _UNQUOTE and self.unquote and len(items(args)) == 1:
            return self._unquoted(meta, items(args)[0])
        if name is _QUOTE and len(items(args)) in (1, 2):
            return self._nested(meta, items(args))
        if name is ALIASES:
            return self._aliases(meta, items(args))
        if name is _CAPTURE:
            found = self._capture(meta, args)
            if found is not None:
                return found
        if self.unquote:
            found = self._dynamic_name(form)
            if found is not None:
                return found
        if type(name) is Atom:
            if name in _DEFINERS:
                args = self._annotated(args)
            more = [(_CONTEXT, self.context)] if name in _LEXICAL else self._imports(name)
            return _tuple(name, self._meta(meta, more), self.quote(args))
        return _tuple(self.quote(name), self._meta(meta), self.quote(args))

    def _unquoted(self, meta: Any, form: Any) -> Any:
        """Return an unquoted expression; what it gives has to be a quoted form."""
        if is_atom_term(form) or type(form) in (int, float, str, bytes, Opaque):
            return form
        return remote(_RUNTIME, "shallow_validate_ast", meta, [form])

    def _nested(self, meta: Any, args: list[Any]) -> Any:
        """Quote a `quote`: its body's unquotes are its own."""
        outer = self.unquote
        front = [self.quote(item) for item in args[:-1]]
        self.unquote = False
        last = self.quote(args[-1])
        self.unquote = outer
        return _tuple(_QUOTE, meta_put(self._meta(meta), _CONTEXT, self.context), from_pylist([*front, last]))

    def _aliases(self, meta: Any, args: list[Any]) -> Any:
        if args and (type(args[0]) is not Atom or args[0] is _ELIXIR):
            return _tuple(ALIASES, self._meta(meta), self.quote(from_pylist(args)))
        alias_of: Any = False
        if args and all(type(part) is Atom for part in args):
            module = expand_alias(args, meta, self.env)
            if module is not concat(args):
                alias_of = module
            known = meta_get(meta, atom.alias, EMPTY)
            if known is not EMPTY:
                alias_of = known
        cleaned = from_pylist([pair for pair in to_pylist(self._meta(meta)) if pair[0] is not atom.alias])
        return _tuple(ALIASES, meta_put(cleaned, atom.alias, alias_of), self.quote(from_pylist(args)))

    def _capture(self, meta: Any, args: Any) -> Any:
        """Quote `&name/arity` with what the name is imported from, or return None."""
        inner: Any = items(args)[0] if len(items(args)) == 1 else None
        if not is_call(inner, _SLASH, 2):
            return None
        target, arity = items(inner[2])
        if not is_variable(target) or type(arity) is not int:
            return None
        found = self.env.imports.find(target[0], arity)
        imports = (_IMPORTS, elixir_list((arity, found[0][1]))) if found else None
        note = [(_CONTEXT, self.context), imports] if imports else []
        name = _tuple(target[0], self._meta(target[1], note), self.context if target[2] is None else target[2])
        slash = _tuple(_SLASH, self._meta(inner[1], self._imports(_SLASH)), elixir_list(name, arity))
        return _tuple(_CAPTURE, self._meta(meta, note[::-1]), elixir_list(slash))

    def _dynamic_name(self, form: Any) -> Any:
        """Quote `unquote(name)(args)`, `left.unquote(name)` and `left.unquote(name)(args)`, else return None."""
        name, meta, args = form
        if is_call(name, _UNQUOTE, 1):
            return _tuple(self._unquoted(name[1], items(name[2])[0]), self._meta(meta), self.quote(args))
        if _is_dot_unquote(name) and len(items(args)) == 1:
            left = items(name[2])[0]
            return self._dot(name[1], left, self._unquoted(meta, items(args)[0]), None)
        if type(name) is tuple and len(name) == 3 and _is_dot_unquote(name[0]) and len(items(name[2])) == 1:
            left = items(name[0][2])[0]
            return self._dot(name[0][1], left, self._unquoted(name[1], items(name[2])[0]), args)
        return None

    def _dot(self, meta: Any, left: Any, right: Any, args: Any) -> Any:
        quoted_args = None if args is None else self.quote(args)
        return remote(
            _RUNTIME,
            "dot",
            meta,
            [self._meta(meta), self.quote(left), right, quoted_args, self.context, None],
        )

    def _annotated(self, args: Any) -> Any:
        """Note on the head of a definition whose macro wrote it."""
        first, *rest = items(args)
        if is_call(first, WHEN) and items(first[2]):
            inner, *guards = items(first[2])
            first = (first[0], first[1], from_pylist([self._note(inner), *guards]))
        else:
            first = self._note(first)
        return from_pylist([first, *rest])

    def _note(self, form: Any) -> Any:
        if type(form) is tuple and len(form) == 3 and is_list(form[1]):
            return (form[0], meta_put(form[1], _CONTEXT, self.context), form[2])
        return form

    def _imports(self, name: Atom) -> list[tuple[Any, Any]]:
        found = self.imports.get(name)
        if found is None:
            index = self.env.imports.arities(name)
            found = []
            if index:
                if self.env.lexical is not None:
                    for arity, module in index:
                        self.env.lexical.use_import(module, name, arity)
                found = [(_CONTEXT, self.context), (_IMPORTS, from_pylist(index))]
            self.imports[name] = found
        return found

    def _variable(self, name: Atom) -> list[tuple[Any, Any]]:
        """Return what is noted of a bare name: it may mean the import without arguments."""
        found = self._imports(name)
        if found and self.env.imports.find(name, 0):
            return [(_IF_UNDEFINED, atom.apply), *found]
        return found

    def _kept(self, meta: Any) -> list[tuple[Any, Any]]:
        """Return the pairs of a form's metadata that go into the quoted form, as forms."""
        kept = [(key, escape(value)) for key, value in to_pylist(meta) if key not in _DROPPED]
        line = self.line
        if type(line) is bool:
            line = meta_get(meta, LINE, 0 if self.file is not None else None) if line else None
        if self.file is not None:
            kept.insert(0, (_KEEP, (self.file, 0 if line is None else line)))
        elif line is not None:
            kept.append((LINE, line))
        if self.generated:
            kept.insert(0, (_GENERATED, True))
        return kept

    def _meta(self, meta: Any, more: list[tuple[Any, Any]] | None = None) -> Any:
        kept = self._kept(meta)
        if more:
            known = {key for key, _ in kept}
            kept += [(key, value if key is _CONTEXT else escape(value)) for key, value in more if key not in known]
        return from_pylist(kept)


def _tuple(name: Any, meta: Any, args: Any) -> Any:
    return (TUPLE, EMPTY, elixir_list(name, meta, args))


def _join(pending: list[Any], rest: Any) -> Any:
    """Return the list form of some elements before a list that another form gives."""
    if rest is None:
        return from_pylist(pending)
    if not pending:
        return rest
    *front, last = pending
    return from_pylist([*front, call(atom("|"), EMPTY, last, rest)])


def _is_dot_unquote(form: Any) -> bool:
    return is_call(form, DOT, 2) and items(form[2])[1] is _UNQUOTE
