defmodule Rules do
  def name(%{id: id}), do: id
  def name(id), do: id

  def kid(m, name, options \\ []), do: Supervisor.child_spec({m, {self(), name}}, [id: name] ++ options)
  def kids(m, names, options \\ []), do: Enum.map(names, &kid(m, &1, options))

  def start(kids, options \\ []) do
    Process.flag(:trap_exit, true)

    case Supervisor.start_link(kids, Keyword.merge([strategy: :one_for_one], options)) do
      {:ok, pid} -> pid
      other -> other
    end
  end

  def dynamic(options \\ []) do
    Process.flag(:trap_exit, true)
    {:ok, pid} = DynamicSupervisor.start_link(Keyword.merge([strategy: :one_for_one], options))
    pid
  end

  def finish(name, reason \\ :kill) do
    pid = if is_pid(name), do: name, else: Process.whereis(name)
    ref = Process.monitor(pid)
    if reason == :kill, do: Process.exit(pid, :kill), else: GenServer.cast(pid, {:stop, reason})
    receive do {:DOWN, ^ref, _, _, _} -> :ok end
    Process.sleep(5)
  end

  def many(m, options \\ %{}) do
    Process.flag(:trap_exit, true)
    {:ok, pid} = :supervisor.start_link(Many, Map.put(options, :module, m))
    pid
  end

  def messages(time \\ 0) do
    receive do
      {:EXIT, _, reason} -> [{:EXIT, reason} | messages(time)]
      message -> [message | messages(time)]
    after
      time -> []
    end
  end

  def children(sup) do
    for {id, pid, type, modules} <- Supervisor.which_children(sup), do: {id, is_pid(pid) or pid, type, length(modules)}
  end

  def alive(names), do: Enum.filter(names, &Process.whereis/1)
  def short(pid) when is_pid(pid), do: :started
  def short({:ok, pid}) when is_pid(pid), do: :started
  def short({:error, {reason, pid}}) when is_pid(pid), do: {:error, {reason, :pid}}
  def short(other), do: other
end

defmodule Kid do
  use GenServer
  def start_link({_, name} = argument), do: GenServer.start_link(__MODULE__, argument, name: name)

  def init({_, :ignored}), do: :ignore
  def init({_, :failing}), do: {:stop, :why}

  def init({me, name}) do
    Process.flag(:trap_exit, true)
    send(me, {:up, name})
    {:ok, {me, name}}
  end

  def handle_cast({:stop, reason}, state), do: {:stop, reason, state}
  def handle_cast({:sleep, time}, state), do: (Process.sleep(time); {:noreply, state})
  def terminate(reason, {me, name}), do: send(me, {:down, name, reason})
end

defmodule Many do
  def init(options) do
    {module, options} = Map.pop(options, :module)
    {flags, child} = Map.split(options, [:intensity, :auto_shutdown])
    {:ok, {Map.merge(%{strategy: :simple_one_for_one, period: 5}, flags), [Map.merge(%{id: :kid, start: {module, :start_link, []}}, child)]}}
  end
end

# ---- strategies

# children start in order and end in the reverse order
(sup = Rules.start(Rules.kids(m, [:a, :b, :c])); Supervisor.stop(sup); Rules.messages())
# => [{:up, :a}, {:up, :b}, {:up, :c}, {:down, :c, :shutdown}, {:down, :b, :shutdown}, {:down, :a, :shutdown}, {:EXIT, :normal}]

# one for one
(Rules.start(Rules.kids(m, [:a, :b, :c])); Rules.messages(); Rules.finish(:b); Rules.messages())
# => [up: :b]

# one for all
(Rules.start(Rules.kids(m, [:a, :b, :c]), strategy: :one_for_all); Rules.messages(); Rules.finish(:b); Rules.messages())
# => [{:down, :c, :shutdown}, {:down, :a, :shutdown}, {:up, :a}, {:up, :b}, {:up, :c}]

# the rest for one
(Rules.start(Rules.kids(m, [:a, :b, :c]), strategy: :rest_for_one); Rules.messages(); Rules.finish(:b); Rules.messages())
# => [{:down, :c, :shutdown}, {:up, :b}, {:up, :c}]

