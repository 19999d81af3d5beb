defmodule Jobs.Queue do
  @moduledoc """
  Jobs that wait for a worker.

  Workers ask for a job when they have nothing to do; a job of higher
  priority goes first, and those of the same priority in order.
  """

  use GenServer
  require Logger

  @priorities [:high, :normal, :low]
  @retries 3

  defmodule Job do
    @moduledoc "One piece of work."
    defstruct id: nil, fun: nil, priority: :normal, tries: 0, from: nil

    def run(%Job{fun: {module, function, arguments}}), do: apply(module, function, arguments)
    def run(%Job{fun: fun}) when is_function(fun, 0), do: fun.()
  end

  def start_link(options \\ []) do
    name = Keyword.get(options, :name, __MODULE__)
    GenServer.start_link(__MODULE__, options, name: name)
  end

  @doc "Adds a job and returns its number."
  def push(queue \\ __MODULE__, fun, priority \\ :normal) when priority in @priorities do
    GenServer.call(queue, {:push, fun, priority})
  end

  @doc "Asks for the next job."
  def pull(queue, timeout \\ :infinity), do: GenServer.call(queue, :pull, timeout)

  @doc "Says how a job ended."
  def done(queue, id, result), do: GenServer.cast(queue, {:done, id, result})

  def status(queue), do: GenServer.call(queue, :status)

  @impl true
  def init(options) do
    Process.flag(:trap_exit, true)
    interval = Keyword.get(options, :interval, 1_000)
    timer = Process.send_after(self(), :tick, interval)

    state = %{
      waiting: Map.new(@priorities, &{&1, :queue.new()}),
      running: %{},
      workers: :queue.new(),
      finished: [],
      next: 1,
      interval: interval,
      timer: timer
    }

    {:ok, state, {:continue, {:load, options[:jobs] || []}}}
  end

  @impl true
  def handle_continue({:load, jobs}, state) do
    state = Enum.reduce(jobs, state, fn fun, state -> enqueue(state, %Job{id: state.next, fun: fun}) end)
    {:noreply, state}
  end

  @impl true
  def handle_call({:push, fun, priority}, {pid, _tag}, %{next: next} = state) do
    job = %Job{id: next, fun: fun, priority: priority, from: pid}
    {:reply, next, state |> enqueue(job) |> serve()}
  end

  def handle_call(:pull, from, state) do
    {:noreply, serve(%{state | workers: :queue.in(from, state.workers)})}
  end

  def handle_call(:status, _from, state) do
    waiting = Map.new(state.waiting, fn {priority, queue} -> {priority, :queue.len(queue)} end)
    {:reply, %{waiting: waiting, running: map_size(state.running), finished: length(state.finished)}, state}
  end

  @impl true
  def handle_cast({:done, id, {:ok, value}}, state) do
    {job, running} = Map.pop!(state.running, id)
    if job.from, do: send(job.from, {:job, id, value})
    {:noreply, %{state | running: running, finished: [id | state.finished]}}
  end

  def handle_cast({:done, id, {:error, reason}}, state) do
    case Map.pop(state.running, id) do
      {nil, _} ->
        {:noreply, state}

      {%Job{tries: tries} = job, running} when tries < @retries ->
        Logger.debug("job #{id} failed with #{inspect(reason)}, once more")
        {:noreply, %{state | running: running} |> enqueue(%{job | tries: tries + 1}) |> serve()}

      {%Job{from: from}, running} ->
        if from, do: send(from, {:job_failed, id, reason})
        {:noreply, %{state | running: running}}
    end
  end

  @impl true
  def handle_info(:tick, state) do
    timer = Process.send_after(self(), :tick, state.interval)
    {:noreply, serve(%{state | timer: timer})}
  end

  def handle_info({:EXIT, _pid, :normal}, state), do: {:noreply, state}

  def handle_info({:EXIT, pid, reason}, state) do
    Logger.error("worker #{inspect(pid)} died: #{inspect(reason)}")
    {:noreply, state}
  end

  defp enqueue(%{waiting: waiting, next: next} = state, %Job{priority: priority} = job) do
    waiting = Map.update!(waiting, priority, fn queue -> :queue.in(job, queue) end)
    %{state | waiting: waiting, next: max(next, job.id + 1)}
  end

  defp serve(state) do
    with {{:value, worker}, workers} <- :queue.out(state.workers),
         {%Job{} = job, waiting} <- next_job(state.waiting, @priorities) do
      GenServer.reply(worker, {:ok, job})
      serve(%{state | workers: workers, waiting: waiting, running: Map.put(state.running, job.id, job)})
    else
      {:empty, _} -> state
      :none -> state
    end
  end

  defp next_job(_waiting, []), do: :none

  defp next_job(waiting, [priority | rest]) do
    case :queue.out(waiting[priority]) do
      {{:value, job}, queue} -> {job, %{waiting | priority => queue}}
      {:empty, _} -> next_job(waiting, rest)
    end
  end
end

defmodule Jobs.Worker do
  @moduledoc "A process that does one job after the other."

  alias Jobs.Queue
  alias Jobs.Queue.Job

  def child_spec(queue) do
    %{id: {__MODULE__, make_ref()}, start: {__MODULE__, :start_link, [queue]}, type: :worker}
  end

  def start_link(queue), do: {:ok, spawn_link(__MODULE__, :loop, [queue, 0])}

  @doc false
  def loop(queue, count) do
    receive do
      {:stop, from} -> send(from, {:stopped, self(), count})
      {:count, from} when is_pid(from) ->
        send(from, {:count, count})
        loop(queue, count)
    after
      0 ->
        {:ok, %Job{id: id} = job} = Queue.pull(queue)
        Queue.done(queue, id, attempt(job))
        loop(queue, count + 1)
    end
  end

  defp attempt(job) do
    {:ok, Job.run(job)}
  rescue
    error -> {:error, Exception.format(:error, error, __STACKTRACE__)}
  catch
    kind, reason -> {:error, {kind, reason}}
  end
end

defmodule Jobs.Statistics do
  @moduledoc "Counts how long jobs take."

  use Agent

  @buckets [1, 5, 10, 50, 100, 500, 1_000]

  def start_link(_), do: Agent.start_link(fn -> %{} end, name: __MODULE__)

  @doc "Runs a function and notes how long it took."
  def measure(name, fun) do
    started = System.monotonic_time(:microsecond)
    result = fun.()
    taken = System.monotonic_time(:microsecond) - started
    Agent.update(__MODULE__, &note(&1, name, taken / 1_000))
    result
  end

  def summary do
    Agent.get(__MODULE__, fn all ->
      for {name, times} <- all, into: %{} do
        count = length(times)
        {name, %{count: count, mean: Enum.sum(times) / count, most: Enum.max(times), buckets: buckets(times)}}
      end
    end)
  end

  def print(device \\ :stdio) do
    summary()
    |> Enum.sort_by(fn {_, %{mean: mean}} -> -mean end)
    |> Enum.each(fn {name, %{count: count, mean: mean, most: most}} ->
      IO.puts(device, "#{name}: #{count} runs, #{Float.round(mean, 2)} ms each, #{Float.round(most, 2)} ms at most")
    end)
  end

  defp note(all, name, time), do: Map.update(all, name, [time], &[time | &1])

  defp buckets(times) do
    Enum.frequencies_by(times, fn time -> Enum.find(@buckets, :more, &(time <= &1)) end)
  end
end
