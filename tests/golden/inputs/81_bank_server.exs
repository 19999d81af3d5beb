defmodule Bank do
  use GenServer
  def start_link(balance), do: GenServer.start_link(__MODULE__, balance, name: __MODULE__)
  def deposit(n), do: GenServer.call(__MODULE__, {:deposit, n})
  def withdraw(n), do: GenServer.call(__MODULE__, {:withdraw, n})
  def balance, do: GenServer.call(__MODULE__, :balance)
  @impl true
  def init(balance) when balance >= 0, do: {:ok, %{balance: balance, history: []}}
  def init(balance), do: {:stop, {:negative, balance}}
  @impl true
  def handle_call({:deposit, n}, _from, state) when n > 0 do
    {:reply, :ok, %{state | balance: state.balance + n, history: [{:in, n} | state.history]}}
  end
  def handle_call({:withdraw, n}, _from, %{balance: b} = state) do
    if n > b, do: {:reply, {:error, :insufficient}, state}, else: {:reply, :ok, %{state | balance: b - n}}
  end
  def handle_call(:balance, _from, state), do: {:reply, state.balance, state}
  @impl true
  def handle_info(msg, state) do
    IO.inspect(msg, label: "info")
    {:noreply, state}
  end
end
Process.flag(:trap_exit, true)
{:ok, pid} = Bank.start_link(100)
Bank.deposit(50)
Bank.withdraw(500)
Bank.withdraw(30)
Bank.balance
Bank.balance()
:sys.get_state(Bank)
:sys.get_state(pid).history
send(pid, :hello)
Bank.balance
Bank.start_link(1)
Process.info(pid, :registered_name)
Process.alive?(pid)
Bank.deposit(-5)
Process.sleep(50)
Process.alive?(pid)
Bank.balance
flush
Bank.start_link(-1)
flush()
{:ok, p2} = Bank.start_link(7)
GenServer.stop(p2)
flush
{:ok, p3} = GenServer.start(Bank, 5)
GenServer.call(p3, :balance)
GenServer.call(p3, :unknown)
p3 |> Process.alive?
GenServer.start(Bank, -3)
GenServer.call(:nobody, 1)
GenServer.cast(:nobody, 1)
:sys.get_status(Bank)
{:ok, a} = Agent.start_link(fn -> %{} end)
Agent.update(a, &Map.put(&1, :k, 1))
Agent.get(a, & &1)
Agent.get_and_update(a, fn m -> {m.k, %{m | k: 2}} end)
Agent.get(a, fn m -> m.nope end)
Process.sleep(30)
flush