# the rest for the first
(Rules.start(Rules.kids(m, [:a, :b, :c]), strategy: :rest_for_one); Rules.messages(); Rules.finish(:a, :oops); Rules.messages())
# => [{:down, :a, :oops}, {:down, :c, :shutdown}, {:down, :b, :shutdown}, {:up, :a}, {:up, :b}, {:up, :c}]

# one for all, by one that is not started again
(Rules.start(Rules.kids(m, [:a, :b], restart: :temporary), strategy: :one_for_all); Rules.messages(); Rules.finish(:a); Rules.messages())
# => []

# a temporary one does not come back with the others
(sup = Rules.start([Rules.kid(m, :a), Rules.kid(m, :b, restart: :temporary), Rules.kid(m, :c)], strategy: :one_for_all); Rules.messages(); Rules.finish(:a); {Rules.messages(), Rules.children(sup)})
# => {[{:down, :c, :shutdown}, {:down, :b, :shutdown}, {:up, :a}, {:up, :c}], [{:c, true, :worker, 1}, {:a, true, :worker, 1}]}

# transient ones come back with the others
(sup = Rules.start(Rules.kids(m, [:a, :b], restart: :transient), strategy: :one_for_all); Rules.messages(); Rules.finish(:a, :oops); {Rules.messages(), Rules.children(sup)})
# => {[{:down, :a, :oops}, {:down, :b, :shutdown}, {:up, :a}, {:up, :b}], [{:b, true, :worker, 1}, {:a, true, :worker, 1}]}

# ---- restart types

# permanent
(Rules.start([Rules.kid(m, :a)]); for(why <- [:normal, :shutdown, {:shutdown, 1}], do: (Rules.finish(:a, why); Rules.alive([:a]))))
# => [[:a], [:a], [:a]]

# transient and normal
(sup = Rules.start([Rules.kid(m, :a, restart: :transient)]); Rules.finish(:a, :normal); {Rules.alive([:a]), Rules.children(sup)})
# => {[], [{:a, :undefined, :worker, 1}]}

# transient and shut down
(Rules.start([Rules.kid(m, :a, restart: :transient)]); Rules.finish(:a, :shutdown); Rules.alive([:a]))
# => []

# transient and shut down with a word
(Rules.start([Rules.kid(m, :a, restart: :transient)]); Rules.finish(:a, {:shutdown, :enough}); Rules.alive([:a]))
# => []

# transient and failed
(Rules.start([Rules.kid(m, :a, restart: :transient)]); for(why <- [:oops, {:shutdown, 1, 2}, :kill], do: (Rules.finish(:a, why); Rules.alive([:a]))))
# => [[:a], [:a], [:a]]

# temporary
(sup = Rules.start([Rules.kid(m, :a, restart: :temporary)]); Rules.finish(:a); {Rules.alive([:a]), Rules.children(sup), Supervisor.count_children(sup)})
# => {[], [], %{active: 0, workers: 0, supervisors: 0, specs: 0}}

# ---- intensity

# three restarts in five seconds, and not four
(Rules.start([Rules.kid(m, :a)]); for(_ <- 1..3, do: Rules.finish(:a)); before = Rules.alive([:a]); Rules.finish(:a); {before, Rules.alive([:a]), List.last(Rules.messages())})
# => {[:a], [], {:EXIT, :shutdown}}

# none at all
(Rules.start(Rules.kids(m, [:a, :b]), max_restarts: 0); Rules.messages(); Rules.finish(:a); Rules.messages())
# => [{:down, :b, :shutdown}, {:EXIT, :shutdown}]

# all children count as one
(Rules.start(Rules.kids(m, [:a, :b, :c]), max_restarts: 2); for(name <- [:a, :b, :c], do: Rules.finish(name)); {Rules.alive([:a, :b, :c]), List.last(Rules.messages())})
# => {[], {:EXIT, :shutdown}}

# old ones count no more
(Rules.start([Rules.kid(m, :a)], max_restarts: 1, max_seconds: 1); Rules.finish(:a); Process.sleep(2100); Rules.finish(:a); Rules.alive([:a]))
# => [:a]

# ends that want no restart do not count
(Rules.start(for(n <- [:a, :b, :c], do: Rules.kid(m, n, restart: :temporary)), max_restarts: 0); for(n <- [:a, :b], do: Rules.finish(n)); Rules.alive([:a, :b, :c]))
# => [:c]

# ---- starting

