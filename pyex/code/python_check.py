"""What is wrong with a Python source, found by pyflakes and said in Elixir's way.

An undefined name or a syntax error refuses the module; unused variables and imports are warnings.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator

from pyflakes import messages
from pyflakes.checker import Checker

from pyex.code import versions
from pyex.code.evaluation import report
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.syntax_messages import shown_path

_UNUSED = " is unused (if the variable is not meant to be used, prefix it with an underscore)"


def check_source(data: bytes, decode: Callable[[bytes], str], path: str, module: str) -> None:
    """Report what pyflakes finds; raises CompileError for an undefined name, SyntaxError for what Python cannot read."""
    try:
        text = decode(data)
        tree = ast.parse(text, path)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _syntax_error(path, line, error.start, f"invalid encoding: {error.reason}", "") from None
    except SyntaxError as error:
        raise _syntax_error(path, error.lineno or 1, error.offset or 1, error.msg, error.text or "") from None
    found = sorted(_diagnostics(tree, path), key=lambda item: (item.line, item.column or 0))
    for diagnostic in _redefinitions(tree, path, module):
        report(diagnostic)
    for diagnostic in found:
        report(diagnostic)
    if any(diagnostic.severity == "error" for diagnostic in found):
        raise elixir_error(
            "CompileError",
            file=path,
            line=0,
            description=f"cannot compile module {_shown_module(path, module)} (errors have been logged)",
        )


def _syntax_error(path: str, line: int, column: int, text: str, snippet: str) -> ElixirError:
    return elixir_error(
        "SyntaxError", file=shown_path(path), line=line, column=column, snippet=snippet.rstrip("\n"), description=text
    )


def _shown_module(path: str, module: str) -> str:
    for version in versions.MODULES.values():
        if version.kind == "python" and version.file == path:
            return str(version.name.name.removeprefix("Elixir."))
    from pyex.code.python_modules import camel

    return camel(module)


def _redefinitions(tree: ast.Module, path: str, module: str) -> Iterator[Diagnostic]:
    lines = {node.name: node.lineno for node in tree.body if isinstance(node, ast.ClassDef)}
    for version in list(versions.MODULES.values()):
        if version.kind == "python" and version.file == path and version.attributes.get("python_module") == module:
            name = version.name.name.removeprefix("Elixir.")
            line = lines.get(name.split(".")[-1], 1)
            yield Diagnostic(
                "warning",
                f"redefining module {name} (current version {version.origin})",
                path,
                line,
                None,
                where=f"{name} (module)",
                code="redefined_module",
                subject=name,
            )


def _diagnostics(tree: ast.Module, path: str) -> Iterator[Diagnostic]:
    scopes = _Scopes(tree)
    for message in Checker(tree, filename=os.path.basename(path)).messages:
        line, column = message.lineno, message.col + 1
        where = scopes.at(line)
        if isinstance(message, messages.UndefinedName | messages.UndefinedLocal):
            name = message.message_args[0]
            yield Diagnostic(
                "error", f'undefined variable "{name}"', path, line, column, len(name), where, "undefined_variable", name
            )
        elif isinstance(message, messages.UnusedVariable):
            name = message.message_args[0]
            yield Diagnostic(
                "warning", f'variable "{name}"{_UNUSED}', path, line, column, len(name), where, "unused_variable", name
            )
        else:
            text = str(message.message % message.message_args)
            yield Diagnostic("warning", text, path, line, column, 1, where, "python", text)


class _Scopes:
    """Which function a line of a Python file belongs to, in Elixir's words: `Server.handle_call/3`."""

    def __init__(self, tree: ast.Module) -> None:
        self._spans: list[tuple[int, int, str]] = []
        self._walk(tree, "", False)

    def _walk(self, node: ast.AST, prefix: str, in_class: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                self._walk(child, f"{prefix}{child.name}.", True)
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                arity = len(child.args.posonlyargs) + len(child.args.args) - in_class
                self._spans.append((child.lineno, child.end_lineno or child.lineno, f"{prefix}{child.name}/{arity}"))
                self._walk(child, prefix, False)

    def at(self, line: int) -> str:
        """Return the innermost function around a line, or nothing."""
        found = [span for span in self._spans if span[0] <= line <= span[1]]
        return max(found)[2] if found else ""
