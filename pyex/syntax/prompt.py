"""Lines that go on with the result of the line before."""

from __future__ import annotations

import re
from typing import Final

_OPERATOR: Final = re.compile(
    r"(?:\|\|\||&&&|<<<|>>>|<<~|~>>|<~>|===|!==|\+\+\+|---|\^\^\^"
    r"|\|>|<>|\+\+|--|&&|\|\||==|!=|=~|<=|>=|<~|~>|<-|\\\\|::|\*\*|\.\.|/|\*|<(?!<)|>|=(?!>)|\||\.(?=[a-z(])"
    r"|(?:and|or|in|when|not\s+in)(?![\w:?!]))"
)


def starts_with_binary_operator(text: str) -> bool:
    """Tell whether a line begins with an operator that needs a left side."""
    return _OPERATOR.match(text.lstrip()) is not None