# a child that fails to start ends those before it
(Process.flag(:trap_exit, true); {Rules.start(Rules.kids(m, [:a, :failing, :c])), Rules.messages(5)} |> then(fn {{:error, {:shutdown, {:failed_to_start_child, id, why}}}, seen} -> {id, why, seen} end))
# => {:failing, :why, [{:up, :a}, {:down, :a, :shutdown}]}

# a child that is ignored
(sup = Rules.start(Rules.kids(m, [:a, :ignored])); {Rules.children(sup), Supervisor.count_children(sup)})
# => {[{:ignored, :undefined, :worker, 1}, {:a, true, :worker, 1}], %{active: 1, workers: 2, supervisors: 0, specs: 2}}

# one that is added
(sup = Rules.start([]); {Rules.short(Supervisor.start_child(sup, Rules.kid(m, :a))), Rules.alive([:a])})
# => {:started, [:a]}

# one that is there
(sup = Rules.start([Rules.kid(m, :a)]); Rules.short(Supervisor.start_child(sup, Rules.kid(m, :a))))
# => {:error, {:already_started, :pid}}

# one that was ended
(sup = Rules.start([Rules.kid(m, :a)]); {Supervisor.terminate_child(sup, :a), Supervisor.start_child(sup, Rules.kid(m, :a)), Rules.short(Supervisor.restart_child(sup, :a)), Rules.messages()})
# => {:ok, {:error, :already_present}, :started, [{:up, :a}, {:down, :a, :shutdown}, {:up, :a}]}

# one that fails to start is not kept
(sup = Rules.start([]); {:error, {why, _}} = Supervisor.start_child(sup, Rules.kid(m, :failing)); {why, Rules.children(sup)})
# => {:why, []}

# one that is ignored is kept
(sup = Rules.start([]); {Supervisor.start_child(sup, Rules.kid(m, :ignored)), Rules.children(sup), Supervisor.restart_child(sup, :ignored)})
# => {{:ok, :undefined}, [{:ignored, :undefined, :worker, 1}], {:ok, :undefined}}

# two of one name
Rules.start([Rules.kid(m, :a), Rules.kid(m, :a)])
# => {:error, {:start_spec, {:duplicate_child_name, :a}}}

# what is no strategy
Rules.short(Rules.start([], strategy: :some))
# => {:error, {:supervisor_data, {:invalid_strategy, :some}}}

# what is no intensity
Rules.start([], strategy: :one_for_one, max_restarts: -1)
# => {:error, {:supervisor_data, {:invalid_intensity, -1}}}

# what is no specification
(sup = Rules.start([]); {Supervisor.start_child(sup, %{id: 1}), Supervisor.start_child(sup, %{id: 1, start: 2})})
# => {{:error, :missing_start}, {:error, {:invalid_mfa, 2}}}

# what is no restart
(sup = Rules.start([]); Supervisor.start_child(sup, Rules.kid(m, :a, restart: :never)) |> elem(1))
# => {:invalid_restart_type, :never}

# what is no shutdown
(sup = Rules.start([]); Supervisor.start_child(sup, Rules.kid(m, :a, shutdown: -1)) |> elem(1))
# => {:invalid_shutdown, -1}

# ---- talking to it

# a child is ended, and started again
(sup = Rules.start(Rules.kids(m, [:a, :b])); Rules.messages(); {Supervisor.terminate_child(sup, :a), Rules.children(sup), Rules.short(Supervisor.restart_child(sup, :a)), Rules.messages()})
# => {:ok, [{:b, true, :worker, 1}, {:a, :undefined, :worker, 1}], :started, [{:down, :a, :shutdown}, {:up, :a}]}

# one that runs is not restarted
(sup = Rules.start([Rules.kid(m, :a)]); {Supervisor.restart_child(sup, :a), Supervisor.restart_child(sup, :b)})
# => {{:error, :running}, {:error, :not_found}}

# one that runs is not deleted
(sup = Rules.start([Rules.kid(m, :a)]); {Supervisor.delete_child(sup, :a), Supervisor.terminate_child(sup, :a), Supervisor.delete_child(sup, :a), Supervisor.delete_child(sup, :a), Rules.children(sup)})
# => {{:error, :running}, :ok, :ok, {:error, :not_found}, []}

