"""Keys of maps, as the storage of a map holds them."""

from __future__ import annotations

import ast

from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.result import INT, STRING, Result


def stored_key(frame: Frame, key: Result) -> ast.expr:
    """Return an expression for a key as a map stores it: mostly the term itself, and a call for floats, booleans and tuples."""
    b = frame.b
    if key.is_constant:
        return frame.constants.key(key.constant)
    if key.known in (INT, STRING):
        return frame.expression(key)
    encoded = b.call("encode_key", frame.expression(key))
    if not frame.simple(key):
        return encoded
    plain = b.compare(b.call("type", frame.again(key)), "in", b.name("PLAIN"))
    return b.conditional(plain, frame.again(key), encoded)
