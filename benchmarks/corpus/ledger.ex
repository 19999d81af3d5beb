defmodule Ledger.Money do
  @moduledoc """
  Amounts of money in a currency.

  Two amounts of different currencies do not add up; `convert/3` makes one
  from the other where a rate is known.
  """

  @currencies %{usd: {"$", 2}, eur: {"€", 2}, jpy: {"¥", 0}}

  defstruct amount: 0, currency: :eur

  @type currency :: :usd | :eur | :jpy
  @type t :: %__MODULE__{amount: integer(), currency: currency()}

  for {currency, {_sign, _digits}} <- @currencies do
    @doc "An amount of #{String.upcase(Atom.to_string(currency))}."
    def unquote(currency)(amount) when is_integer(amount) do
      %__MODULE__{amount: amount, currency: unquote(currency)}
    end
  end

  @doc "Adds two amounts of the same currency."
  @spec add(t(), t()) :: t()
  def add(%__MODULE__{currency: c} = a, %__MODULE__{currency: c} = b) do
    %__MODULE__{a | amount: a.amount + b.amount}
  end

  def add(%__MODULE__{} = a, %__MODULE__{} = b) do
    raise ArgumentError, "cannot add #{a.currency} and #{b.currency}"
  end

  @doc "Divides an amount into parts which differ by at most one unit."
  @spec split(t(), pos_integer()) :: [t()]
  def split(%__MODULE__{amount: amount} = money, parts) when parts > 0 do
    each = div(amount, parts)
    rest = rem(amount, parts)

    Enum.map(1..parts, fn
      index when index <= rest -> %{money | amount: each + 1}
      _ -> %{money | amount: each}
    end)
  end

  @doc "Converts with a table of rates."
  def convert(%__MODULE__{currency: to} = money, to, _rates), do: {:ok, money}

  def convert(%__MODULE__{amount: amount, currency: from}, to, rates) do
    case rates do
      %{{^from, ^to} => rate} -> {:ok, %__MODULE__{amount: round(amount * rate), currency: to}}
      %{{^to, ^from} => rate} when rate > 0 -> {:ok, %__MODULE__{amount: round(amount / rate), currency: to}}
      _ -> {:error, {:no_rate, from, to}}
    end
  end

  @doc "The amount as people write it."
  def format(%__MODULE__{amount: amount, currency: currency}) do
    {sign, digits} = Map.fetch!(@currencies, currency)
    unit = Integer.pow(10, digits)
    minus = if amount < 0, do: "-", else: ""
    whole = amount |> abs() |> div(unit) |> group()

    case digits do
      0 -> minus <> sign <> whole
      _ -> minus <> sign <> whole <> "." <> (amount |> abs() |> rem(unit) |> pad(digits))
    end
  end

  defp pad(number, digits), do: number |> Integer.to_string() |> String.pad_leading(digits, "0")

  defp group(number) do
    number
    |> Integer.digits()
    |> Enum.reverse()
    |> Enum.chunk_every(3)
    |> Enum.map(&Enum.join(Enum.reverse(&1)))
    |> Enum.reverse()
    |> Enum.join(",")
  end
end

defmodule Ledger.Entry do
  @moduledoc false
  @derive {Inspect, only: [:account, :money]}
  defstruct [:account, :money, :date, kind: :debit, note: nil]
end

defmodule Ledger.Backend do
  @moduledoc "What keeps the entries of a ledger."

  @callback open(options :: keyword()) :: {:ok, state :: term()} | {:error, term()}
  @callback append(state :: term(), Ledger.Entry.t()) :: {:ok, term()}
  @callback entries(state :: term()) :: Enumerable.t()
  @callback close(state :: term()) :: :ok
  @optional_callbacks close: 1

  defmacro __using__(_options) do
    quote do
      @behaviour Ledger.Backend

      @impl Ledger.Backend
      def open(options), do: {:ok, options}

      @impl Ledger.Backend
      def close(_state), do: :ok

      defoverridable open: 1, close: 1
    end
  end
end

defmodule Ledger.Memory do
  @moduledoc "Keeps entries in a list."
  use Ledger.Backend

  @impl true
  def open(options), do: {:ok, Keyword.get(options, :entries, [])}

  @impl true
  def append(entries, entry), do: {:ok, [entry | entries]}

  @impl true
  def entries(entries), do: Enum.reverse(entries)
end

