"""Examples of the functions of `:erlang`, whose code is shared with compiled modules and with Elixir's own."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = {
    "+": """
    iex> :erlang.+(1, 2)
    3
""",
    "-": """
    iex> :erlang.-(5, 7)
    -2
""",
    "*": """
    iex> :erlang.*(6, 7)
    42
""",
    "/": """
    iex> :erlang./(7, 2)
    3.5
""",
    "++": """
    iex> :erlang.++([1], [2])
    [1, 2]
""",
    "--": """
    iex> :erlang.--([1, 2], [1])
    [2]
""",
    "not": """
    iex> :erlang.not(true)
    false
""",
    "and": """
    iex> :erlang.and(true, false)
    false
""",
    "or": """
    iex> :erlang.or(true, false)
    true
""",
    "xor": """
    iex> :erlang.xor(true, true)
    false
""",
    "==": """
    iex> :erlang.==(1, 1.0)
    true
""",
    "/=": """
    iex> :erlang."/="(1, 2)
    true
""",
    "=:=": """
    iex> :erlang."=:="(1, 1.0)
    false
""",
    "=/=": """
    iex> :erlang."=/="(1, 1.0)
    true
""",
    "<": """
    iex> :erlang.<(1, 2)
    true
""",
    ">": """
    iex> :erlang.>(1, 2)
    false
""",
    "=<": """
    iex> :erlang."=<"(1, 1)
    true
""",
    ">=": """
    iex> :erlang.>=(1, 2)
    false
""",
    "div": """
    iex> :erlang.div(7, 2)
    3
""",
    "rem": """
    iex> :erlang.rem(-7, 3)
    -1
""",
    "abs": """
    iex> :erlang.abs(-3)
    3
""",
    "round": """
    iex> :erlang.round(2.5)
    3
""",
    "trunc": """
    iex> :erlang.trunc(2.9)
    2
""",
    "floor": """
    iex> :erlang.floor(-2.1)
    -3
""",
    "ceil": """
    iex> :erlang.ceil(2.1)
    3
""",
    "band": """
    iex> :erlang.band(12, 10)
    8
""",
    "bor": """
    iex> :erlang.bor(12, 3)
    15
""",
    "bxor": """
    iex> :erlang.bxor(12, 10)
    6
""",
    "bnot": """
    iex> :erlang.bnot(5)
    -6
""",
    "bsl": """
    iex> :erlang.bsl(1, 4)
    16
""",
    "bsr": """
    iex> :erlang.bsr(256, 4)
    16
""",
    "hd": """
    iex> :erlang.hd([1, 2])
    1
""",
    "tl": """
    iex> :erlang.tl([1, 2])
    [2]
""",
    "length": """
    iex> :erlang.length([1, 2])
    2
""",
    "tuple_size": """
    iex> :erlang.tuple_size({1, 2})
    2
""",
    "map_size": """
    iex> :erlang.map_size(%{a: 1})
    1
""",
    "map_get": """
    iex> :erlang.map_get(:a, %{a: 1})
    1
""",
    "byte_size": """
    iex> :erlang.byte_size("héllo")
    6
""",
    "bit_size": """
    iex> :erlang.bit_size(<<5::3>>)
    3
""",
    "max": """
    iex> :erlang.max(1, 2)
    2
""",
    "min": """
    iex> :erlang.min(1, 2)
    1
""",
    "is_atom": """
    iex> :erlang.is_atom(:a)
    true
""",
    "is_binary": """
    iex> :erlang.is_binary("a")
    true
""",
    "is_bitstring": """
    iex> :erlang.is_bitstring(<<1::3>>)
    true
""",
    "is_boolean": """
    iex> :erlang.is_boolean(nil)
    false
""",
    "is_float": """
    iex> :erlang.is_float(1)
    false
""",
    "is_integer": """
    iex> :erlang.is_integer(1)
    true
""",
    "is_list": """
    iex> :erlang.is_list([])
    true
