"""The check of a module's functions for code that cannot work because of the types of its values."""

from __future__ import annotations

from pyex.compiler.module.builder import ModuleBuilder
from pyex.terms.atoms import atom


def check(builder: ModuleBuilder) -> None:
    """Warn of expressions that fail, and of clauses that never match, whatever the arguments are."""
    from pyex.compiler.types.infer import Inference
    from pyex.compiler.types.report import Report

    report = Report(builder.env)
    inference = Inference(builder, report)
    for stored in builder.functions():
        definition = stored.definition
        if stored.check:
            function = (atom(definition.name), definition.arity)
            report.env = builder.env.replace(module=builder.name, function=function, line=definition.line)
            inference.check(stored)
