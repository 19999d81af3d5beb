defmodule Ticker do
  def start, do: spawn(__MODULE__, :loop, [0])
  def loop(n) do
    receive do
      {:get, from} ->
        send(from, {:one, n})
        loop(n)
      :tick -> loop(n + 1)
      :upgrade -> __MODULE__.loop(n)
    end
  end
end
a = Ticker.start()
b = Ticker.start()
send(a, :tick)
send(a, {:get, self()})
flush()
:code.is_loaded(Ticker)
:code.which(Ticker)
:erlang.check_old_code(Ticker)
defmodule Ticker do
  def start, do: spawn(__MODULE__, :loop, [0])
  def loop(n) do
    receive do
      {:get, from} ->
        send(from, {:two, n})
        loop(n)
      :tick -> loop(n + 10)
      :upgrade -> __MODULE__.loop(n)
    end
  end
end
send(a, :tick)
send(a, {:get, self()})
flush()
send(a, :upgrade)
send(a, :tick)
send(a, {:get, self()})
flush()
:erlang.check_old_code(Ticker)
:erlang.check_process_code(b, Ticker)
:erlang.check_process_code(a, Ticker)
:code.soft_purge(Ticker)
Process.monitor(b)
defmodule Ticker do
  def start, do: :gone
  def other, do: "three"
end
flush()
Process.alive?(b)
Process.alive?(a)
Ticker.other()
Ticker.loop(1)
Ticker.start(5)
exports Ticker
:code.purge(Ticker)
Process.alive?(a)
:code.purge(Ticker)
:code.delete(Ticker)
Ticker.other()
:code.is_loaded(Ticker)
:code.delete(Ticker)
Code.ensure_loaded(Ticker)
Code.ensure_loaded?(Enum)
r Ticker
l Ticker
h Ticker.start
t Ticker
i Enum.nope
defmodule Ticker do
  def other, do: "four"
end
Ticker.other()
i Ticker
h Ticker.other
h Ticker
t Ticker
b Ticker
b GenServer.nope
:code.load_file(Nope)
:code.ensure_loaded(Nope)