# one that is not there is not ended
(sup = Rules.start([]); Supervisor.terminate_child(sup, :a))
# => {:error, :not_found}

# a temporary one that is ended is forgotten
(sup = Rules.start([Rules.kid(m, :a, restart: :temporary)]); {Supervisor.terminate_child(sup, :a), Supervisor.restart_child(sup, :a)})
# => {:ok, {:error, :not_found}}

# counting
(sup = Rules.start([Rules.kid(m, :a), Rules.kid(m, :b, restart: :transient), %{id: :s, type: :supervisor, start: {Supervisor, :start_link, [[], [strategy: :one_for_one]]}}]); Rules.finish(:b, :normal); Supervisor.count_children(sup))
# => %{active: 2, workers: 2, supervisors: 1, specs: 3}

# the last one is shown first
(sup = Rules.start(Rules.kids(m, [:a, :b, :c])); Rules.children(sup))
# => [{:c, true, :worker, 1}, {:b, true, :worker, 1}, {:a, true, :worker, 1}]

# a specification by its id
(sup = Rules.start([Rules.kid(m, :a, restart: :transient, shutdown: 7)]); {:ok, spec} = :supervisor.get_childspec(sup, :a); {spec.id, spec.restart, spec.shutdown, spec.type, spec.significant})
# => {:a, :transient, 7, :worker, false}

# ---- ending

# it ends with who started it
(me = self(); pid = spawn(fn -> Rules.start([Supervisor.child_spec({m, {me, :a}}, id: :a)]); exit(:shutdown) end); Process.sleep(10); {Process.alive?(pid), Rules.messages()})
# => {false, [{:up, :a}, {:down, :a, :shutdown}]}

# it ends of another signal of its parent's
(me = self(); spawn(fn -> Rules.start([Supervisor.child_spec({m, {me, :a}}, id: :a)]); exit(:oops) end); Process.sleep(10); Rules.messages())
# => [{:up, :a}, {:down, :a, :shutdown}]

# it heeds nobody else
(sup = Rules.start([Rules.kid(m, :a)]); spawn(fn -> Process.link(sup); exit(:oops) end); Process.sleep(5); {Process.alive?(sup), Rules.alive([:a])})
# => {true, [:a]}

# a reason of its own
(sup = Rules.start([Rules.kid(m, :a)]); Rules.messages(); Supervisor.stop(sup, :shutdown); Rules.messages())
# => [{:down, :a, :shutdown}, {:EXIT, :shutdown}]

# killed, its children hear of it
(sup = Rules.start([Rules.kid(m, :a)]); Rules.messages(); Process.exit(sup, :kill); Process.sleep(5); Enum.sort(Rules.messages()))
# => [{:EXIT, :killed}, {:down, :a, :killed}]

# brutally
(sup = Rules.start([Rules.kid(m, :a, shutdown: :brutal_kill)]); Rules.messages(); Supervisor.stop(sup); Rules.messages())
# => [EXIT: :normal]

# a child that takes too long is killed
(sup = Rules.start([Rules.kid(m, :a, shutdown: 5)]); Rules.messages(); GenServer.cast(:a, {:sleep, 50}); Supervisor.stop(sup); {Rules.alive([:a]), Rules.messages()})
# => {[], [EXIT: :normal]}

# one that may take as long as it likes is not
(sup = Rules.start([Rules.kid(m, :a, shutdown: :infinity)]); Rules.messages(); GenServer.cast(:a, {:sleep, 20}); Supervisor.stop(sup); Rules.messages())
# => [{:down, :a, :shutdown}, {:EXIT, :normal}]

# ---- significant children

# the first that ends
(Rules.start([Rules.kid(m, :a, restart: :transient, significant: true), Rules.kid(m, :b)], auto_shutdown: :any_significant); Rules.messages(); Rules.finish(:a, :normal); Rules.messages())
# => [{:down, :a, :normal}, {:down, :b, :shutdown}, {:EXIT, :shutdown}]

# one that fails is started again
(Rules.start([Rules.kid(m, :a, restart: :transient, significant: true)], auto_shutdown: :any_significant); Rules.messages(); Rules.finish(:a, :oops); Rules.messages())
# => [{:down, :a, :oops}, {:up, :a}]

