defmodule Warehouse.Item do
  @moduledoc """
  One kind of thing that lies in a warehouse.

  Items are compared by their code; the price is in cents, so that no
  rounding happens on the way to the bill.
  """

  @enforce_keys [:code, :name]
  defstruct [:code, :name, price: 0, quantity: 0, tags: []]

  @type t :: %__MODULE__{
          code: String.t(),
          name: String.t(),
          price: non_neg_integer(),
          quantity: non_neg_integer(),
          tags: [atom()]
        }

  @doc "Makes an item from keywords, checking each of them."
  @spec new(keyword()) :: {:ok, t()} | {:error, atom()}
  def new(fields) do
    with {:ok, code} <- fetch_code(fields),
         {:ok, name} <- Keyword.fetch(fields, :name),
         {:ok, price} <- fetch_amount(fields, :price),
         {:ok, quantity} <- fetch_amount(fields, :quantity) do
      tags = Keyword.get(fields, :tags, [])
      {:ok, %__MODULE__{code: code, name: name, price: price, quantity: quantity, tags: tags}}
    else
      :error -> {:error, :missing_name}
      {:error, reason} -> {:error, reason}
    end
  end

  @doc """
  The value of all pieces of an item.

      iex> Warehouse.Item.value(%Warehouse.Item{code: "A1", name: "Nail", price: 3, quantity: 4})
      12
  """
  @spec value(t()) :: non_neg_integer()
  def value(%__MODULE__{price: price, quantity: quantity}), do: price * quantity

  @doc "Whether there is none left."
  def empty?(%__MODULE__{quantity: 0}), do: true
  def empty?(%__MODULE__{}), do: false

  @doc "Adds pieces; a negative number takes some away."
  def change(%__MODULE__{quantity: quantity} = item, by) when is_integer(by) and quantity + by >= 0 do
    {:ok, %{item | quantity: quantity + by}}
  end

  def change(%__MODULE__{}, by) when is_integer(by), do: {:error, :not_enough}
  def change(_, _), do: {:error, :badarg}

  defp fetch_code(fields) do
    case Keyword.fetch(fields, :code) do
      {:ok, <<letter, rest::binary>>} when letter in ?A..?Z and rest != "" ->
        {:ok, <<letter, rest::binary>>}

      {:ok, other} ->
        {:error, {:bad_code, other}}

      :error ->
        {:error, :missing_code}
    end
  end

  defp fetch_amount(fields, key) do
    case Keyword.get(fields, key, 0) do
      amount when is_integer(amount) and amount >= 0 -> {:ok, amount}
      _ -> {:error, key}
    end
  end
end

defimpl String.Chars, for: Warehouse.Item do
  def to_string(item) do
    "#{item.code} #{item.name} (#{item.quantity} at #{item.price})"
  end
end

defmodule Warehouse do
  @moduledoc """
  A server that holds the stock of one warehouse.

  Every change is written to a journal, newest entry first, which can be
  replayed after the server was restarted.
  """

  use GenServer

  alias Warehouse.Item
  require Logger

  @limit 1_000
  @timeout 5_000

  # Client

  @doc "Starts a warehouse with the given items."
  def start_link(items, options \\ []) do
    GenServer.start_link(__MODULE__, items, options)
  end

  @doc "Puts an item into the warehouse."
  @spec store(GenServer.server(), Item.t()) :: :ok | {:error, term()}
  def store(server, %Item{} = item), do: GenServer.call(server, {:store, item}, @timeout)

  @doc "Takes pieces out of the warehouse."
  def take(server, code, pieces \\ 1) when is_binary(code) and pieces > 0 do
    GenServer.call(server, {:take, code, pieces}, @timeout)
  end

  @doc "Looks an item up."
  def find(server, code), do: GenServer.call(server, {:find, code})

  @doc "All items with a tag, cheapest first."
  def tagged(server, tag), do: GenServer.call(server, {:tagged, tag})

  @doc "What everything in the warehouse is worth."
  def worth(server), do: GenServer.call(server, :worth)

  @doc "Forgets the journal."
  def forget(server), do: GenServer.cast(server, :forget)

  # Server

  @impl true
  def init(items) do
    stock = Map.new(items, fn %Item{code: code} = item -> {code, item} end)
    {:ok, %{stock: stock, journal: [], counts: %{stored: 0, taken: 0}}}
  end

  @impl true
  def handle_call({:store, item}, _from, %{stock: stock} = state) do
    if map_size(stock) >= @limit do
      {:reply, {:error, :full}, state}
    else
      stock = Map.update(stock, item.code, item, fn old -> %{old | quantity: old.quantity + item.quantity} end)
      state = state |> Map.put(:stock, stock) |> note({:stored, item.code, item.quantity}) |> count(:stored)
      {:reply, :ok, state}
    end
  end

  def handle_call({:take, code, pieces}, _from, state) do
    with {:ok, item} <- Map.fetch(state.stock, code),
         {:ok, item} <- Item.change(item, -pieces) do
      state =
        state
        |> put_in([:stock, code], item)
        |> note({:taken, code, pieces})
        |> count(:taken)

      {:reply, {:ok, item}, state}
    else
      :error -> {:reply, {:error, :unknown}, state}
      {:error, reason} -> {:reply, {:error, reason}, state}
    end
  end

  def handle_call({:find, code}, _from, state) do
    {:reply, Map.fetch(state.stock, code), state}
  end

  def handle_call({:tagged, tag}, _from, state) do
    items =
      state.stock
      |> Map.values()
      |> Enum.filter(fn item -> tag in item.tags end)
      |> Enum.sort_by(& &1.price)

    {:reply, items, state}
  end

  def handle_call(:worth, _from, state) do
    worth = for {_code, item} <- state.stock, not Item.empty?(item), reduce: 0 do
      sum -> sum + Item.value(item)
    end

    {:reply, worth, state}
  end

  @impl true
  def handle_cast(:forget, state), do: {:noreply, %{state | journal: []}}

  @impl true
  def handle_info({:restock, code, pieces}, state) do
    case Map.get(state.stock, code) do
      nil ->
        Logger.warning("cannot restock #{inspect(code)}")
        {:noreply, state}

      item ->
        {:ok, item} = Item.change(item, pieces)
        {:noreply, put_in(state.stock[code], item)}
    end
  end

  def handle_info(_message, state), do: {:noreply, state}

  @impl true
  def terminate(reason, %{journal: journal}) do
    Logger.info(fn -> "closing with #{length(journal)} entries: #{inspect(reason)}" end)
    :ok
  end

  defp note(state, entry), do: Map.update!(state, :journal, &[entry | &1])
  defp count(state, key), do: update_in(state, [:counts, key], &(&1 + 1))
end

defmodule Warehouse.Supervisor do
  @moduledoc "Keeps the warehouses running."

  use Supervisor

  def start_link(names), do: Supervisor.start_link(__MODULE__, names, name: __MODULE__)

  @impl true
  def init(names) do
    children =
      for name <- names do
        %{id: name, start: {Warehouse, :start_link, [[], [name: name]]}, restart: :permanent}
      end

    Supervisor.init(children, strategy: :one_for_one, max_restarts: 5)
  end
end
