"""The heads of library functions' clauses, as iex shows them when none matches: what was to be given instead.

The library is written in Python, where a function has no clauses; these are those of Elixir's functions, for the
functions that beginners call with a wrong argument.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax import parse
from pyex.terms.lists import to_pylist

HEADS: Final = {
    "String": """
        length(string) when is_binary(string)
        upcase("", _mode)
        upcase(string, :default) when is_binary(string)
        upcase(string, :ascii) when is_binary(string)
        upcase(string, mode) when is_binary(string) and (mode === :greek or mode === :turkic)
        downcase("", _mode)
        downcase(string, :default) when is_binary(string)
        downcase(string, :ascii) when is_binary(string)
        downcase(string, mode) when is_binary(string) and (mode === :greek or mode === :turkic)
        capitalize(<<char, rest::binary>>, :ascii)
        capitalize(<<"i", right::binary>>, mode)
        capitalize(string, mode) when is_binary(string)
        split(string, %Regex{} = pattern, options) when is_binary(string) and is_list(options)
        split(string, "", options) when is_binary(string) and is_list(options)
        split(string, [], options) when is_binary(string) and is_list(options)
        split(string, pattern, options) when is_binary(string) and is_list(options)
        trim(string) when is_binary(string)
        reverse(string) when is_binary(string)
        replace(subject, pattern, replacement, options) when is_binary(subject) \
            and (is_binary(replacement) or is_function(replacement, 1)) and is_list(options)
        at(string, position) when is_binary(string) and is_integer(position) and position >= 0
        at(string, position) when is_binary(string) and is_integer(position) and position < 0
        contains?(string, contents) when is_binary(string) and is_list(contents)
        contains?(string, contents) when is_binary(string)
        starts_with?(string, prefix) when is_binary(string) and is_binary(prefix)
        starts_with?(string, prefix) when is_binary(string) and is_list(prefix)
        starts_with?(string, prefix) when is_binary(string)
        ends_with?(string, suffix) when is_binary(string) and is_binary(suffix)
        ends_with?(string, suffix) when is_binary(string) and is_list(suffix)
        slice(_, _, 0)
        slice(string, start, length) when is_binary(string) and is_integer(start) and is_integer(length) \
            and start >= 0 and length >= 0
        slice(string, start, length) when is_binary(string) and is_integer(start) and is_integer(length) \
            and start < 0 and length >= 0
        pad_leading(string, count, padding) when is_binary(padding)
        pad_leading(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0
        pad_trailing(string, count, padding) when is_binary(padding)
        pad_trailing(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0
        duplicate(subject, n) when is_binary(subject) and is_integer(n) and n >= 0
        first(string) when is_binary(string)
        last("")
        last(string) when is_binary(string)
        graphemes(string) when is_binary(string)
        codepoints(string) when is_binary(string)
        to_charlist(string) when is_binary(string)
        to_integer(string) when is_binary(string)
        to_float(string) when is_binary(string)
        split_at(string, position) when is_binary(string) and is_integer(position) and position >= 0
        split_at(string, position) when is_binary(string) and is_integer(position) and position < 0
        equivalent?(string1, string2) when is_binary(string1) and is_binary(string2)
        next_codepoint(<<cp::utf8, rest::binary>>)
        next_codepoint(<<byte, rest::binary>>)
        next_codepoint(<<>>)
        jaro_distance(string, string) when is_binary(string)
        jaro_distance(_string, "")
        jaro_distance("", _string)
        jaro_distance(string1, string2) when is_binary(string1) and is_binary(string2)
    """,
    "Access": """
        get(%module{} = container, key, default)
        get(map, key, default) when is_map(map)
        get(list, key, default) when is_list(list) and is_atom(key)
        get(list, key, _default) when is_list(list) and is_integer(key)
        get(list, key, _default) when is_list(list)
        get(nil, _key, default)
        fetch(%module{} = container, key)
        fetch(map, key) when is_map(map)
        fetch(list, key) when is_list(list) and is_atom(key)
        fetch(list, key) when is_list(list)
        fetch(nil, _key)
        pop(%module{} = container, key)
        pop(map, key) when is_map(map)
        pop(list, key) when is_list(list)
        pop(nil, key)
        get_and_update(%module{} = container, key, fun)
        get_and_update(map, key, fun) when is_map(map)
        get_and_update(list, key, fun) when is_list(list) and is_atom(key)
        get_and_update(list, key, _fun) when is_list(list) and is_integer(key)
        get_and_update(list, key, _fun) when is_list(list)
        get_and_update(nil, key, _fun)
    """,
    "Map": """
        from_struct(struct) when is_atom(struct)
        from_struct(%_{} = struct)
    """,
    "Float": """
        floor(number, 0) when is_float(number)
        floor(number, precision) when is_float(number) and is_integer(precision) and precision >= 0 \
            and precision <= 15
        floor(number, precision) when is_float(number)
        ceil(number, 0) when is_float(number)
        ceil(number, precision) when is_float(number) and is_integer(precision) and precision >= 0 \
            and precision <= 15
        ceil(number, precision) when is_float(number)
        round(float, 0) when float == 0.0
        round(float, 0) when is_float(float)
        round(float, precision) when is_float(float) and is_integer(precision) and precision >= 0 \
            and precision <= 15
        round(float, precision) when is_float(float)
        ratio(float) when is_float(float) and float == 0.0
        ratio(float) when is_float(float)
    """,
    "Integer": """
        parse(_binary, base) when not (is_integer(base) and (base >= 2 and base <= 36))
        parse(binary, base) when is_binary(binary)
        digits(integer, base) when is_integer(integer) and is_integer(base) and base >= 2
        undigits(digits, base) when is_list(digits) and is_integer(base) and base >= 2
        pow(base, exponent) when is_integer(base) and is_integer(exponent)
        gcd(integer1, integer2) when is_integer(integer1) and is_integer(integer2)
    """,
    "Keyword": """
        get(keywords, key, default) when is_list(keywords) and is_atom(key)
        fetch(keywords, key) when is_list(keywords) and is_atom(key)
        fetch!(keywords, key) when is_list(keywords) and is_atom(key)
        put(keywords, key, value) when is_list(keywords) and is_atom(key)
        delete(keywords, key) when is_list(keywords) and is_atom(key)
        has_key?(keywords, key) when is_list(keywords) and is_atom(key)
        merge(keywords1, []) when is_list(keywords1)
        merge([], keywords2) when is_list(keywords2)
        merge(keywords1, keywords2) when is_list(keywords1) and is_list(keywords2)
        keys(keywords) when is_list(keywords)
        values(keywords) when is_list(keywords)
        pop(keywords, key, default) when is_list(keywords) and is_atom(key)
        update(keywords, key, default, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1)
        update!(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1)
        get_values(keywords, key) when is_list(keywords) and is_atom(key)
        put_new(keywords, key, value) when is_list(keywords) and is_atom(key)
    """,
    "List": """
        first([], default)
        first([head | _], _default)
        last([], default)
        last([head], _default)
        last([_ | tail], default)
        delete_at(list, index) when is_integer(index)
        insert_at(list, index, value) when is_list(list) and is_integer(index)
        zip([])
        zip(list_of_lists) when is_list(list_of_lists)
        pop_at(list, index, default) when is_integer(index)
        starts_with?([head | tail], [head | prefix_tail])
        starts_with?(list, []) when is_list(list)
        starts_with?(list, [_ | _]) when is_list(list)
        foldl(list, acc, fun) when is_list(list) and is_function(fun)
        foldr(list, acc, fun) when is_list(list) and is_function(fun)
        replace_at(list, index, value) when is_list(list) and is_integer(index)
        update_at(list, index, fun) when is_list(list) and is_function(fun) and is_integer(index)
        to_string(list) when is_list(list)
    """,
    "Enum": """
        take(_enumerable, 0)
        take(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount > 0
        take(enumerable, amount) when is_integer(amount) and amount > 0
        take(enumerable, amount) when is_integer(amount) and amount < 0
        drop(enumerable, amount) when is_list(enumerable) and is_integer(amount) and amount >= 0
        drop(enumerable, 0)
        drop(enumerable, amount) when is_integer(amount) and amount > 0
        drop(enumerable, amount) when is_integer(amount) and amount < 0
        chunk_every(enumerable, count, step, leftover) when is_integer(count) and count > 0 \
            and is_integer(step) and step > 0
        at(enumerable, index, default) when is_integer(index)
        split(enumerable, count) when is_list(enumerable) and is_integer(count) and count >= 0
        split(enumerable, count) when is_integer(count) and count >= 0
        split(enumerable, count) when is_integer(count) and count < 0
        slice(_enumerable, start_index, 0) when is_integer(start_index)
        slice(enumerable, start_index, amount) when is_integer(start_index) and start_index < 0 \
            and is_integer(amount) and amount >= 0
        slice(enumerable, start_index, amount) when is_integer(start_index) and is_integer(amount) and amount >= 0
        take_every(_enumerable, 0)
        take_every(enumerable, 1)
        take_every(list, nth) when is_list(list) and is_integer(nth) and nth > 1
        take_every(enumerable, nth) when is_integer(nth) and nth > 1
    """,
    "Tuple": """
        duplicate(data, size) when is_integer(size) and size >= 0
    """,
    "GenServer": """
        call(server, request, timeout) when (is_integer(timeout) and timeout >= 0) or timeout == :infinity
        start_link(module, init_arg, options) when is_atom(module) and is_list(options)
        start(module, init_arg, options) when is_atom(module) and is_list(options)
        whereis(pid) when is_pid(pid)
        whereis(name) when is_atom(name)
        whereis({:global, name})
        whereis({:via, mod, name})
        whereis({name, local}) when is_atom(name) and local == node()
        whereis({name, node} = server) when is_atom(name) and is_atom(node)
        cast({:global, name}, request)
        cast({:via, mod, name}, request)
        cast({name, node}, request) when is_atom(name) and is_atom(node)
        cast(dest, request) when is_atom(dest) or is_pid(dest)
    """,
    "Agent": """
        start_link(fun, options) when is_function(fun, 0)
        start(fun, options) when is_function(fun, 0)
        get_and_update(agent, fun, timeout) when is_function(fun, 1)
        cast(agent, fun) when is_function(fun, 1)
        get(agent, fun, timeout) when is_function(fun, 1)
        update(agent, fun, timeout) when is_function(fun, 1)
    """,
    "Process": """
        sleep(timeout) when is_integer(timeout) and timeout > 4_294_967_295
        sleep(timeout) when is_integer(timeout) and timeout >= 0 when timeout == :infinity
        register(pid_or_port, name) when is_atom(name) \
            and not (name === nil or name === false or name === true or name === :undefined)
    """,
    "Task.Supervisor": """
        async_stream(supervisor, enumerable, fun, options) when is_function(fun, 1)
        async_stream_nolink(supervisor, enumerable, fun, options) when is_function(fun, 1)
    """,
    "Registry": """
        lookup(registry, key) when is_atom(registry)
        select(registry, spec) when is_atom(registry) and is_list(spec)
        meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key))
    """,
    "DynamicSupervisor": """
        terminate_child(supervisor, pid) when is_pid(pid)
    """,
    "Task": """
        await(%Task{ref: ref, owner: owner} = task, timeout) when timeout == :infinity \
            or is_integer(timeout) and timeout >= 0
        async(fun) when is_function(fun, 0)
        await_many(tasks, timeout) when timeout == :infinity or is_integer(timeout) and timeout >= 0
        shutdown(%Task{pid: nil} = task, _)
        shutdown(%Task{owner: owner} = task, _) when owner != self()
        shutdown(%Task{pid: pid, ref: ref} = task, :brutal_kill)
        shutdown(%Task{pid: pid, ref: ref} = task, timeout) when timeout == :infinity or is_integer(timeout) and timeout >= 0
        start(fun) when is_function(fun, 0)
        start_link(fun) when is_function(fun, 0)
        async_stream(enumerable, fun, options) when is_function(fun, 1) and is_list(options)
        yield(%Task{ref: ref, owner: owner} = task, timeout) when timeout == :infinity \
            or is_integer(timeout) and timeout >= 0
    """,
    "Date": """
        add(%{calendar: Calendar.ISO} = date, days)
        add(%{calendar: calendar} = date, days)
    """,
    "Regex": """
        run(%Regex{} = regex, string, options) when is_binary(string)
        match?(%Regex{} = regex, string) when is_binary(string)
        scan(%Regex{} = regex, string, options) when is_binary(string)
        replace(%Regex{} = regex, string, replacement, options) when is_binary(string) and is_list(options)
    """,
    "Stream": """
        take(enum, count) when is_integer(count)
        chunk_every(enum, count, step, leftover) when is_integer(count) and count > 0 and is_integer(step) \
            and step > 0
    """,
    "Code": """
        ensure_loaded?(module) when is_atom(module)
    """,
    "Path": """
        join([name1, name2 | rest])
        join([name])
    """,
    "IO": """
        inspect(device, item, opts) when (is_atom(device) or is_pid(device)) and is_list(opts)
    """,
    "MapSet": """
        put(%MapSet{map: set} = map_set, value)
        union(%MapSet{map: set1} = map_set1, %MapSet{map: set2} = _map_set2)
        member?(%MapSet{map: set}, value)
    """,
}


def heads_of(module: str, name: str, arity: int) -> list[Any]:
    """Return the quoted heads of a function, its guard included; none when they are not known."""
    lines = [line.strip() for line in HEADS.get(module, "").strip().splitlines()]
    found = [parse(line) for line in lines if line.startswith(name + "(")]
    return [head for head in found if _arity(head) == arity]


def _arity(head: Any) -> int:
    name, _, args = head
    return _arity(args.head) if name.name == "when" else len(to_pylist(args))