# the last that ends
(Rules.start(Rules.kids(m, [:a, :b], restart: :temporary, significant: true), auto_shutdown: :all_significant); Rules.messages(); Rules.finish(:a); first = Rules.messages(); Rules.finish(:b); {first, Rules.messages()})
# => {[], [EXIT: :shutdown]}

# one that is ended by hand does not count
(sup = Rules.start([Rules.kid(m, :a, restart: :transient, significant: true)], auto_shutdown: :any_significant); Supervisor.terminate_child(sup, :a); Process.sleep(5); Process.alive?(sup))
# => true

# a permanent one cannot be
(Rules.start([Rules.kid(m, :a, significant: true)], auto_shutdown: :any_significant))
# => {:error, {:start_spec, {:bad_combination, [restart: :permanent, significant: true]}}}

# nor one of a supervisor that never shuts down by itself
(Rules.start([Rules.kid(m, :a, restart: :temporary, significant: true)]))
# => {:error, {:start_spec, {:bad_combination, [auto_shutdown: :never, significant: true]}}}

# ---- one that has children of one kind

# they are started and ended by their pids
(sup = Rules.dynamic(); {:ok, pid} = DynamicSupervisor.start_child(sup, Rules.kid(m, :a)); {DynamicSupervisor.terminate_child(sup, pid), DynamicSupervisor.terminate_child(sup, pid), Rules.messages()})
# => {:ok, {:error, :not_found}, [{:up, :a}, {:down, :a, :shutdown}]}

# as many as it may have
(sup = Rules.dynamic(max_children: 1); for(n <- [:a, :b], do: Rules.short(DynamicSupervisor.start_child(sup, Rules.kid(m, n)))))
# => [:started, {:error, :max_children}]

# names are nothing to it
(sup = Rules.dynamic(); for(n <- [:a, :b], do: DynamicSupervisor.start_child(sup, %{Rules.kid(m, n) | id: :same})); Enum.map(DynamicSupervisor.which_children(sup), &elem(&1, 0)))
# => [:undefined, :undefined]

# a name that is taken is the child's matter
(sup = Rules.dynamic(); for(_ <- 1..2, do: Rules.short(DynamicSupervisor.start_child(sup, Rules.kid(m, :a)))))
# => [:started, {:error, {:already_started, :pid}}]

# one that is ignored is not kept
(sup = Rules.dynamic(); {DynamicSupervisor.start_child(sup, Rules.kid(m, :ignored)), DynamicSupervisor.count_children(sup)})
# => {:ignore, %{active: 0, workers: 0, supervisors: 0, specs: 0}}

# one that fails to start
(sup = Rules.dynamic(); {DynamicSupervisor.start_child(sup, Rules.kid(m, :failing)), DynamicSupervisor.count_children(sup)})
# => {{:error, :why}, %{active: 0, workers: 0, supervisors: 0, specs: 0}}

# one that fails is started again
(sup = Rules.dynamic(); DynamicSupervisor.start_child(sup, Rules.kid(m, :a)); Rules.finish(:a); {Rules.messages(), DynamicSupervisor.count_children(sup)})
# => {[up: :a, up: :a], %{active: 1, workers: 1, supervisors: 0, specs: 1}}

# until it is too much
(sup = Rules.dynamic(max_restarts: 1); DynamicSupervisor.start_child(sup, Rules.kid(m, :a)); for(_ <- 1..2, do: Rules.finish(:a)); {Process.alive?(sup), List.last(Rules.messages())})
# => {false, {:EXIT, :shutdown}}

# they end at once, in no order
(sup = Rules.dynamic(); for(n <- [:a, :b], do: DynamicSupervisor.start_child(sup, Rules.kid(m, n))); Rules.messages(); DynamicSupervisor.stop(sup); Enum.sort(Rules.messages()))
# => [{:EXIT, :normal}, {:down, :a, :shutdown}, {:down, :b, :shutdown}]

# what is no strategy of it
(Process.flag(:trap_exit, true); try do DynamicSupervisor.start_link(strategy: :one_for_all) catch kind, error -> {kind, error} end)
# => {:error, {:supervisor_data, {:invalid_strategy, :one_for_all}}}

# ---- one whose children are all alike

# each is started with arguments of its own
(sup = Rules.many(m); for(n <- [:a, :b], do: Rules.short(:supervisor.start_child(sup, [{self(), n}]))) ++ Rules.messages())
# => [:started, :started, {:up, :a}, {:up, :b}]

