# Writes the examples of the documentation that is installed here, and what each prints when it is typed in a row.
# arguments: a file for the examples, a file for the results; with "examples" as a third one only what is typed is written.
defmodule Documented do
  @applications [:elixir]

  def examples do
    for application <- @applications, :ok == loaded(application), module <- Application.spec(application, :modules),
        {name, text} <- texts(module), steps = steps(text), steps != [],
        do: ["#{inspect(module)} #{name}", steps]
  end

  defp loaded(application) do
    case Application.load(application) do
      {:error, {:already_loaded, _}} -> :ok
      other -> other
    end
  end

  defp texts(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, about, _, functions} ->
        all = [{"", about} | for({{_, name, arity}, _, _, text, _} <- functions, do: {"#{name}/#{arity}", text})]
        for {name, %{"en" => text}} <- all, do: {name, text}

      _ ->
        []
    end
  end

  defp steps(text) do
    {steps, _} =
      text
      |> String.split("\n")
      |> Enum.reduce({[], false}, fn line, {steps, typing} ->
        case Regex.run(~r/^\s*(iex|\.\.\.)(?:\(\d+\))?> ?(.*)$/, line) do
          [_, "iex", typed] -> {[typed | steps], true}
          [_, "...", typed] when typing -> {[hd(steps) <> "\n" <> typed | tl(steps)], true}
          _ -> {steps, typing and String.trim(line) == ""}
        end
      end)

    Enum.reverse(steps)
  end

  def results(examples), do: for([name, steps] <- examples, do: [name, results_of(steps)])

  defp results_of(steps) do
    parent = self()
    {:ok, device} = StringIO.open("")
    tag = make_ref()

    {pid, monitor} =
      spawn_monitor(fn ->
        Process.group_leader(self(), device)
        Enum.reduce(steps, [], fn step, binding -> typed(step, binding, parent, tag) end)
      end)

    all = for _ <- steps, do: answer(tag, monitor)
    Process.exit(pid, :kill)
    all
  end

  defp typed(step, binding, parent, tag) do
    {shown, binding} =
      try do
        {value, binding} = Code.eval_string(step, binding)
        {inspect(value, limit: :infinity, printable_limit: :infinity), binding}
      catch
        kind, reason -> {Exception.format_banner(kind, reason, __STACKTRACE__), binding}
      end

    send(parent, {tag, shown})
    binding
  end

  defp answer(tag, monitor) do
    receive do
      {^tag, shown} -> shown
      {:DOWN, ^monitor, _, _, _} = down -> send(self(), down) && "ended"
    after
      4000 -> "no answer"
    end
  end
end

case System.argv() do
  [examples, results, "examples"] ->
    all = Documented.examples()
    File.write!(examples, JSON.encode!(all))
    File.write!(results, JSON.encode!(Documented.results(all)))

  [examples, results] ->
    File.write!(results, JSON.encode!(Documented.results(JSON.decode!(File.read!(examples)))))
end
