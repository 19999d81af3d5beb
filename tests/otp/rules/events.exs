defmodule Rules do
  def manager do
    {:ok, pid} = :gen_event.start()
    pid
  end

  def manager(m, argument) do
    pid = manager()
    :ok = :gen_event.add_handler(pid, m, argument)
    pid
  end

  def ask(pid, m, request), do: :gen_event.call(pid, m, request, 100)
  def tell(pid, f), do: :gen_event.sync_notify(pid, {:do, f})

  def short({:error, {:EXIT, {%{__exception__: true} = error, stack}}}) when is_list(stack), do: {:error, {:EXIT, error.__struct__}}
  def short({:EXIT, {%{__exception__: true} = error, stack}}) when is_list(stack), do: {:EXIT, error.__struct__}
  def short(other), do: other

  def messages(time \\ 0) do
    receive do
      {:gen_event_EXIT, handler, reason} -> [{:gen_event_EXIT, handler == Hears or handler, short(reason)} | messages(time)]
      {:EXIT, _, reason} -> [{:EXIT, reason} | messages(time)]
      message -> [message | messages(time)]
    after
      time -> []
    end
  end
end

defmodule Hears do
  @behaviour :gen_event
  def init({me, {:do, f}}), do: f.(me)
  def init({f, taken}) when is_function(f), do: f.(taken)
  def init(me), do: {:ok, me}
  def handle_event({:do, f}, me), do: f.(me)
  def handle_event(event, me), do: (send(me, {:event, event}); {:ok, me})
  def handle_call({:do, f}, me), do: f.(me)
  def handle_call(request, me), do: {:ok, {:answer, request}, me}
  def handle_info(message, me), do: (send(me, {:info, message}); {:ok, me})
  def terminate(reason, me), do: (if is_pid(me), do: send(me, {:terminate, reason}); {:last, me == :other})
end

# ---- handlers

# each event reaches every handler
(pid = Rules.manager(m, self()); :ok = :gen_event.add_handler(pid, {m, 2}, self()); {:gen_event.sync_notify(pid, 1), Rules.messages()})
# => {:ok, [event: 1, event: 1]}

# the last one that came is the first in the list
(pid = Rules.manager(m, self()); :gen_event.add_handler(pid, {m, 2}, self()); :gen_event.which_handlers(pid) == [{m, 2}, m])
# => true

# one of the same name is added all the same
(pid = Rules.manager(m, self()); :gen_event.add_handler(pid, m, self()))
# => :ok

# it is added when it says so
(pid = Rules.manager(); {:gen_event.add_handler(pid, m, {1, {:do, fn _ -> :no end}}), :gen_event.add_handler(pid, m, {1, {:do, fn _ -> {:error, 2} end}}), :gen_event.which_handlers(pid)})
# => {:no, {:error, 2}, []}

# an error in its init
(pid = Rules.manager(); {:EXIT, {:oops, _}} = :gen_event.add_handler(pid, m, {1, {:do, fn _ -> :erlang.error(:oops) end}}); :gen_event.which_handlers(pid))
# => []

# it may sleep from the beginning
(pid = Rules.manager(); me = self(); {:gen_event.add_handler(pid, m, {1, {:do, fn _ -> {:ok, me, :hibernate} end}}), Process.sleep(1), Process.info(pid, :current_function)})
# => {:ok, :ok, {:current_function, {:erlang, :hibernate, 3}}}

# a call is answered by the one it names
(pid = Rules.manager(m, self()); Rules.ask(pid, m, 1))
# => {:answer, 1}

# nobody of that name
(pid = Rules.manager(m, self()); :gen_event.call(pid, {m, 2}, 1))
# => {:error, :bad_module}

# a message is for all of them
(pid = Rules.manager(m, self()); send(pid, :hello); Rules.messages(5))
# => [info: :hello]

# ---- what they return

# another state
(pid = Rules.manager(m, self()); Rules.tell(pid, fn _ -> {:ok, :other} end); Rules.ask(pid, m, {:do, fn state -> {:ok, state, state} end}))
# => :other

# remove me
(pid = Rules.manager(m, self()); {Rules.tell(pid, fn _ -> :remove_handler end), Rules.messages(), :gen_event.which_handlers(pid)})
# => {:ok, [terminate: :remove_handler], []}

# remove me, with an answer
(pid = Rules.manager(m, self()); {Rules.ask(pid, m, {:do, fn _ -> {:remove_handler, :bye} end}), Rules.messages(), :gen_event.which_handlers(pid)})
# => {:bye, [terminate: :remove_handler], []}

# another in my place
(pid = Rules.manager(m, self()); me = self(); {Rules.tell(pid, fn _ -> {:swap_handler, 1, :other, {m, 2}, fn taken -> send(me, {:taken, taken}); {:ok, me} end} end), Rules.messages(), :gen_event.which_handlers(pid) == [{m, 2}]})
# => {:ok, [taken: {:last, true}], true}

# what is no answer
(pid = Rules.manager(m, self()); {Rules.tell(pid, fn _ -> :odd end), Rules.messages(5), :gen_event.which_handlers(pid)})
# => {:ok, [terminate: {:error, :odd}], []}