""",
    "is_map": """
    iex> :erlang.is_map(%{})
    true
""",
    "is_number": """
    iex> :erlang.is_number(1.5)
    true
""",
    "is_pid": """
    iex> :erlang.is_pid(self())
    true
""",
    "is_port": """
    iex> :erlang.is_port(1)
    false
""",
    "is_reference": """
    iex> :erlang.is_reference(make_ref())
    true
""",
    "is_tuple": """
    iex> :erlang.is_tuple({})
    true
""",
    "binary_part": """
    iex> :erlang.binary_part("elixir", 1, 3)
    "lix"
""",
    "is_function": """
    iex> :erlang.is_function(&abs/1, 1)
    true
""",
    "crc32": """
    iex> :erlang.crc32("abc")
    891568578
""",
    "adler32": """
    iex> :erlang.adler32("abc")
    38600999
""",
    "crc32_combine": """
    iex> :erlang.crc32_combine(:erlang.crc32("a"), :erlang.crc32("bc"), 2) == :erlang.crc32("abc")
    true
""",
    "adler32_combine": """
    iex> :erlang.adler32_combine(:erlang.adler32("a"), :erlang.adler32("bc"), 2) == :erlang.adler32("abc")
    true
""",
    "md5": """
    iex> :erlang.md5("abc") |> Base.encode16()
    "900150983CD24FB0D6963F7D28E17F72"
""",
    "md5_init": """
    iex> :erlang.md5_init() |> :erlang.md5_final() |> byte_size()
    16
""",
    "md5_update": """
    iex> :erlang.md5_init() |> :erlang.md5_update("abc") |> :erlang.md5_final() == :erlang.md5("abc")
    true
""",
    "md5_final": """
    iex> :erlang.md5_init() |> :erlang.md5_update("a") |> :erlang.md5_final() == :erlang.md5("a")
    true
""",
    "function_exported": """
    iex> :erlang.function_exported(:lists, :map, 2)
    true
""",
    "module_loaded": """
    iex> :erlang.module_loaded(:no_such_module)
    false
""",
    "loaded": """
    iex> :lists in :erlang.loaded()
    true
""",
    "check_old_code": """
    iex> :erlang.check_old_code(:no_such_module)
    false
""",
    "check_process_code": """
    iex> :erlang.check_process_code(self(), :lists)
    false
""",
    "delete_module": """
    iex> :erlang.delete_module(:no_such_module)
    :undefined
""",
    "garbage_collect": """
    iex> :erlang.garbage_collect()
    true
""",
    "integer_to_binary": """
    iex> :erlang.integer_to_binary(255, 16)
    "FF"
""",
    "integer_to_list": """
    iex> :erlang.integer_to_list(42)
    ~c"42"
""",
    "binary_to_integer": """
    iex> :erlang.binary_to_integer("ff", 16)
    255
""",
    "list_to_integer": """
    iex> :erlang.list_to_integer(~c"42")
    42
""",
    "binary_to_float": """
    iex> :erlang.binary_to_float("2.5")
    2.5
""",
    "list_to_float": """
    iex> :erlang.list_to_float(~c"2.5")
    2.5
""",
    "float_to_binary": """
    iex> :erlang.float_to_binary(2.5, decimals: 2)
    "2.50"
""",
    "float_to_list": """
    iex> :erlang.float_to_list(2.5, [:short])
    ~c"2.5"
""",
    "atom_to_binary": """
    iex> :erlang.atom_to_binary(:joe)
    "joe"
""",
    "atom_to_list": """
    iex> :erlang.atom_to_list(:joe)
    ~c"joe"
""",
    "binary_to_atom": """
    iex> :erlang.binary_to_atom("joe")
    :joe
""",
    "binary_to_existing_atom": """
    iex> :erlang.binary_to_existing_atom("ok")
    :ok
""",
    "list_to_atom": """
    iex> :erlang.list_to_atom(~c"joe")
    :joe
""",
    "list_to_existing_atom": """
    iex> :erlang.list_to_existing_atom(~c"ok")
    :ok
