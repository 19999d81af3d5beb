"""Functions of the library that Elixir 1.18 calls deprecated, and what it says to use."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """
Atom.to_char_list/1 Use Atom.to_charlist/1 instead
Bitwise.__using__/1 import Bitwise instead
Code.cursor_context/1 Use Code.Fragment.cursor_context/2 instead
Code.cursor_context/2 Use Code.Fragment.cursor_context/2 instead
Code.ensure_compiled?/1 Use Code.ensure_compiled/1 instead (see the proper disclaimers in its docs)
Code.load_file/1 Use Code.require_file/2 or Code.compile_file/2 instead
Code.load_file/2 Use Code.require_file/2 or Code.compile_file/2 instead
Code.loaded_files/0 Use Code.required_files/0 instead
Code.unload_files/1 Use Code.unrequire_files/1 instead
Enum.chunk/2 Use Enum.chunk_every/2 instead
Enum.chunk/3 Use Enum.chunk_every/3 instead
Enum.chunk/4 Use Enum.chunk_every/4 instead
Enum.filter_map/3 Use Enum.filter/2 + Enum.map/2 or for comprehensions instead
Enum.partition/2 Use Enum.split_with/2 instead
Enum.uniq/2 Use Enum.uniq_by/2 instead
Exception.exception?/1 Use Kernel.is_exception/1 instead
Float.to_char_list/1 Use Float.to_charlist/1 instead
Float.to_char_list/2 Use :erlang.float_to_list/2 instead
Float.to_string/2 Use :erlang.float_to_binary/2 instead
Integer.to_char_list/1 Use Integer.to_charlist/1 instead
Integer.to_char_list/2 Use Integer.to_charlist/2 instead
Keyword.delete/3 Use Keyword.fetch/2 + Keyword.delete/2 instead
Keyword.map/2 Use Keyword.new/2 instead
Keyword.size/1 Use Kernel.length/1 instead
List.zip/1 Use Enum.zip/1 instead
Macro.expand_literal/2 Use Macro.expand_literals/2 instead
Macro.to_string/2 Use Macro.to_string/1 instead
Macro.unescape_tokens/1 Traverse over the arguments using Enum.map/2 instead
Macro.unescape_tokens/2 Traverse over the arguments using Enum.map/2 instead
Map.map/2 Use Map.new/2 instead (invoke Map.from_struct/1 before if you have a struct)
Map.size/1 Use Kernel.map_size/1 instead
Module.add_doc/5 Use @doc instead
Module.add_doc/6 Use @doc instead
Module.eval_quoted/2 Use Code.eval_quoted/3 instead
Module.eval_quoted/3 Use Code.eval_quoted/3 instead
Module.eval_quoted/4 Use Code.eval_quoted/3 instead
Range.range?/1 Pattern match on first..last//step instead
Regex.regex?/1 Use Kernel.is_struct(term, Regex) or pattern match on %Regex{} instead
Registry.start_link/2 Use Registry.start_link/1 instead
Registry.start_link/3 Use Registry.start_link/1 instead
Stream.chunk/2 Use Stream.chunk_every/2 instead
Stream.chunk/3 Use Stream.chunk_every/3 instead
Stream.chunk/4 Use Stream.chunk_every/4 instead
Stream.filter_map/3 Use Stream.filter/2 + Stream.map/2 instead
Stream.uniq/2 Use Stream.uniq_by/2 instead
String.ljust/2 Use String.pad_trailing/2 instead
String.ljust/3 Use String.pad_trailing/3 with a binary padding instead
String.lstrip/1 Use String.trim_leading/1 instead
String.lstrip/2 Use String.trim_leading/2 with a binary as second argument instead
String.rjust/2 Use String.pad_leading/2 instead
String.rjust/3 Use String.pad_leading/3 with a binary padding instead
String.rstrip/1 Use String.trim_trailing/1 instead
String.rstrip/2 Use String.trim_trailing/2 with a binary as second argument instead
String.strip/1 Use String.trim/1 instead
String.strip/2 Use String.trim/2 with a binary second argument instead
String.to_char_list/1 Use String.to_charlist/1 instead
String.valid_character?/1 Use String.valid?/1 instead
System.cwd/0 Use File.cwd/0 instead
System.cwd!/0 Use File.cwd!/0 instead
System.get_pid/0 Use System.pid/0 instead
System.stacktrace/0 Use __STACKTRACE__ instead
Task.find/2 Pattern match directly on the message instead
Tuple.append/2 Use insert_at instead
Logger.warn/1 Use Logger.warning/2 instead
Logger.warn/2 Use Logger.warning/2 instead
"""


def _read() -> dict[tuple[str, str, int], str]:
    found: dict[tuple[str, str, int], str] = {}
    for line in _TEXT.strip().splitlines():
        name, advice = line.split(" ", 1)
        function, arity = name.rsplit("/", 1)
        module, function = function.rsplit(".", 1)
        found[module, function, int(arity)] = advice
    return found


DEPRECATED: Final = _read()
"""(module, function, arity) → the advice that its warning ends with."""
