"""What is wrong with which argument of an `:erlang` function that failed with `:badarg`.

Each function has a rule for each of its arguments: a test, and the words for an argument that fails it. A function
whose arguments all pass gets the words of its last rule (`*`), which only the function itself could check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import is_atom
from pyex.terms.binaries import is_binary, is_bitstring
from pyex.terms.functions import arity_of
from pyex.terms.lists import Cons, List, is_proper, split_tail
from pyex.terms.pids import Pid, Port, Reference

_TESTS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "any": (lambda term: True, ""),
    "atom": (is_atom, "not an atom"),
    "integer": (lambda term: type(term) is int, "not an integer"),
    "count": (lambda term: type(term) is int and term >= 0, "out of range"),
    "float": (lambda term: type(term) is float, "not a float"),
    "number": (lambda term: type(term) in (int, float), "not a number"),
    "base": (lambda term: type(term) is int and 2 <= term <= 36, "not an integer in the range 2 through 36"),
    "binary": (is_binary, "not a binary"),
    "bitstring": (is_bitstring, "not a bitstring"),
    "list": (is_proper, "not a list"),
    "cons": (lambda term: type(term) is Cons, "not a nonempty list"),
    "iodata": (lambda term: False, "not an iodata term"),
    "iolist": (lambda term: False, "not an iolist term"),
    "tuple": (lambda term: type(term) is tuple, "not a tuple"),
    "pid": (lambda term: type(term) is Pid, "not a pid"),
    "pid_or_port": (lambda term: type(term) in (Pid, Port), "not a pid or port"),
    "reference": (lambda term: type(term) is Reference, "not a reference"),
    "fun": (lambda term: arity_of(term) is not None, "not a fun"),
}
_RULES: Final[dict[str, str]] = {
    "abs": "number",
    "apply": "atom atom list",
    "atom_to_binary": "atom any",
    "atom_to_list": "atom",
    "binary_to_atom": "binary atom",
    "binary_to_existing_atom": "binary atom *1 not an already existing atom",
    "binary_to_float": "binary *1 not a textual representation of a float",
    "binary_to_integer": "binary base *1 not a textual representation of an integer",
    "binary_to_list": "binary integer integer",
    "binary_to_term": "binary any *1 invalid external representation of a term",
    "bit_size": "bitstring",
    "bitstring_to_list": "bitstring",
    "byte_size": "bitstring",
    "cancel_timer": "reference list",
    "crc32": "iodata",
    "delete_element": "integer tuple *1 out of range",
    "demonitor": "reference list",
    "element": "integer tuple *1 out of range",
    "exit": "pid any",
    "float": "number",
    "float_to_binary": "float list",
    "float_to_list": "float list",
    "fun_info": "fun atom",
    "fun_to_list": "fun",
    "hd": "cons",
    "insert_element": "integer tuple any *1 out of range",
    "integer_to_binary": "integer base",
    "integer_to_list": "integer base",
    "iolist_size": "iodata",
    "iolist_to_binary": "iodata",
    "is_process_alive": "pid",
    "length": "list",
    "link": "pid",
    "list_to_atom": "list",
    "list_to_binary": "iolist",
    "list_to_existing_atom": "list *1 not an already existing atom",
    "list_to_float": "list *1 not a textual representation of a float",
    "list_to_integer": "list base *1 not a textual representation of an integer",
    "list_to_pid": "list *1 not a textual representation of a pid",
    "list_to_tuple": "list",
    "make_fun": "atom atom count",
    "make_tuple": "count any",
    "md5": "iodata",
    "monitor": "atom pid",
    "monotonic_time": "any *1 invalid time unit",
    "node": "pid",
    "pid_to_list": "pid",
    "process_flag": "atom any *1 invalid process flag",
    "process_info": "pid any",
    "ref_to_list": "reference",
    "register": "atom pid_or_port",
    "round": "number",
    "send": "any any *1 invalid destination",
    "send_after": "integer any any any *1 out of range",
    "setelement": "integer tuple any *1 out of range",
    "size": "any *1 not tuple or binary",
    "spawn": "fun",
    "split_binary": "binary integer *2 out of range",
    "start_timer": "integer any any any *1 out of range",
    "statistics": "any *1 invalid statistics item",
    "system_info": "any *1 invalid system info item",
    "system_time": "any *1 invalid time unit",
    "tl": "cons",
    "trunc": "number",
    "tuple_size": "tuple",
    "tuple_to_list": "tuple",
    "unlink": "pid",
    "unregister": "any *1 not a pid",
    "whereis": "atom",
}


def wrong_arguments(name: str, args: Any) -> dict[int, str]:
    """Return what is wrong with which argument (from 1) of a failed `:erlang` function; empty when it is not known."""
    rule = _RULES.get(name)
    if rule is None or not isinstance(args, List):
        return {}
    tests, _, last = rule.partition(" *")
    given = split_tail(args)[0]
    wrong = {}
    for place, (test, value) in enumerate(zip(tests.split(), given, strict=False), 1):
        holds, words = _TESTS[test]
        if not holds(value):
            wrong[place] = "not an integer" if test == "count" and type(value) is not int else words
    if not wrong and last:
        place_text, _, words = last.partition(" ")
        return {int(place_text): words}
    return wrong
