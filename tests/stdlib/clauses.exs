# Shows what stands in pyex/stdlib/clauses.txt: what Elixir's FunctionClauseError says of the clauses that were tried, for each function of the
# library that is called with values which no clause takes. It takes five minutes; a few functions that take nothing of what is tried
# here (`GenServer.call/3` with a wrong timeout) were added by hand.
#
#     elixir tests/stdlib/clauses.exs
modules =
  ~w(Access Agent Application Atom Base Bitwise Calendar Calendar.ISO Code Date Date.Range DateTime Duration DynamicSupervisor
     Enum Exception File Float Function GenServer IO IO.ANSI Inspect.Algebra Integer JSON Kernel Keyword List List.Chars Macro
     Macro.Env Map MapSet Module NaiveDateTime Node OptionParser PartitionSupervisor Path Port Process Protocol Range Record
     Regex Registry Stream String String.Chars StringIO Supervisor System Task Task.Supervisor Time Tuple URI Version)

without =
  [{System, :halt}, {System, :stop}, {System, :restart}, {System, :at_exit}, {Kernel, :exit}, {Process, :hibernate}] ++
    [{Process, :exit}, {Node, :stop}, {Node, :start}, {Code, :purge_compiler_modules}, {File, :cd}, {File, :cd!}] ++
    [{File, :rm_rf}, {File, :rm_rf!}]

values =
  ["a", [], [1], %{}, 1, 1.5, :a, 1..2, {1}, ~D[2024-01-01], ~r/a/, MapSet.new(), nil, ~U[2024-01-01 00:00:00Z]] ++
    [~T[10:00:00], ~N[2024-01-01 00:00:00]]

{:ok, found} = Agent.start(fn -> %{} end)

heads = fn error ->
  for clause <- error.clauses do
    text = FunctionClauseError.blame(%{error | clauses: [clause]}, &inspect/1, &Macro.to_string(&1.node))
    [_, head] = String.split(text, "1 out of 1):\n\n", parts: 2)
    head |> String.trim() |> String.replace(~r/\s*\n\s*/, " ")
  end
end

blamed = fn module, name, arguments ->
  try do
    apply(module, name, arguments)
  rescue
    error in FunctionClauseError ->
      {error, _} = Exception.blame(:error, error, __STACKTRACE__)

      if error.args && error.clauses not in [nil, []] do
        Agent.update(found, &Map.put(&1, {inspect(error.module), error.function, error.arity}, heads.(error)))
      end

    _ -> :ok
  catch
    _, _ -> :ok
  end
end

ask = fn module, name, arguments ->
  {pid, reference} =
    spawn_monitor(fn ->
      {:ok, device} = StringIO.open("")
      Process.group_leader(self(), device)
      blamed.(module, name, arguments)
    end)

  receive do
    {:DOWN, ^reference, _, _, _} -> :ok
  after
    200 -> Process.exit(pid, :kill)
  end
end

for text <- modules, module = Module.concat([text]), {name, arity} <- module.__info__(:functions) do
  if arity > 0 and {module, name} not in without and "#{name}" =~ ~r/^(?!__)\w/ do
    [first | rest] = none = for _ <- 1..arity, do: make_ref()
    ask.(module, name, none)

    for value <- values do
      ask.(module, name, [value | rest])
      if arity > 1, do: ask.(module, name, [first, value | tl(rest)])
      if arity > 1, do: ask.(module, name, [value, value | tl(rest)])
      if arity > 2, do: ask.(module, name, [value, value, value | Enum.drop(rest, 2)])
      if arity > 1, do: ask.(module, name, List.replace_at(none, -1, value))
    end
  end
end

by_module = found |> Agent.get(& &1) |> Enum.sort() |> Enum.group_by(fn {{module, _, _}, _} -> module end)

for {module, functions} <- Enum.sort(by_module) do
  IO.puts([module, "\n", for({_, lines} <- functions, line <- lines, do: [line, "\n"])])
end
