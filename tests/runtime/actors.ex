# Runs a program of `tests/runtime/actors.py`: steps `{who, acts}`, each taken by one actor while all others wait, until
# nothing moves any more. What the actors see, and what is left of them in the end, is the outcome.
defmodule Actors do
  @turns 150
  @short 10

  def run({first, steps}) do
    world = :ets.new(:actors, [:public, :set])
    :ets.insert(world, [{:driver, self()}, {:next, 0}])
    for _ <- 1..first, do: born(world, &spawn/1, [])
    settle()
    watch(world)

    for {who, acts} <- steps, pid = pid(world, who) do
      send(pid, {:do, acts})
      settle()
      watch(world)
    end

    # Only what comes from one sender comes in a certain order.
    logged = logged(world) |> Enum.sort_by(&elem(&1, 0))
    left = for who <- 0..(count(world) - 1), do: left(world, who)
    for who <- 0..(count(world) - 1), do: Process.exit(pid(world, who), :kill)
    settle()
    :ets.delete(world)
    {logged, left}
  end

  # ---- the driver

  defp settle, do: wait(@turns)

  defp wait(turns), do: for(_ <- 1..turns, do: :erlang.yield())

  defp count(world), do: :ets.lookup_element(world, :next, 2)

  defp watch(world) do
    for who <- 0..(count(world) - 1), not :ets.member(world, {:watched, who}) do
      :ets.insert(world, {{:watched, who}, Process.monitor(pid(world, who))})
    end

    settle()
  end

  defp logged(world) do
    receive do
      {:log, who, what} -> [{who, what} | logged(world)]
      {:DOWN, _, _, pid, reason} -> [{elem(show(world, pid), 1), {:down, show(world, reason)}} | logged(world)]
    after
      0 -> []
    end
  end

  @items [:links, :monitors, :monitored_by, :trap_exit, :registered_name]

  defp left(world, who) do
    pid = pid(world, who)

    case Process.info(pid, @items ++ [:messages]) do
      nil -> {who, :gone}
      info -> {who, for({item, value} <- info, value not in [[], false], do: {item, tidy(item, show(world, value))})}
    end
  end

  defp tidy(item, list) when is_list(list) and item != :messages, do: Enum.sort(list)
  defp tidy(_, value), do: value

  # ---- an actor

  defp born(world, spawn, acts) do
    who = :ets.update_counter(world, :next, 1) - 1
    started = spawn.(fn -> begin(world, who, acts) end)
    {pid, reference} = with pid when is_pid(pid) <- started, do: {pid, nil}
    :ets.insert(world, {{:pid, who}, pid})
    if reference, do: :ets.insert(world, {{:reference, 100 + who}, reference})
    who
  end

  defp begin(world, who, acts) do
    Process.put(:who, who)
    Enum.each(acts, &act(world, &1))
    obey(world)
  end

  def obey(world) do
    receive do
      {:do, acts} -> Enum.each(acts, &act(world, &1))
    end

    obey(world)
  end

  defp pid(world, who) do
    case :ets.lookup(world, {:pid, who}) do
      [{_, pid}] -> pid
      [] -> nil
    end
  end

  defp reference(world, number) do
    case :ets.lookup(world, {:reference, number}) do
      [{_, reference}] -> reference
      [] -> nil
    end
  end

  defp log(world, what) do
    driver = :ets.lookup_element(world, :driver, 2)
    send(driver, {:log, Process.get(:who), show(world, what)})
  end

  defp act(world, {:spawn, how, acts}) do
    start =
      case how do
        :spawn -> &spawn/1
        :link -> &spawn_link/1
        :monitor -> &spawn_monitor/1
        :both -> &Process.spawn(&1, [:link, :monitor])
      end

    if count(world) < 8, do: born(world, start, acts)
  end

  defp act(world, {:catching, acts}) do
    try do
      Enum.each(acts, &act(world, &1))
    catch
      kind, reason -> log(world, {:caught, kind, reason})
    after
      log(world, :after)
    end
  end

  defp act(_, {:trap, value}), do: Process.flag(:trap_exit, value)
  defp act(_, {:leave, reason}), do: exit(reason)
  defp act(_, {:raise, text}), do: raise(text)
  defp act(_, {:throw, value}), do: throw(value)
  defp act(_, {:unregister, name}), do: if(Process.whereis(name) == self(), do: Process.unregister(name))
  defp act(world, {:whereis, name}), do: log(world, {name, Process.whereis(name)})
  defp act(_, {:yield, turns}), do: wait(turns)
  defp act(world, :hibernate), do: :erlang.hibernate(__MODULE__, :obey, [world])

  defp act(world, {:register, name}) do
    try do
      Process.register(self(), name)
    rescue
      ArgumentError -> log(world, {:taken, name})
    end
  end

  defp act(world, {:send_name, name, number}) do
    try do
      send(name, {:message, number})
    rescue
      ArgumentError -> log(world, {:nobody, name})
    end
  end

  defp act(world, {:monitor_name, name, number}),
    do: watch(world, name, number, [])

  defp act(world, {:alias, number, option}),
    do: :ets.insert(world, {{:reference, number}, Process.alias([option])})

  defp act(world, {:receive, pattern}) do
    found =
      receive do
        {:message, number} when pattern in [:message, :any] -> {:message, number}
        {:EXIT, _, _} = message when pattern in [:exit, :any] -> message
        {:DOWN, _, _, _, _} = message when pattern in [:down, :any] -> message
      after
        0 -> :nothing
      end

    log(world, {:received, found})
  end

  defp act(world, {:wait, pattern}) do
    receive do
      {:message, number} when pattern == :message -> log(world, {:waited, number})
      {:EXIT, _, _} = message when pattern == :exit -> log(world, {:waited, message})
      {:DOWN, _, _, _, _} = message when pattern == :down -> log(world, {:waited, message})
    end
  end

  defp act(world, {name, number}) when name in [:demonitor, :flush, :told, :unalias] do
    with reference when reference != nil <- reference(world, number) do
      case name do
        :demonitor -> Process.demonitor(reference)
        :flush -> log(world, {:flush, Process.demonitor(reference, [:flush, :info])})
        :told -> log(world, {:told, Process.demonitor(reference, [:info])})
        :unalias -> log(world, {:unalias, Process.unalias(reference)})
      end
    end
  end

  defp act(world, {:send_reference, number, value}) do
    with reference when reference != nil <- reference(world, number), do: send(reference, {:message, value})
  end

  defp act(world, {name, who}) when name in [:alive, :links, :queue] do
    wait(@short)

    with pid when pid != nil <- pid(world, who) do
      case name do
        :alive -> log(world, {:alive, who, Process.alive?(pid)})
        :links -> log(world, {:links, who, items(world, pid, :links)})
        :queue -> log(world, {:queue, who, items(world, pid, :message_queue_len)})
      end
    end
  end

  defp act(world, {name, who}) do
    with pid when pid != nil <- pid(world, who) do
      case name do
        :link -> Process.link(pid)
        :unlink -> Process.unlink(pid)
      end
    end
  end

  defp act(world, {name, who, value}) do
    with pid when pid != nil <- pid(world, who) do
      case name do
        :send -> send(pid, {:message, value})
        :exit -> kill(pid, value)
        :monitor -> watch(world, pid, value, [])
      end
    end
  end

  defp act(world, {:monitor, who, number, option}) do
    with pid when pid != nil <- pid(world, who) do
      watch(world, pid, number, alias: option)
    end
  end

  # What comes back at once is a race.
  defp watch(world, target, number, options) do
    :ets.insert(world, {{:reference, number}, Process.monitor(target, options)})
    wait(@short)
  end

  defp kill(pid, reason) do
    Process.exit(pid, reason)
    wait(@short)
  end

  defp items(world, pid, item) do
    case Process.info(pid, item) do
      nil -> :gone
      {_, value} -> if is_list(value), do: value |> Enum.map(&show(world, &1)) |> Enum.sort(), else: value
    end
  end

  # ---- what is told of a term: who a pid is, which number a reference has, an error without its stack trace

  defp show(world, pid) when is_pid(pid) do
    case :ets.match(world, {{:pid, :"$1"}, pid}) do
      [[who] | _] -> {:actor, who}
      [] -> if pid == :ets.lookup_element(world, :driver, 2), do: :driver, else: :new
    end
  end

  defp show(world, reference) when is_reference(reference) do
    numbers = for [number] <- :ets.match(world, {{:reference, :"$1"}, reference}), do: number
    if numbers == [], do: :reference, else: {:reference, Enum.min(numbers)}
  end

  defp show(_, {%{__exception__: true} = error, stack}) when is_list(stack), do: {:error, Exception.message(error)}
  defp show(_, {{:nocatch, value}, stack}) when is_list(stack), do: {:nocatch, value}
  defp show(_, {reason, [{_, _, _, _} | _]}), do: {:error, reason}
  defp show(_, %{__exception__: true} = error), do: {:error, Exception.message(error)}
  defp show(_, {:do, _}), do: :do
  defp show(world, tuple) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> then(&show(world, &1)) |> List.to_tuple()
  defp show(world, list) when is_list(list), do: Enum.map(list, &show(world, &1))
  defp show(_, term), do: term
end