""",
    "tuple_to_list": """
    iex> :erlang.tuple_to_list({1, 2})
    [1, 2]
""",
    "list_to_tuple": """
    iex> :erlang.list_to_tuple([1, 2])
    {1, 2}
""",
    "binary_to_list": """
    iex> :erlang.binary_to_list("abc")
    ~c"abc"
""",
    "iolist_to_binary": """
    iex> :erlang.iolist_to_binary([?a, "b", [~c"c"]])
    "abc"
""",
    "iolist_size": """
    iex> :erlang.iolist_size(["ab", [?c]])
    3
""",
    "list_to_binary": """
    iex> :erlang.list_to_binary([1, <<2, 3>>])
    <<1, 2, 3>>
""",
    "list_to_bitstring": """
    iex> :erlang.list_to_bitstring([<<1>>, <<1::3>>])
    <<1, 1::size(3)>>
""",
    "term_to_binary": """
    iex> :erlang.term_to_binary({:ok, 1})
    <<131, 104, 2, 119, 2, 111, 107, 97, 1>>
""",
    "binary_to_term": """
    iex> :erlang.binary_to_term(:erlang.term_to_binary({:ok, 1}))
    {:ok, 1}
""",
    "external_size": """
    iex> :erlang.external_size(:a)
    4
""",
    "node": """
    iex> :erlang.node() == node()
    true
""",
    "nodes": """
    iex> :erlang.nodes()
    []
""",
    "is_alive": """
    iex> :erlang.is_alive()
    false
""",
    "get_cookie": """
    iex> :erlang.get_cookie()
    :nocookie
""",
    "send": """
    iex> :erlang.send(self(), :hello)
    :hello
    iex> receive do :hello -> :heard end
    :heard
""",
    "link": """
    iex> pid = spawn(fn -> Process.sleep(:infinity) end)
    iex> :erlang.link(pid)
    true
    iex> :erlang.unlink(pid)
    true
""",
    "unlink": """
    iex> pid = spawn_link(fn -> Process.sleep(:infinity) end)
    iex> :erlang.unlink(pid)
    true
""",
    "monitor": """
    iex> pid = spawn(fn -> Process.sleep(:infinity) end)
    iex> is_reference(:erlang.monitor(:process, pid))
    true
""",
    "demonitor": """
    iex> ref = :erlang.monitor(:process, self())
    iex> :erlang.demonitor(ref)
    true
""",
    "error": """
    iex> try do :erlang.error(:odd) catch :error, why -> why end
    :odd
""",
    "raise": """
    iex> try do :erlang.raise(:exit, :why, []) catch kind, why -> {kind, why} end
    {:exit, :why}
""",
    "is_process_alive": """
    iex> :erlang.is_process_alive(self())
    true
""",
    "process_flag": """
    iex> :erlang.process_flag(:trap_exit, false)
    false
""",
    "register": """
    iex> :erlang.register(:erl_me, self())
    true
    iex> :erlang.unregister(:erl_me)
    true
""",
    "unregister": """
    iex> :erlang.register(:erl_me, self())
    iex> :erlang.unregister(:erl_me)
    true
""",
    "whereis": """
    iex> :erlang.whereis(:nobody_at_all)
    :undefined
""",
    "registered": """
    iex> is_list(:erlang.registered())
    true
""",
    "processes": """
    iex> self() in :erlang.processes()
    true
""",
    "process_info": """
    iex> :erlang.process_info(self(), :trap_exit)
    {:trap_exit, false}
""",
    "group_leader": """
    iex> is_pid(:erlang.group_leader())
    true
""",
    "put": """
    iex> :erlang.put(:erl_color, :red)
    iex> :erlang.get(:erl_color)
    :red
""",
    "get": """
    iex> :erlang.get(:nothing_of_that_name)
    :undefined
""",
    "get_keys": """
    iex> :erlang.put(:erl_key, 1)
    iex> :erl_key in :erlang.get_keys()
    true
