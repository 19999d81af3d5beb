"""The type of each expression of a function, and warnings of those that fail whatever happens.

Only what can never work is told: a value of which anything is unknown is taken to be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.compiler.host import host
from pyex.compiler.kernel.build import is_call, is_var, keyword_dict, meta_get
from pyex.compiler.module.builder import ModuleBuilder, Stored
from pyex.compiler.types import calls
from pyex.compiler.types.descr import DYNAMIC, NONE, TERM, Type, dynamic, map_type, one, simple, static, truth_of, union
from pyex.compiler.types.patterns import bind, list_parts, list_type, literal, pattern_type, refine, tuple_items
from pyex.compiler.types.report import Report
from pyex.compiler.types.signatures import FUN, STRUCT
from pyex.compiler.types.wording import Origin
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import Cons, EmptyList, split_tail, to_pylist

_DOT: Final = atom(".")
_ARROW: Final = atom("->")
_WHEN: Final = atom("when")
_PIPE: Final = atom("|")
_IN: Final = atom("in")
_GENERATOR: Final = atom("<-")
_EXCEPTION: Final = map_type({atom("__exception__"): one("atom", True), STRUCT: one("atom")}, is_open=True)
_QUOTED: Final = frozenset({atom("quote"), atom("&"), atom("__STACKTRACE__"), atom("__CALLER__")})


class Inference:
    """Walks the expressions of one module's functions."""

    def __init__(self, builder: ModuleBuilder, report: Report) -> None:
        self.builder = builder
        self.report = report
        self.types: dict[int, Type] = {}
        self._returns: dict[tuple[str, int], Type] = {}
        self._fields: dict[Any, list[Any] | None] = {}
        self._forms: dict[Atom, Callable[[Any], Type]] = {
            atom("="): self._match,
            atom("__block__"): self._block,
            atom("{}"): lambda form: self._tuple(form[2]),
            atom("%{}"): self._map,
            atom("%"): self._struct,
            atom("<<>>"): self._bits,
            atom("fn"): self._fn,
            atom("case"): self._case,
            atom("cond"): self._cond,
            atom("try"): self._try,
            atom("receive"): self._receive,
            atom("for"): self._for,
            atom("with"): self._with,
        }

    def check(self, stored: Stored) -> None:
        """Check a definition, and remember what it gives: its callers need not ask for that again."""
        key = (stored.definition.name, stored.definition.arity)
        asked = key in self._returns or self._returned_by(key) is not stored
        if not asked:
            self._returns[key] = DYNAMIC  # what it gives itself is not known while it is looked at
        given = self.function(stored)
        if not asked:
            self._returns[key] = dynamic(given)

    def function(self, stored: Stored) -> Type:
        """Walk the clauses of a definition; returns what it gives."""
        outer, self.types = self.types, {}
        given = []
        for clause in stored.definition.clauses:
            self.report.origins.clear()
            self.report.failed = False
            for arg in clause.args:
                if is_var(arg):
                    self._bind_whole(arg, DYNAMIC, Origin(DYNAMIC, arg, arg[1], False))
                else:
                    self.bind(arg, dynamic(pattern_type(arg, self.fields)))
            given.append(self.expression(clause.body))
        self.types = outer
        return union(given)

    def fields(self, module: Any) -> list[Any] | None:
        """Return the keys of a struct, None when its module has none."""
        if module is self.builder.name and self.builder.fields is not None:
            return [key for key, _ in self.builder.fields]
        if module not in self._fields:
            about = host.current.function(module, "__struct__", 0)
            known = [key for key, _ in about().items() if key is not STRUCT] if about is not None else None
            self._fields[module] = known
        return self._fields[module]

    def bind(self, pattern: Any, given: Type, form: Any = None, meta: Any = None, *, rescued: bool = False) -> None:
        """Give the variables of a pattern their types, and note that they have them from `form`."""
        origin = pattern if form is None else form
        where = meta if meta is not None else (origin[1] if is_call(origin) or is_var(origin) else None)
        if is_var(pattern):
            self._bind_whole(pattern, given, Origin(given, origin, where, rescued))
            return

        def assign(version: int, kind: Type) -> None:
            self.types[version] = kind
            self.report.origins[version] = Origin(kind, origin, where, rescued)

        bind(pattern, given, self.fields, assign)

    def _bind_whole(self, variable: Any, kind: Type, origin: Origin) -> None:
        version = meta_get(variable[1], "version")
        if type(version) is int:
            self.types[version] = kind
            self.report.origins[version] = origin

    def returned(self, name: str, arity: int) -> Type:
        """Return what a function of this module gives."""
        key = (name, arity)
        if key not in self._returns:
            self._returns[key] = DYNAMIC
            stored = self._returned_by(key)
            if stored is not None:
                with self.report.muted():
                    self._returns[key] = dynamic(self.function(stored))
        return self._returns[key]

    def _returned_by(self, key: tuple[str, int]) -> Stored | None:
        """Return the definition whose result a call gives, None where that is a macro or was overridden."""
        stored = self.builder.definitions.get(key)
        return stored if stored is not None and not stored.definition.is_macro and not stored.overridden else None

    def expression(self, form: Any) -> Type:
        """Return the type of an expression, and report what is wrong inside of it."""
        known = literal(form)
        if known is not None:
            return known
        if type(form) is Cons:
            items, tail = list_parts(form)
            return list_type([self.expression(item) for item in items], self.expression(tail))
        if type(form) is not tuple:
            return DYNAMIC
        if len(form) == 2:
            return self._tuple(form)
        if is_var(form):
            return self.types.get(meta_get(form[1], "version"), DYNAMIC)
        if type(form[0]) is tuple:
            return self._call(form)
        handler = self._forms.get(form[0])
        if handler is not None:
            return handler(form)
        if form[0] in _QUOTED:
            return FUN if form[0].name == "&" else DYNAMIC
        for arg in form[2] if isinstance(form[2], (Cons, EmptyList)) else ():
            self.expression(arg)
        name, arity = form[0].name, len(form[2]) if isinstance(form[2], (Cons, EmptyList)) else 0
        return self.returned(name, arity) if (name, arity) in self.builder.definitions else DYNAMIC

    def _tuple(self, items: Iterable[Any]) -> Type:
        kinds = [self.expression(item) for item in items]
        return one("tuple", tuple(map(static, kinds)), False, dynamic=any(kind.dynamic for kind in kinds))

    def _match(self, form: Any) -> Type:
        pattern, value = to_pylist(form[2])
        given = self.expression(value)
        if not self.report.pattern(form, pattern_type(pattern, self.fields), given):
            given = dynamic(pattern_type(pattern, self.fields))
        self.bind(pattern, given if is_var(pattern) else self._narrowed(pattern, given), form, form[1])
        return given

    def _narrowed(self, pattern: Any, given: Type) -> Type:
        return refine(given, pattern_type(pattern, self.fields))

    def _block(self, form: Any) -> Type:
        given: Type = one("atom", None)
        for item in form[2]:
            given = self.expression(item)
        return given

    def _map(self, form: Any) -> Type:
        pairs = to_pylist(form[2])
        if len(pairs) == 1 and is_call(pairs[0]) and pairs[0][0] is _PIPE:
            return self._update(form, *to_pylist(pairs[0][2]))
        given = {key: self.expression(value) for key, value in pairs}
        for key in given:
            self.expression(key)
        names = {key: kind for key, kind in given.items() if type(key) is Atom}
        return map_type(names, is_open=len(names) < len(given))

    def _update(self, form: Any, target: Any, pairs: Any) -> Type:
        given = self.expression(target)
        for key, value in pairs:
            kind = self.expression(value)
            if type(key) is Atom:
                given = calls.update(self.report, form, given, key, kind)
        return given

    def _struct(self, form: Any) -> Type:
        module, inner = to_pylist(form[2])
        pairs = to_pylist(inner[2])
        if len(pairs) == 1 and is_call(pairs[0]) and pairs[0][0] is _PIPE:
            return self._map(inner)
        given = {key: self.expression(value) for key, value in pairs if type(key) is Atom}
        if type(module) is not Atom:
            return DYNAMIC
        return map_type({**given, STRUCT: one("atom", module)}, is_open=False)

    def _bits(self, form: Any) -> Type:
        segments = to_pylist(form[2])
        for position, segment in enumerate(segments):
            value, spec = to_pylist(segment[2]) if is_call(segment) and segment[0].name == "::" else (segment, None)
            self.report.segment(form, segments, position, value, spec, self.expression(value))
        return simple("binary")

    def _fn(self, form: Any) -> Type:
        self._clauses(form[2], None)
        return FUN

    def _clauses(self, clauses: Any, subject: tuple[Any, Type] | None) -> list[Type]:
        given = []
        for clause in clauses:
            with self.report.clause_of_its_own():
                given.append(self._clause(clause, subject))
        return given

    def _clause(self, clause: Any, subject: tuple[Any, Type] | None) -> Type:
        patterns, body = to_pylist(clause[2])
        patterns = to_pylist(patterns)
        if len(patterns) == 1 and is_call(patterns[0]) and patterns[0][0] is _WHEN:
            patterns = to_pylist(patterns[0][2])[:-1]
        for pattern in patterns:
            kind = pattern_type(pattern, self.fields)
            if subject is not None and not self.report.clause(clause, pattern, kind, *subject):
                self.bind(pattern, dynamic(kind))
                continue
            self.bind(pattern, self._narrowed(pattern, subject[1]) if subject is not None else dynamic(kind))
        return self.expression(body)

    def _case(self, form: Any) -> Type:
        subject, rest = to_pylist(form[2])
        kind = self.expression(subject)
        if _is_literal(subject):
            kind = DYNAMIC
        generated = meta_get(form[1], "generated") is True
        clauses = (keyword_dict(rest) or {}).get("do", ())
        known = union(self._clauses(clauses, None if generated else (subject, kind)))
        return dynamic(known) if kind.dynamic else known

    def _cond(self, form: Any) -> Type:
        given, unsure = [], False
        clauses = [*(keyword_dict(form[2].head) or {}).get("do", ())]
        for clause in clauses:
            tests, body = to_pylist(clause[2])
            for test in tests:
                kind = self.expression(test)
                unsure = kind.dynamic or unsure
                truth = truth_of(kind)
                if truth is not None and clause is not clauses[-1]:
                    self.report.condition(clause, test, kind, truth)
            with self.report.clause_of_its_own():
                given.append(self.expression(body))
        return dynamic(union(given)) if unsure else union(given)

    def _try(self, form: Any) -> Type:
        parts = keyword_dict(form[2].head) or {}
        given = [self.expression(parts.get("do"))]
        for clause in parts.get("rescue", ()):
            with self.report.clause_of_its_own():
                given.append(self._rescue(clause))
        for name in ("catch", "else"):
            given += self._clauses(parts.get(name, ()), None)
        if "after" in parts:
            self.expression(parts["after"])
        return given[0] if len(given) == 1 else DYNAMIC

    def _rescue(self, clause: Any) -> Type:
        patterns, body = to_pylist(clause[2])
        pattern = patterns.head
        if is_call(pattern) and pattern[0] is _IN and is_var(pattern[2].head):
            name, modules = to_pylist(pattern[2])
            kinds = [self._exception(module) for module in modules]
            self.bind(name, dynamic(union(kinds)), pattern, pattern[1], rescued=True)
        elif is_var(pattern):
            self.bind(pattern, _EXCEPTION, pattern, pattern[1], rescued=True)
        return self.expression(body)

    def _exception(self, module: Any) -> Type:
        names = self.fields(module)
        if names is None:
            return TERM
        fields = dict.fromkeys(names, TERM) | {atom("__exception__"): one("atom", True), STRUCT: one("atom", module)}
        return map_type(fields, is_open=False)

    def _receive(self, form: Any) -> Type:
        parts = keyword_dict(form[2].head) or {}
        given = self._clauses(parts.get("do", ()), None)
        for clause in parts.get("after", ()):
            limit, body = to_pylist(clause[2])
            self.expression(limit.head)
            given.append(self.expression(body))
        return dynamic(union(given))

    def _for(self, form: Any) -> Type:
        return self._steps(form, DYNAMIC)

    def _with(self, form: Any) -> Type:
        return self._steps(form, DYNAMIC)

    def _steps(self, form: Any, given: Type) -> Type:
        *steps, last = to_pylist(form[2])
        for step in steps:
            self._step(step)
        for name, part in (keyword_dict(last) or {}).items():
            if name in ("do", "else") and isinstance(part, Cons) and is_call(part.head) and part.head[0] is _ARROW:
                self._clauses(part, None)
            else:
                self.expression(part)
        return given

    def _step(self, step: Any) -> None:
        if not is_call(step) or step[0] is not _GENERATOR:
            if is_call(step) and type(step[0]) is Atom and step[0].name == "<<>>":
                return
            self.expression(step)
            return
        pattern, source = to_pylist(step[2])
        self.expression(source)
        if is_call(pattern) and pattern[0] is _WHEN:
            pattern = pattern[2].head
        self.bind(pattern, dynamic(pattern_type(pattern, self.fields)), step, step[1])

    def _call(self, form: Any) -> Type:
        head, _, args = form
        given = [self.expression(arg) for arg in args]
        if head[0] is not _DOT:
            return DYNAMIC
        target = to_pylist(head[2])
        if len(target) == 1:
            return calls.function(self.report, form, self.expression(target[0]), len(given))
        module, name = target
        if type(module) is Atom:
            if (module.name, name.name) in _NEVER:
                return NONE
            return calls.remote(self.report, form, module, name.name, given)
        kind = self.expression(module)
        if not given and meta_get(form[1], "no_parens") is True:
            return calls.field(self.report, form, module, kind, name)
        return calls.on_value(self.report, form, module, kind, name.name, len(given))


_NEVER: Final = frozenset({("erlang", "error"), ("erlang", "raise"), ("erlang", "throw"), ("erlang", "exit")})


def _is_literal(form: Any) -> bool:
    if literal(form) is not None:
        return True
    if type(form) is Cons:
        return all(_is_literal(item) for item in split_tail(form)[0])
    items = tuple_items(form)
    if items is None and is_call(form) and type(form[0]) is Atom and form[0].name == "%{}":
        items = to_pylist(form[2])
    return items is not None and all(_is_literal(item) for item in items)