# no answer to a call
(pid = Rules.manager(m, self()); {Rules.ask(pid, m, {:do, fn _ -> :odd end}), :gen_event.which_handlers(pid)})
# => {{:error, :odd}, []}

# an error in a call
(pid = Rules.manager(m, self()); {Rules.short(Rules.ask(pid, m, {:do, fn _ -> raise "oops" end})), :gen_event.which_handlers(pid)})
# => {{:error, {:EXIT, RuntimeError}}, []}

# an error in an event leaves the others
(pid = Rules.manager(m, self()); me = self(); :gen_event.add_handler(pid, {m, 2}, {1, {:do, fn _ -> {:ok, :bad} end}}); Rules.tell(pid, fn :bad -> raise("oops"); state -> {:ok, state} end); {:gen_event.which_handlers(pid) == [m], Process.alive?(pid), me == self()})
# => {true, true, true}

# a throw is what it returns
(pid = Rules.manager(m, self()); Rules.tell(pid, fn _ -> throw(:remove_handler) end); :gen_event.which_handlers(pid))
# => []

# ---- taking them away

# by name
(pid = Rules.manager(m, self()); {:gen_event.delete_handler(pid, m, :enough), Rules.messages(), :gen_event.which_handlers(pid)})
# => {{:last, false}, [terminate: :enough], []}

# one that is not there
(pid = Rules.manager(); :gen_event.delete_handler(pid, m, :enough))
# => {:error, :module_not_found}

# one for another
(pid = Rules.manager(m, self()); me = self(); {:gen_event.swap_handler(pid, {m, :out}, {{m, 2}, fn taken -> send(me, {:taken, taken}); {:ok, me} end}), Rules.messages(), :gen_event.which_handlers(pid) == [{m, 2}]})
# => {:ok, [terminate: :out, taken: {:last, false}], true}

# one for nobody
(pid = Rules.manager(); me = self(); {:gen_event.swap_handler(pid, {m, :out}, {{m, 2}, fn taken -> send(me, {:taken, taken}); {:ok, me} end}), Rules.messages()})
# => {:ok, [taken: :error]}

# ---- who added them

# is told when they go
(pid = Rules.manager(); :gen_event.add_sup_handler(pid, m, self()); Rules.tell(pid, fn _ -> :remove_handler end); Rules.messages() |> Enum.map(fn {tag, what, why} when what == m -> {tag, why}; {tag, true, why} -> {tag, why}; other -> other end))
# => [terminate: :remove_handler, gen_event_EXIT: :normal]

# and when they are taken away
(pid = Rules.manager(); :gen_event.add_sup_handler(pid, m, self()); :gen_event.delete_handler(pid, m, :enough); Rules.messages() |> Enum.map(fn {tag, what, why} when what == m -> {tag, why}; {tag, true, why} -> {tag, why}; other -> other end))
# => [terminate: :enough, gen_event_EXIT: :normal]

# when they fail
(pid = Rules.manager(); :gen_event.add_sup_handler(pid, m, self()); Rules.tell(pid, fn _ -> raise("oops") end); Rules.messages() |> Enum.map(fn {tag, what, why} when what == m -> {tag, why}; {tag, true, why} -> {tag, why}; _ -> :terminate end))
# => [:terminate, {:gen_event_EXIT, {:EXIT, RuntimeError}}]

# they go with who added them
(pid = Rules.manager(); me = self(); spawn(fn -> :gen_event.add_sup_handler(pid, m, me) end); Process.sleep(5); {Rules.messages(), :gen_event.which_handlers(pid)})
# => {[terminate: {:stop, :normal}], []}

# and not where they are only added
(pid = Rules.manager(); me = self(); spawn(fn -> :gen_event.add_handler(pid, m, me) end); Process.sleep(5); length(:gen_event.which_handlers(pid)))
# => 1

# ---- the manager

# its end is theirs
(pid = Rules.manager(m, self()); {:gen_event.stop(pid), Rules.messages(), Process.alive?(pid)})
# => {:ok, [terminate: :stop], false}

# by name
({:ok, _} = :gen_event.start({:local, :bus}); {:gen_event.add_handler(:bus, m, self()), :gen_event.notify(:bus, 1), Rules.messages(5), :gen_event.stop(:bus)})
# => {:ok, :ok, [event: 1], :ok}

# a name that is taken
({:ok, pid} = :gen_event.start({:local, :bus}); {:gen_event.start({:local, :bus}) == {:error, {:already_started, pid}}, :gen_event.stop(pid)})
# => {true, :ok}

# a call to nobody
(pid = Rules.manager(); :gen_event.stop(pid); try do :gen_event.call(pid, m, 1) catch :exit, {why, _} -> why end)
# => :noproc

# one who is linked takes it along
(Process.flag(:trap_exit, true); {:ok, pid} = :gen_event.start_link(); :gen_event.add_handler(pid, m, self()); spawn(fn -> Process.link(pid); exit(:oops) end); Process.sleep(5); {Process.alive?(pid), Rules.messages() |> Enum.map(fn {:info, {:EXIT, _, why}} -> {:info, why}; other -> other end)})
# => {true, [info: :oops]}
