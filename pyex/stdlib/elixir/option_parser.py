"""OptionParser: the arguments of a command line."""

from __future__ import annotations

import builtins
import difflib
import re
from typing import Any, Final, NamedTuple

from pyex.code.native import NativeModule, call
from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import Atom, alias, atom, atom_name, exists
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist

module = NativeModule("OptionParser", doc="The arguments of a command line, read by the types of their switches.")

MODULE: Final = alias("OptionParser")
OK: Final = atom("ok")
INVALID: Final = atom("invalid")
UNDEFINED: Final = atom("undefined")
ERROR: Final = atom("error")
TYPES: Final = frozenset(("boolean", "count", "integer", "float", "string", "keep"))
_NO_SWITCH: Final = re.compile(r"-[\d ]")
"""What begins as a switch and is a number, or text."""
_LETTERS_AND_NUMBER: Final = re.compile(r"([^\d-]+)(\d.*)")


class Config(NamedTuple):
    """What the options of a call say."""

    switches: dict[str, list[str]]
    aliases: dict[str, str]
    strict: bool
    new_atoms: bool
    separator: bool


def _config(opts: Any) -> Config:
    given = {atom_name(key): value for key, value in to_pylist(opts)}
    if "switches" in given and "strict" in given:
        raise argument_error(":switches and :strict cannot be given together")
    strict = "strict" in given
    switches: dict[str, list[str]] = {}
    for switch in to_pylist(given.get("strict", given.get("switches", EMPTY))):
        if type(switch) is not tuple or len(switch) != 2:
            raise function_clause(MODULE, "validate_switch", (switch,))
        name, kind = switch
        kinds = to_pylist(kind) if isinstance(kind, List) else [kind]
        for each in kinds:
            if type(each) is not Atom or each.name not in TYPES:
                raise argument_error(f"invalid switch types/modifiers: {inspect(kind)}")
        switches[name.name] = [each.name for each in kinds]
    aliases = {str(atom_name(key)): str(atom_name(value)) for key, value in to_pylist(given.get("aliases", EMPTY))}
    new_atoms = given.get("allow_nonexistent_atoms", False) is True
    return Config(switches, aliases, strict, new_atoms, given.get("return_separator", False) is True)


class Step(NamedTuple):
    """One switch that was read: its verdict, its name or text, its value, and the arguments after it."""

    kind: Any
    key: Any
    value: Any
    rest: list[str]


def _known_atom(name: str, config: Config) -> Any:
    """Return the atom of a switch, or None where there is no such atom yet."""
    return atom(name) if config.new_atoms or name in config.switches or exists(name) else None


def _next(argv: list[str], config: Config) -> Step | None:
    """Read the first argument as a switch, or return None if it is none."""
    if not argv or type(argv[0]) is not str or argv[0] in ("--", "-") or not argv[0].startswith("-"):
        return None
    text, rest = argv[0], argv[1:]
    if text.startswith("--"):
        option, equals, value = text.partition("=")
        return _switch(option, _long_name(option, config), value if equals else None, rest, config)
    if _NO_SWITCH.match(text):
        return None
    return _short(text, rest, config)


def _long_name(option: str, config: Config) -> tuple[str, bool] | None:
    """Return the name of `--no-name` or `--name` and whether it is negated."""
    name = option[2:]
    if "_" in name:
        return None
    key = name.replace("-", "_")
    if key.startswith("no_") and key not in config.switches:
        plain = key[3:]
        if "boolean" in config.switches.get(plain, ()):
            return plain, True
    return key, False


def _short(text: str, rest: list[str], config: Config) -> Step:
    letters, equals, value = text[1:].partition("=")
    given = value if equals else None
    if letters in config.aliases:
        return _switch(f"-{letters}", (config.aliases[letters], False), given, rest, config)
    if len(letters) == 1 or "-" in letters:
        return _unknown(f"-{letters}", given, rest)
    if not equals and (parts := _LETTERS_AND_NUMBER.fullmatch(letters)) is not None:
        return _short(f"-{parts[1]}={parts[2]}", rest, config)
    last = f"-{letters[-1]}" + (f"={value}" if equals else "")
    return _short(f"-{letters[0]}", [*(f"-{letter}" for letter in letters[1:-1]), last, *rest], config)


def _unknown(option: str, value: Any, rest: list[str]) -> Step:
    """Read a switch whose name is no atom yet: what follows is taken for its value, unless that is a switch."""
    if value is None:
        value, rest = (True, rest) if not rest or _is_switch(rest[0]) else (rest[0], rest[1:])
    return Step(UNDEFINED, option, value, rest)