""",
    "erase": """
    iex> :erlang.put(:erl_gone, 1)
    iex> :erlang.erase(:erl_gone)
    1
    iex> :erlang.erase(:erl_gone)
    :undefined
""",
    "send_after": """
    iex> timer = :erlang.send_after(1, self(), :ring)
    iex> receive do :ring -> is_reference(timer) end
    true
""",
    "start_timer": """
    iex> timer = :erlang.start_timer(1, self(), :ring)
    iex> receive do {:timeout, ^timer, word} -> word end
    :ring
""",
    "cancel_timer": """
    iex> timer = :erlang.send_after(60_000, self(), :never)
    iex> :erlang.cancel_timer(timer) > 59_000
    true
""",
    "read_timer": """
    iex> timer = :erlang.send_after(60_000, self(), :never)
    iex> :erlang.read_timer(timer) > 59_000
    true
    iex> :erlang.cancel_timer(timer) > 0
    true
""",
    "yield": """
    iex> :erlang.yield()
    true
""",
    "make_ref": """
    iex> :erlang.make_ref() == :erlang.make_ref()
    false
""",
    "alias": """
    iex> is_reference(:erlang.alias())
    true
""",
    "unalias": """
    iex> :erlang.unalias(:erlang.alias())
    true
""",
    "is_record": """
    iex> :erlang.is_record({:user, "Joe"}, :user)
    true
""",
    "make_fun": """
    iex> :erlang.make_fun(:lists, :sum, 1).([1, 2])
    3
""",
    "is_builtin": """
    iex> :erlang.is_builtin(:erlang, :abs, 1)
    true
""",
    "append": """
    iex> :erlang.append([1], [2])
    [1, 2]
""",
    "subtract": """
    iex> :erlang.subtract([1, 2], [1])
    [2]
""",
    "ports": """
    iex> is_list(:erlang.ports())
    true
""",
    "now": """
    iex> tuple_size(:erlang.now())
    3
""",
    "localtime_to_universaltime": """
    iex> tuple_size(:erlang.localtime_to_universaltime({{2024, 5, 1}, {12, 0, 0}}))
    2
""",
    "universaltime_to_localtime": """
    iex> tuple_size(:erlang.universaltime_to_localtime({{2024, 5, 1}, {12, 0, 0}}))
    2
""",
    "universaltime_to_posixtime": """
    iex> :erlang.universaltime_to_posixtime({{1970, 1, 2}, {0, 0, 0}})
    86400
""",
    "posixtime_to_universaltime": """
    iex> :erlang.posixtime_to_universaltime(86_400)
    {{1970, 1, 2}, {0, 0, 0}}
""",
    "bitstring_to_list": """
    iex> :erlang.bitstring_to_list(<<1, 2, 5::3>>)
    [1, 2, <<5::size(3)>>]
""",
    "iolist_to_iovec": """
    iex> :erlang.iolist_to_iovec(["ab", "c"])
    ["abc"]
""",
    "bump_reductions": """
    iex> :erlang.bump_reductions(100)
    true
""",
    "pre_loaded": """
    iex> :erlang in :erlang.pre_loaded()
    true
""",
    "monotonic_time": """
    iex> is_integer(:erlang.monotonic_time(:millisecond))
    true
""",
    "system_time": """
    iex> :erlang.system_time(:second) > 1_700_000_000
    true
""",
    "time_offset": """
    iex> is_integer(:erlang.time_offset())
    true
""",
    "convert_time_unit": """
    iex> :erlang.convert_time_unit(2, :second, :millisecond)
    2000
""",
    "timestamp": """
    iex> tuple_size(:erlang.timestamp())
    3
""",
    "unique_integer": """
    iex> :erlang.unique_integer([:positive]) > 0
    true
""",
    "date": """
    iex> tuple_size(:erlang.date())
    3
""",
    "time": """
    iex> tuple_size(:erlang.time())
    3
""",
    "localtime": """
    iex> tuple_size(:erlang.localtime())
    2