# they have no names
(sup = Rules.many(m); :supervisor.start_child(sup, [{self(), :a}]); {Rules.children(sup), :supervisor.count_children(sup)})
# => {[{:undefined, true, :worker, 1}], [specs: 1, active: 1, supervisors: 0, workers: 1]}

# one is ended by its pid
(sup = Rules.many(m); {:ok, pid} = :supervisor.start_child(sup, [{self(), :a}]); {:supervisor.terminate_child(sup, pid), :supervisor.terminate_child(sup, pid), :supervisor.terminate_child(sup, self()), :supervisor.terminate_child(sup, :kid), Rules.messages()})
# => {:ok, :ok, {:error, :not_found}, {:error, :simple_one_for_one}, [{:up, :a}, {:down, :a, :shutdown}]}

# none is restarted or deleted
(sup = Rules.many(m); {:supervisor.restart_child(sup, :kid), :supervisor.delete_child(sup, :kid)})
# => {{:error, :simple_one_for_one}, {:error, :simple_one_for_one}}

# one that fails is started again with its arguments
(sup = Rules.many(m); for(n <- [:a, :b], do: :supervisor.start_child(sup, [{self(), n}])); Rules.messages(); Rules.finish(:a, :oops); {Rules.messages(), Rules.alive([:a, :b])})
# => {[{:down, :a, :oops}, {:up, :a}], [:a, :b]}

# a temporary one is not
(sup = Rules.many(m, %{restart: :temporary}); :supervisor.start_child(sup, [{self(), :a}]); Rules.finish(:a, :oops); :supervisor.count_children(sup))
# => [specs: 1, active: 0, supervisors: 0, workers: 0]

# a transient one that ends well is forgotten
(sup = Rules.many(m, %{restart: :transient}); :supervisor.start_child(sup, [{self(), :a}]); Rules.finish(:a, :normal); :supervisor.count_children(sup))
# => [specs: 1, active: 0, supervisors: 0, workers: 0]

# too many restarts end it
(Rules.many(m, %{intensity: 1}) |> :supervisor.start_child([{self(), :a}]); Rules.messages(); for(_ <- 1..2, do: Rules.finish(:a)); Rules.messages())
# => [up: :a, EXIT: :shutdown]

# what fails to start is told
(sup = Rules.many(m); {:supervisor.start_child(sup, [{self(), :failing}]), :supervisor.start_child(sup, [{self(), :ignored}]), :supervisor.count_children(sup)})
# => {{:error, :why}, {:ok, :undefined}, [specs: 1, active: 0, supervisors: 0, workers: 0]}

# they end with it
(sup = Rules.many(m); for(n <- [:a, :b], do: :supervisor.start_child(sup, [{self(), n}])); Rules.messages(); Supervisor.stop(sup); Enum.sort(Rules.messages()))
# => [{:EXIT, :normal}, {:down, :a, :shutdown}, {:down, :b, :shutdown}]

# it shuts down for nobody
(Process.flag(:trap_exit, true); :supervisor.start_link(Many, %{module: m, auto_shutdown: :any_significant}))
# => {:error, {:supervisor_data, {:bad_combination, [auto_shutdown: :any_significant, strategy: :simple_one_for_one]}}}

# ---- partitions

# as many as there should be
({:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Parts, partitions: 3); {PartitionSupervisor.partitions(Parts), PartitionSupervisor.count_children(Parts), Enum.sort(Enum.map(PartitionSupervisor.which_children(Parts), &elem(&1, 0)))})
# => {3, %{active: 3, workers: 3, supervisors: 0, specs: 3}, [0, 1, 2]}

# a key is always of the same one
({:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Parts, partitions: 3); for(k <- [0, 4, 5], do: Agent.update({:via, PartitionSupervisor, {Parts, k}}, &(&1 + k + 1))); for(k <- 0..2, do: Agent.get({:via, PartitionSupervisor, {Parts, k}}, & &1)))
# => [1, 5, 6]

# arguments by partition
({:ok, _} = PartitionSupervisor.start_link(child_spec: Agent, name: Parts, partitions: 2, with_arguments: fn [_], n -> [fn -> n * 10 end] end); for(k <- 0..1, do: Agent.get({:via, PartitionSupervisor, {Parts, k}}, & &1)))
# => [0, 10]