defmodule Ledger.Table do
  @moduledoc "Keeps entries in an ETS table."
  use Ledger.Backend

  @impl true
  def open(options) do
    name = Keyword.fetch!(options, :name)
    {:ok, :ets.new(name, [:ordered_set, :protected])}
  end

  @impl true
  def append(table, entry) do
    true = :ets.insert(table, {System.unique_integer([:monotonic]), entry})
    {:ok, table}
  end

  @impl true
  def entries(table) do
    Stream.resource(
      fn -> :ets.first(table) end,
      fn
        :"$end_of_table" ->
          {:halt, nil}

        key ->
          [{^key, entry}] = :ets.lookup(table, key)
          {[entry], :ets.next(table, key)}
      end,
      fn _ -> :ok end
    )
  end

  @impl true
  def close(table) do
    :ets.delete(table)
    :ok
  end
end

defmodule Ledger do
  @moduledoc """
  Books what comes and goes.

      iex> {:ok, ledger} = Ledger.open(Ledger.Memory)
      iex> {:ok, ledger} = Ledger.book(ledger, :cash, Ledger.Money.eur(500))
      iex> Ledger.balance(ledger, :cash)
      %{eur: 500}
  """

  alias Ledger.{Entry, Money}

  @enforce_keys [:backend, :state]
  defstruct [:backend, :state, :opened, rules: []]

  @type t :: %__MODULE__{backend: module(), state: term()}

  @spec open(module(), keyword()) :: {:ok, t()} | {:error, term()}
  def open(backend, options \\ []) do
    {rules, options} = Keyword.pop(options, :rules, [])

    with {:ok, state} <- backend.open(options) do
      {:ok, %__MODULE__{backend: backend, state: state, rules: rules, opened: Date.utc_today()}}
    end
  end

  @doc "Books an amount on an account."
  def book(ledger, account, money, options \\ [])

  def book(%__MODULE__{} = ledger, account, %Money{amount: amount} = money, options) when amount != 0 do
    kind = if amount < 0, do: :credit, else: :debit

    entry = %Entry{
      account: account,
      money: money,
      kind: kind,
      note: options[:note],
      date: Keyword.get_lazy(options, :date, &Date.utc_today/0)
    }

    with :ok <- check(ledger.rules, entry),
         {:ok, state} <- ledger.backend.append(ledger.state, entry) do
      {:ok, %{ledger | state: state}}
    end
  end

  def book(_ledger, _account, %Money{amount: 0}, _options), do: {:error, :nothing}

  @doc "Moves an amount from one account to another."
  def transfer(ledger, from, to, %Money{amount: amount} = money) do
    with {:ok, ledger} <- book(ledger, from, %{money | amount: -amount}, note: "to #{to}"),
         {:ok, ledger} <- book(ledger, to, money, note: "from #{from}") do
      {:ok, ledger}
    else
      {:error, reason} -> {:error, {:transfer, reason}}
    end
  end

  @doc "The balance of an account, for each currency."
  def balance(ledger, account) do
    for %Entry{account: ^account, money: money} <- entries(ledger), reduce: %{} do
      sums -> Map.update(sums, money.currency, money.amount, &(&1 + money.amount))
    end
  end

  @doc "All accounts with their balances."
  def balances(ledger) do
    ledger
    |> entries()
    |> Enum.group_by(& &1.account, & &1.money)
    |> Map.new(fn {account, amounts} ->
      {account, Enum.reduce(amounts, %{}, fn m, acc -> Map.update(acc, m.currency, m.amount, &(&1 + m.amount)) end)}
    end)
  end

  @doc "A report with a line for each account."
  def report(ledger) do
    lines =
      for {account, sums} <- Enum.sort(balances(ledger)), {currency, amount} <- sums do
        money = %Money{amount: amount, currency: currency}
        String.pad_trailing(to_string(account), 20) <> String.pad_leading(Money.format(money), 15)
      end

    """
    #{String.pad_trailing("Account", 20)}#{String.pad_leading("Balance", 15)}
    #{String.duplicate("-", 35)}
    #{Enum.join(lines, "\n")}
    """
  end

  @doc "Entries between two dates, both of them included."
  def between(ledger, %Date{} = first, %Date{} = last) do
    ledger
    |> entries()
    |> Stream.filter(fn %Entry{date: date} ->
      Date.compare(date, first) != :lt and Date.compare(date, last) != :gt
    end)
    |> Enum.to_list()
  end

  def close(%__MODULE__{backend: backend, state: state}), do: backend.close(state)

  defp entries(%__MODULE__{backend: backend, state: state}), do: backend.entries(state)

  defp check([], _entry), do: :ok

  defp check([rule | rest], entry) do
    case rule.(entry) do
      :ok -> check(rest, entry)
      {:error, _} = error -> error
      false -> {:error, :refused}
    end
  end
end
