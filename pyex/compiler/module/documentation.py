"""What `@doc`, `@impl`, `@spec` and their kin say of the definition that follows them."""

from __future__ import annotations

import re
from typing import Final

from pyex.compiler.kernel.build import code_text
from pyex.compiler.module.builder import ModuleBuilder, Stored
from pyex.compiler.module.heads import Head, signature_of
from pyex.compiler.module.reports import warn
from pyex.syntax.formatter import LINE_LENGTH
from pyex.terms.atoms import atom, atom_name
from pyex.terms.lists import EMPTY, from_iterable


def attach(builder: ModuleBuilder, stored: Stored, head: Head, line: int) -> None:
    """Give a definition the documentation and the `@impl` that stand before it."""
    kind, signature = stored.definition.kind, (head.name, head.arity)
    written = builder.attributes.get("doc")
    doc_line = written.line if written is not None else line
    doc = builder.take("doc")
    facts = builder.doc_facts.pop("doc", ())
    impl = builder.take("impl")
    deprecated = builder.take("deprecated")
    if impl is not None:
        builder.impls.append((signature, kind, impl, line, stored.defaults))
        builder.impl_contexts.add(stored.context)
    if deprecated is not None:
        builder.deprecated[signature] = str(deprecated)
    key = ("macro" if stored.definition.is_macro else "function", head.name, head.arity)
    if not stored.definition.is_public:
        if type(doc) is str:
            warn(
                builder.module_env.replace(function=(atom(head.name), head.arity)),
                doc_line,
                f"{kind} {head.name}/{head.arity} is private, @doc attribute is always discarded for private "
                "functions/macros/types",
            )
        return
    if facts:
        builder.facts[key] = tuple(facts)
    if doc is None and impl is not None and impl is not False:
        doc = False
    if doc is not None:
        if type(doc) is str and type(builder.docs.get(key)) is str:
            warn(
                builder.module_env,
                doc_line,
                f"redefining @doc attribute previously set at line {builder.doc_lines[key]}.\n\n"
                "Please remove the duplicate docs. If instead you want to override a previously defined @doc, attach the "
                "@doc attribute to a function head (the function signature not followed by any do-block). For example:\n\n"
                '    @doc """\n    new docs\n    """\n    def '
                + f"{head.name}({', '.join('...' for _ in range(min(head.arity, 1)))})\n",
            )
        builder.docs[key] = doc
        builder.doc_lines[key] = doc_line
    if key not in builder.signatures or not stored.has_body:
        builder.signatures[key] = _signature_text(head)


def _signature_text(head: Head) -> str:
    """Return the head of a definition as its documentation shows it."""
    shown = signature_of(head.name, head.parameters, head.defaults)
    if not head.defaults and _PLAIN_NAME.match(head.name) and head.name not in _WORDS:
        text = f"{head.name}({', '.join([str(atom_name(variable[0])) for variable in shown])})"
        if len(text) < LINE_LENGTH:
            return text  # what the printer would say, which is built for much more than names
    return code_text((atom(head.name), EMPTY, from_iterable(shown)))


_PLAIN_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*[?!]?\Z")
_WORDS: Final = frozenset(
    "after and catch do else end false fn in nil not or rescue true unquote unquote_splicing when".split()
)
"""Names that the printer writes in a form of their own."""
