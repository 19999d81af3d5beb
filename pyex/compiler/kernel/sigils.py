"""Sigils: `~s ~S ~c ~C ~w ~W ~r ~R ~D ~T ~N ~U`."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.compiler.kernel.build import is_call, remote
from pyex.compiler.kernel.membership import warn_of_old
from pyex.compiler.module.escape import escape
from pyex.syntax.strings import unescape
from pyex.terms import lists
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError, argument_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, from_iterable, to_pylist


def _parts(form: Any) -> list[Any]:
    """Return the pieces of a sigil's text; a macro that calls a sigil by its name has to give it as a binary form."""
    if not is_call(form):
        raise function_clause(alias("Kernel"), "sigil", (form,))
    return to_pylist(form[2])


def _literal(form: Any) -> Any:
    """Return the text of a sigil without interpolation, or None."""
    parts = _parts(form)
    return parts[0] if len(parts) == 1 and type(parts[0]) in (str, bytes) else ("" if not parts else None)


def _unescaped(form: Any) -> Any:
    """Return the pieces with their escapes resolved, as the form of one binary."""
    pieces = [unescape(part) if type(part) is str else part for part in _parts(form)]
    if len(pieces) == 1 and type(pieces[0]) in (str, bytes):
        return pieces[0]
    return (form[0], form[1], from_iterable(pieces))


def string(env: Any, form: Any, modifiers: Any) -> Any:
    """`~s`: a string with escapes and interpolation."""
    _no_modifiers("s", modifiers)
    return _unescaped(form)


def raw_string(env: Any, form: Any, modifiers: Any) -> Any:
    """`~S`: a string as it stands."""
    _no_modifiers("S", modifiers)
    return _literal(form)


def _no_modifiers(name: str, modifiers: Any) -> None:
    if modifiers is not EMPTY:
        raise argument_error(f"~{name} does not take modifiers")


def charlist(env: Any, form: Any, modifiers: Any) -> Any:
    """`~c`: a charlist with escapes and interpolation."""
    value = _unescaped(form)
    return lists.charlist(value) if type(value) is str else remote(alias("String"), "to_charlist", value)


def raw_charlist(env: Any, form: Any, modifiers: Any) -> Any:
    """`~C`: a charlist as it stands."""
    return lists.charlist(_literal(form))


def words(env: Any, form: Any, modifiers: Any) -> Any:
    """`~w`: a list of words, with escapes and interpolation."""
    value = _unescaped(form)
    if is_call(value):
        return remote(alias("Kernel.Utils"), "word_list", value, _kind(modifiers))
    return _word_list(value, _kind(modifiers))


def raw_words(env: Any, form: Any, modifiers: Any) -> Any:
    """`~W`: a list of words as they stand."""
    return _word_list(_literal(form), _kind(modifiers))


def _kind(modifiers: Any) -> str:
    letters = [chr(letter) for letter in to_pylist(modifiers)]
    if letters not in ([], ["s"], ["a"], ["c"]):
        raise argument_error("modifier must be one of: s, a, c")
    return letters[0] if letters else "s"


def _word_list(text: str, kind: str) -> Any:
    return export(alias("Kernel.Utils"), "word_list", 2).fn(text, kind)


def regex(env: Any, form: Any, modifiers: Any) -> Any:
    """`~r`: a regular expression; its escapes are the regular expression's own."""
    return _regex(form, modifiers)


def raw_regex(env: Any, form: Any, modifiers: Any) -> Any:
    """`~R`: a regular expression without interpolation."""
    warn_of_old(env, "~R/.../ is deprecated, use ~r/.../ instead")
    return _regex(form, modifiers)


def _regex(form: Any, modifiers: Any) -> Any:
    options = "".join(chr(letter) for letter in to_pylist(modifiers))
    source = _literal(form)
    if source is None:
        return remote(alias("Regex"), "compile!", form, options)
    export(alias("Regex"), "compile!", 2).fn(source, options)  # a wrong one is refused at compile time
    return remote(alias("Regex"), "compile!", source, options)


_WITH_CALENDAR: Final = re.compile(r"(.*) ([A-Z]\w*(?:\.[A-Z]\w*)*)", re.DOTALL)


def _split(form: Any) -> tuple[Any, Any]:
    """Return the text of a date and the calendar that may be named after it."""
    text = _literal(form)
    found = _WITH_CALENDAR.fullmatch(text) if type(text) is str else None
    return (text, alias("Calendar.ISO")) if found is None else (found[1], alias(found[2]))


def _calendar(module: str, read: str, form: Any) -> Any:
    text, calendar = _split(form)
    kind, found = export(calendar, read, 1).fn(text)
    if kind is atom.error:
        raise _unreadable(text, module, calendar, found)
    return escape(export(alias(module), "new!", len(found) + 1).fn(*found, calendar))


def _unreadable(text: Any, what: str, calendar: Any, reason: Any) -> ElixirError:
    shown, name, why = inspect(text), inspect(calendar), inspect(reason)
    return argument_error(f"cannot parse {shown} as {what} for {name}, reason: {why}")


def date(env: Any, form: Any, modifiers: Any) -> Any:
    """`~D`: a date."""
    return _calendar("Date", "parse_date", form)


def time(env: Any, form: Any, modifiers: Any) -> Any:
    """`~T`: a time of day."""
    return _calendar("Time", "parse_time", form)


def naive_datetime(env: Any, form: Any, modifiers: Any) -> Any:
    """`~N`: a date and time without a time zone."""
    return _calendar("NaiveDateTime", "parse_naive_datetime", form)


def datetime(env: Any, form: Any, modifiers: Any) -> Any:
    """`~U`: a date and time in UTC."""
    text, calendar = _split(form)
    found = export(alias("DateTime"), "from_iso8601", 2).fn(text, calendar)
    if found[0] is atom.ok and found[2] == 0:
        return escape(found[1])
    reason = found[1] if found[0] is atom.error else atom.non_utc_offset
    raise _unreadable(text, "UTC DateTime", calendar, reason)
