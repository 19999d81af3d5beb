defmodule Stack do
  use GenServer
  def start_link(init) do
    GenServer.start_link(__MODULE__, init, name: __MODULE__)
  end
  def push(x), do: GenServer.cast(__MODULE__, {:push, x})
  def pop, do: GenServer.call(__MODULE__, :pop)
  @impl true
  def init(init), do: {:ok, init}
  @impl true
  def handle_call(:pop, _from, [h | t]), do: {:reply, h, t}
  @impl true
  def handle_cast({:push, x}, s), do: {:noreply, [x | s]}
end
children = [{Stack, [:hello]}]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
Stack.pop
Stack.pop
#! sleep 0.3
Stack.pop()
Supervisor.which_children(sup)
Supervisor.count_children(sup)
pid = Process.whereis(Stack)
Process.exit(pid, :kill)
#! sleep 0.1
Process.whereis(Stack) == pid
Stack.push(1)
Stack.pop
Supervisor.start_child(sup, {Stack, []})
Supervisor.start_child(sup, Stack)
Supervisor.start_child(sup, %{id: :other, start: {Stack, :start_link, [[]]}})
Supervisor.start_child(sup, %{id: :other})
Supervisor.start_child(sup, %{start: {Agent, :start_link, [fn -> 1 end]}})
Supervisor.start_child(sup, {Nope, []})
Supervisor.start_child(sup, Nope)
Supervisor.start_child(sup, 5)
Supervisor.start_child(sup, "agent")
Supervisor.start_child(sup, %{id: :a, start: {Agent, :start_link, [fn -> 1 end]}, restart: :sometimes})
Supervisor.start_child(sup, %{id: :a, start: {Agent, :start_link, [fn -> 1 end]}, shutdown: -5})
Supervisor.start_child(sup, %{id: :a, start: {Agent, :start_link, [fn -> 1 end]}, type: :slave})
Supervisor.start_child(sup, %{id: :a, start: Agent})
Supervisor.start_child(sup, %{id: :a, start: {Agent, :start_link, [fn -> raise "no" end]}})
{:ok, a} = Supervisor.start_child(sup, %{id: :a, start: {Agent, :start_link, [fn -> 1 end]}})
Agent.get(a, & &1)
Supervisor.delete_child(sup, :a)
Supervisor.restart_child(sup, :a)
Supervisor.terminate_child(sup, :a)
Supervisor.which_children(sup)
Supervisor.restart_child(sup, :a)
Supervisor.terminate_child(sup, :a)
Supervisor.delete_child(sup, :a)
Supervisor.delete_child(sup, :a)
Supervisor.terminate_child(sup, :nope)
Supervisor.restart_child(sup, :nope)
Supervisor.stop(sup)
#! sleep 0.2
Process.alive?(sup)
Supervisor.which_children(sup)
Supervisor.start_link([Stack], [])
Supervisor.start_link([Stack], strategy: :one_for_none)
Supervisor.start_link([Stack, Stack], strategy: :one_for_one)
#! sleep 0.3
Supervisor.start_link([{Stack, 1}, {Stack, 2}], strategy: :one_for_one)
Supervisor.start_link([:nope], strategy: :one_for_one)
Supervisor.start_link(Stack, strategy: :one_for_one)
Process.flag(:trap_exit, true)
Supervisor.start_link([%{id: 1, start: {Stack, :start_link, [[]]}}, %{id: 2, start: {Stack, :start_link, [[]]}}], strategy: :one_for_one)
#! sleep 0.2
flush
{:ok, sup} = Supervisor.start_link([{Stack, [1]}], strategy: :one_for_one, max_restarts: 2, max_seconds: 5)
Process.exit(Process.whereis(Stack), :kill)
Process.sleep(30)
Process.exit(Process.whereis(Stack), :kill)
Process.sleep(30)
Process.exit(Process.whereis(Stack), :kill)
#! sleep 0.3
Process.alive?(sup)
flush
Supervisor.child_spec(Stack, id: :s1)
Supervisor.child_spec({Stack, [1]}, id: :s1, restart: :transient, shutdown: 10)
Supervisor.child_spec({Stack, [1]}, ids: :s1)
Supervisor.child_spec(%{id: 1}, restart: :temporary)
Supervisor.init([Stack], strategy: :rest_for_one)
Supervisor.init([{Stack, 1}], strategy: :one_for_all, max_restarts: 1)
Supervisor.init([Stack], [])