def _switch(option: str, named: tuple[str, bool] | None, value: Any, rest: list[str], config: Config) -> Step:
    if named is None:
        return _unknown(option, value, rest)
    name, negated = named
    key = _known_atom(name, config)
    kinds = config.switches.get(name)
    if key is None:
        return _unknown(option, value, rest)
    if kinds is None and config.strict:
        return Step(UNDEFINED, option, value, rest)
    if negated:
        return Step(OK, key, False, rest) if value is None else Step(INVALID, option, value, rest)
    if kinds is None:
        return _guessed(key, value, rest)
    return _typed(option, key, kinds, value, rest)


def _guessed(key: Any, value: Any, rest: list[str]) -> Step:
    """Read a switch of no given type: what follows is its value, unless that is a switch."""
    if value is not None:
        return Step(OK, key, value, rest)
    if not rest or _is_switch(rest[0]):
        return Step(OK, key, True, rest)
    return Step(OK, key, rest[0], rest[1:])


def _is_switch(text: str) -> bool:
    return type(text) is str and text.startswith("-") and text != "-" and not _NO_SWITCH.match(text)


def _typed(option: str, key: Any, kinds: list[str], value: Any, rest: list[str]) -> Step:
    if "boolean" in kinds:
        known = {None: True, "true": True, "false": False}
        return Step(OK, key, known[value], rest) if value in known else Step(INVALID, option, value, rest)
    if "count" in kinds:
        return Step(OK, key, 1, rest) if value is None else Step(INVALID, option, value, rest)
    if value is None:
        if not rest or _is_switch(rest[0]):
            return Step(INVALID, option, None, rest)
        value, rest = rest[0], rest[1:]
    if "integer" in kinds:
        number = re.fullmatch(r"[+-]?\d+", value)
        return Step(OK, key, int(value), rest) if number else Step(INVALID, option, value, rest)
    if "float" in kinds:
        number = re.fullmatch(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", value)
        return Step(OK, key, float(value), rest) if number else Step(INVALID, option, value, rest)
    return Step(OK, key, value, rest)


def _parse(argv: list[str], config: Config, head: bool) -> tuple[list[Any], list[Any], list[Any]]:
    options: list[Any] = []
    arguments: list[Any] = []
    invalid: list[Any] = []
    while argv:
        step = _next(argv, config)
        if step is not None:
            argv = step.rest
            if step.kind is OK:
                _store(options, step, config)
            elif step.kind is INVALID:
                invalid.append((step.key, step.value))
            elif config.strict:
                invalid.append((step.key, None))
        elif argv[0] == "--":
            arguments += argv if config.separator else argv[1:]
            break
        elif head:
            arguments += argv
            break
        else:
            arguments.append(argv[0])
            argv = argv[1:]
    return options, arguments, invalid


def _store(options: list[Any], step: Step, config: Config) -> None:
    kinds = config.switches.get(step.key.name, [])
    if "keep" not in kinds:
        old = [value for key, value in options if key is step.key]
        options[:] = [pair for pair in options if pair[0] is not step.key]
        if "count" in kinds and old:
            options.append((step.key, old[0] + 1))
            return
    options.append((step.key, step.value))


def _read(name: str, argv: Any, opts: Any, head: bool) -> tuple[list[Any], list[Any], list[Any], Config]:
    if not isinstance(argv, List) or not isinstance(opts, List):
        raise function_clause(MODULE, name, (argv, opts))
    config = _config(opts)
    return (*_parse(to_pylist(argv), config, head), config)


@module.function
def parse(argv: Any, opts: Any = EMPTY) -> Any:
    """Return `{options, arguments, invalid}`; `:strict` or `:switches` gives the types, `:aliases` short names.

        iex> OptionParser.parse(["--port", "80", "x"], strict: [port: :integer])
        {[port: 80], ["x"], []}
    """
    options, arguments, invalid, _ = _read("parse", argv, opts, False)
    return from_pylist(options), from_pylist(arguments), from_pylist(invalid)


@module.function("parse!")
def parse_bang(argv: Any, opts: Any = EMPTY) -> Any:
    """Return `{options, arguments}`; raises OptionParser.ParseError.

        iex> OptionParser.parse!(["--debug", "x"], strict: [debug: :boolean])
        {[debug: true], ["x"]}
    """
    return _checked(*_read("parse!", argv, opts, False))


@module.function
def parse_head(argv: Any, opts: Any = EMPTY) -> Any:
    """Read switches up to the first argument that is none.

        iex> OptionParser.parse_head(["--debug", "x", "--y"], strict: [debug: :boolean])
        {[debug: true], ["x", "--y"], []}
    """
    options, arguments, invalid, _ = _read("parse_head", argv, opts, True)
    return from_pylist(options), from_pylist(arguments), from_pylist(invalid)


@module.function("parse_head!")
def parse_head_bang(argv: Any, opts: Any = EMPTY) -> Any:
    """Read switches up to the first argument that is none; raises OptionParser.ParseError.

        iex> OptionParser.parse_head!(["--debug", "x", "--y"], strict: [debug: :boolean])
        {[debug: true], ["x", "--y"]}
    """
    return _checked(*_read("parse_head!", argv, opts, True))


def _checked(options: list[Any], arguments: list[Any], invalid: list[Any], config: Config) -> Any:
    if not invalid:
        return from_pylist(options), from_pylist(arguments)
    lines = [f"{option} : {_complaint(option, value, config)}" for option, value in invalid]
    count = f"{len(lines)} error{'s' if len(lines) > 1 else ''} found!"
    raise elixir_error("OptionParser.ParseError", message="\n".join([count, *lines]))


def _complaint(option: str, value: Any, config: Config) -> str:
    kinds = config.switches.get(_key_of(option, config))
    if kinds is None and value is not None:
        return f"Expected type , got {inspect(value)}"
    if kinds is None:
        return "Unknown option" + _suggestion(option, config)
    kind = builtins.next((kind for kind in kinds if kind != "keep"), "string")
    return f"Missing argument of type {kind}" if value is None else f"Expected type {kind}, got {inspect(value)}"


def _key_of(option: str, config: Config) -> str:
    if option.startswith("--"):
        return "" if "_" in option else option[2:].replace("-", "_")
    return config.aliases.get(option[1:], "")


def _suggestion(option: str, config: Config) -> str:
    if not option.startswith("--"):
        return ""
    near = difflib.get_close_matches(option[2:].replace("-", "_"), config.switches, n=1, cutoff=0.7)
    return f". Did you mean --{near[0].replace('_', '-')}?" if near else ""


@module.function
def next(argv: Any, opts: Any = EMPTY) -> Any:
    """Read one switch: `{:ok, key, value, rest}`, `{:invalid | :undefined, switch, value, rest}` or `{:error, rest}`.

        iex> OptionParser.next(["--debug", "x"], strict: [debug: :boolean])
        {:ok, :debug, true, ["x"]}
    """
    if not isinstance(argv, List) or not isinstance(opts, List):
        raise function_clause(MODULE, "next", (argv, opts))
    items = to_pylist(argv)
    step = _next(items, _config(opts))
    if step is None:
        return ERROR, argv
    return step.kind, step.key, step.value, from_pylist(step.rest)


@module.function
def to_argv(enumerable: Any, opts: Any = EMPTY) -> Any:
    """Return the arguments that give these options.

        iex> OptionParser.to_argv(port: 80, debug: true, color: false)
        ["--port", "80", "--debug", "--no-color"]
    """
    switches = {atom_name(key): value for key, value in to_pylist(opts)}.get("switches", EMPTY)
    counted = {key.name for key, kind in to_pylist(switches) if kind is atom("count")}
    arguments: list[str] = []
    for key, value in elements(enumerable):
        name = str(atom_name(key)).replace("_", "-")
        if value is True:
            arguments.append(f"--{name}")
        elif value is False:
            arguments.append(f"--no-{name}")
        elif key.name in counted:
            arguments += [f"--{name}"] * value
        elif value is not None:
            arguments += [f"--{name}", call("String.Chars", "to_string", value)]
    return from_pylist(arguments)


@module.function
def split(string: Any) -> Any:
    r"""Split a command line into its arguments; quotes and backslashes hold them together.

        iex> OptionParser.split(~S(a "b c" d\ e))
        ["a", "b c", "d e"]
    """
    if type(string) is not str:
        raise function_clause(MODULE, "split", (string,))
    words: list[str] = []
    word, quote, place = "", "", 0
    while place < len(string):
        letter, following = string[place], string[place + 1 : place + 2]
        place += 1
        if letter == "\\" and following and following in (quote or "'\" "):
            word, place = word + following, place + 1
        elif letter == quote:
            quote = ""
            if string[place : place + 1] == " ":
                words.append(word)
                word, place = "", place + 1
        elif not quote and letter in "\"'":
            quote = letter
        elif not quote and letter == " ":
            words += [word] if word else []
            word = ""
        else:
            word += letter
    if quote:
        raise elixir_error(
            "RuntimeError",
            message=f"argv string did not terminate properly, a {quote} was opened but never closed",
        )
    return from_pylist([*words, word] if word else words)