""",
    "universaltime": """
    iex> tuple_size(:erlang.universaltime())
    2
""",
    "phash2": """
    iex> :erlang.phash2(:joe, 1000)
    13
""",
    "phash": """
    iex> :erlang.phash(:joe, 1000)
    14
""",
    "pid_to_list": """
    iex> :erlang.pid_to_list(self()) |> is_list()
    true
""",
    "list_to_pid": """
    iex> :erlang.list_to_pid(~c"<0.0.0>") |> is_pid()
    true
""",
    "ref_to_list": """
    iex> :erlang.ref_to_list(make_ref()) |> Enum.take(5)
    ~c"#Ref<"
""",
    "fun_info": """
    iex> :erlang.fun_info(&Enum.sum/1, :arity)
    {:arity, 1}
""",
    "fun_to_list": """
    iex> :erlang.fun_to_list(&:lists.sum/1)
    ~c"fun lists:sum/1"
""",
    "memory": """
    iex> :erlang.memory(:total) > 0
    true
""",
    "system_info": """
    iex> :erlang.system_info(:wordsize)
    8
""",
    "statistics": """
    iex> tuple_size(:erlang.statistics(:runtime))
    2
""",
    "element": """
    iex> :erlang.element(1, {:a, :b})
    :a
""",
    "setelement": """
    iex> :erlang.setelement(1, {:a, :b}, :z)
    {:z, :b}
""",
    "append_element": """
    iex> :erlang.append_element({:a}, :b)
    {:a, :b}
""",
    "insert_element": """
    iex> :erlang.insert_element(1, {:b}, :a)
    {:a, :b}
""",
    "delete_element": """
    iex> :erlang.delete_element(1, {:a, :b})
    {:b}
""",
    "make_tuple": """
    iex> :erlang.make_tuple(3, 0)
    {0, 0, 0}
""",
    "size": """
    iex> :erlang.size({1, 2, 3})
    3
    iex> :erlang.size("ab")
    2
""",
    "is_map_key": """
    iex> :erlang.is_map_key(:a, %{a: 1})
    true
""",
    "split_binary": """
    iex> :erlang.split_binary("elixir", 2)
    {"el", "ixir"}
""",
    "!": """
    iex> :erlang.!(self(), :hi)
    :hi
    iex> receive do :hi -> :heard end
    :heard
""",
    "exit": """
    iex> try do :erlang.exit(:enough) catch :exit, why -> why end
    :enough
""",
    "throw": """
    iex> try do :erlang.throw(:ball) catch value -> value end
    :ball
""",
    "self": """
    iex> :erlang.self() == self()
    true
""",
    "float": """
    iex> :erlang.float(3)
    3.0
""",
    "apply": """
    iex> :erlang.apply(:lists, :sum, [[1, 2]])
    3
""",
    "spawn": """
    iex> :erlang.spawn(fn -> :ok end) |> is_pid()
    true
""",
    "spawn_link": """
    iex> :erlang.spawn_link(fn -> :ok end) |> is_pid()
    true
""",
    "spawn_monitor": """
    iex> {_pid, ref} = :erlang.spawn_monitor(fn -> exit(:done) end)
    iex> receive do {:DOWN, ^ref, _, _, why} -> why end
    :done
""",
    "spawn_opt": """
    iex> :erlang.spawn_opt(fn -> :ok end, []) |> is_pid()
    true
""",
    "match_spec_test": """
    iex> :erlang.match_spec_test({1, :a}, [{{:"$1", :_}, [], [:"$1"]}], :table)
    {:ok, 1, [], []}
""",
    "decode_packet": """
    iex> :erlang.decode_packet(:line, "one\\ntwo", [])
    {:ok, "one\\n", "two"}
""",
    "hibernate": """
    iex> pid = spawn(fn -> :erlang.hibernate(:erlang, :exit, [:normal]) end)
    iex> is_pid(pid)
    true
""",
}
"""By the names of the functions."""
