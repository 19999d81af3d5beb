"""The standard library: one file for each Elixir or Erlang module, loaded at its first use."""

from typing import Final

from pyex.terms.exception_structs import EXCEPTIONS

ELSEWHERE: Final[dict[str, str]] = {
    "Agent.Server": "pyex.otp.agent",
    "DynamicSupervisor.Server": "pyex.otp.dynamic_supervisor",
    "EEx": "pyex.stdlib.elixir.eex",
    "EEx.Engine": "pyex.stdlib.elixir.eex.engine",
    "EEx.SmartEngine": "pyex.stdlib.elixir.eex.engine",
    "ExUnit.Assertions": "pyex.stdlib.elixir.ex_unit.assertions",
    "ExUnit.Callbacks": "pyex.stdlib.elixir.ex_unit.callbacks",
    "ExUnit.CaptureIO": "pyex.stdlib.elixir.ex_unit.capture",
    "ExUnit.CaptureLog": "pyex.stdlib.elixir.ex_unit.capture",
    "ExUnit.Case": "pyex.stdlib.elixir.ex_unit.case",
    "ExUnit.DocTest": "pyex.stdlib.elixir.ex_unit.doc_test",
    "IEx": "pyex.shell.iex",
    "IEx.Helpers": "pyex.shell.helpers",
    "IEx.Pry": "pyex.shell.pry",
    "Calendar.TimeZoneDatabase": "pyex.stdlib.elixir.calendar",
    "Calendar.UTCOnlyTimeZoneDatabase": "pyex.stdlib.elixir.calendar",
    "Calendar.ZoneInfoTimeZoneDatabase": "pyex.stdlib.elixir.calendar",
    "Enumerable.Date.Range": "pyex.stdlib.elixir.date_range",
    "Enumerable.IO.Stream": "pyex.stdlib.elixir.io_stream",
    "Collectable.IO.Stream": "pyex.stdlib.elixir.io_stream",
    "Enumerable.File.Stream": "pyex.stdlib.elixir.file.streams",
    "Collectable.File.Stream": "pyex.stdlib.elixir.file.streams",
    "File.Stream": "pyex.stdlib.elixir.file.streams",
    "File.Stat": "pyex.stdlib.elixir.file.questions",
    "JSON.Encoder": "pyex.stdlib.elixir.json",
    "JSON.Encoder.Any": "pyex.stdlib.elixir.json",
    "Version.Requirement": "pyex.stdlib.elixir.version",
    "Registry.Partition": "pyex.otp.registry",
    "Task.Supervised": "pyex.otp.task_supervisor",
}
"""Elixir modules that share a file with others: name → Python module."""

ELSEWHERE.update(dict.fromkeys(EXCEPTIONS, "pyex.stdlib.elixir.exception_modules"))
IMPLEMENTED: Final = {
    "Collectable": "BitString List Map MapSet",
    "Enumerable": "Function List Map MapSet Range Stream",
    "Inspect": "Atom BitString Date Date.Range DateTime Duration Float Function Inspect.Error Integer List Macro.Env Map MapSet "
    "NaiveDateTime PID Port Range Reference Regex Stream Time Tuple URI Version Version.Requirement",
    "JSON.Encoder": "Atom BitString Date DateTime Duration Float Integer List Map NaiveDateTime Time",
    "List.Chars": "Atom BitString Float Integer List",
    "String.Chars": "Atom BitString Date DateTime Float Integer List NaiveDateTime Time URI Version Version.Requirement",
}
"""The types for which the library implements its protocols, beside those that have a file."""

ELSEWHERE.update(
    (f"{protocol}.{kind}", "pyex.stdlib.elixir.implementations")
    for protocol, kinds in IMPLEMENTED.items()
    for kind in kinds.split()
)
