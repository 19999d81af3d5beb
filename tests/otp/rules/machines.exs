defmodule Rules do
  def start(m, f), do: short(:gen_statem.start(m, f, []))

  def machine(m, actions \\ []) do
    {:ok, pid} = :gen_statem.start(m, fn -> {:ok, :a, [], actions} end, [])
    pid
  end

  def tell(pid, f), do: :gen_statem.cast(pid, {:do, f})

  def ask(pid, f) do
    :gen_statem.call(pid, {:do, f}, 100)
  catch
    :exit, {reason, _} -> {:exit, short(reason)}
  end

  def seen(pid), do: :gen_statem.call(pid, :seen, 100)
  def now(pid), do: elem(seen(pid), 1)

  def short({%{__exception__: true} = error, stack}) when is_list(stack), do: error.__struct__
  def short({reason, [{m, f, _, _} | _]}) when is_atom(m) and is_atom(f), do: reason
  def short({:error, reason}), do: {:error, short(reason)}
  def short({:ok, pid}) when is_pid(pid), do: :started
  def short(other), do: other

  def messages(time \\ 0) do
    receive do
      message -> [message | messages(time)]
    after
      time -> []
    end
  end
end

defmodule Told do
  @behaviour :gen_statem
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(f), do: f.()
  def handle_event(:enter, old, state, log) when is_list(log), do: {:keep_state, [{:enter, old, state} | log]}
  def handle_event(:enter, old, state, f), do: f.(old, state)
  def handle_event({:call, from}, :seen, state, log) when is_list(log), do: {:keep_state_and_data, {:reply, from, {state, Enum.reverse(log)}}}
  def handle_event({:call, from}, :seen, state, _), do: {:keep_state_and_data, {:reply, from, {state, :none}}}
  def handle_event({:call, from}, {:do, f}, state, data), do: f.(from, state, data)
  def handle_event({:call, _}, {:later, _}, :a, _), do: {:keep_state_and_data, :postpone}
  def handle_event({:call, from}, {:later, what}, state, _), do: {:keep_state_and_data, {:reply, from, {what, state}}}
  def handle_event(:cast, {:do, f}, state, data), do: f.(state, data)
  def handle_event(:cast, {:in, wanted, _}, state, _) when wanted != state, do: {:keep_state_and_data, :postpone}
  def handle_event(kind, content, _, log), do: {:keep_state, [{kind, content} | log]}
  def terminate(reason, state, {:told, pid}), do: send(pid, {:terminate, reason, state})
  def terminate(_, _, _), do: :ok
end

# ---- how it begins

# a state and data
Rules.start(m, fn -> {:ok, :a, []} end)
# => :started

# with actions
m |> Rules.machine([{:next_event, :internal, 1}, {:next_event, :cast, 2}, {:state_timeout, 0, 3}]) |> Rules.seen()
# => {:a, [{:enter, :a, :a}, {:internal, 1}, {:cast, 2}, {:state_timeout, 3}]}

# one action without a list
m |> Rules.machine({:next_event, :info, 1}) |> Rules.now()
# => [{:enter, :a, :a}, {:info, 1}]

# it stops
Rules.start(m, fn -> {:stop, :why} end)
# => {:error, :why}

# it stops normally
Rules.start(m, fn -> {:stop, :normal} end)
# => {:error, :normal}

# it fails without a word
Rules.start(m, fn -> {:error, :why} end)
# => {:error, :why}

# it is ignored
Rules.start(m, fn -> :ignore end)
# => :ignore

# what is no answer
Rules.start(m, fn -> {:ok, :a} end)
# => {:error, {:bad_return_from_init, {:ok, :a}}}

# what is no action
Rules.start(m, fn -> {:ok, :a, [], [:postpone]} end)
# => :started

# what no action is
Rules.start(m, fn -> {:ok, :a, [], [{:odd, 1}]} end)
# => :started

# an exit
Rules.start(m, fn -> exit(:why) end)
# => {:error, :why}

# a throw is what it returns
Rules.start(m, fn -> throw({:ok, :a, []}) end)
# => :started

# an error
Rules.start(m, fn -> raise "oops" end)
# => {:error, %RuntimeError{message: "oops"}}

# ---- what a callback returns

# another state
(pid = Rules.machine(m); Rules.tell(pid, fn :a, log -> {:next_state, :b, [1 | log]} end); Rules.seen(pid))
# => {:b, [{:enter, :a, :a}, 1, {:enter, :a, :b}]}

# the same state as the next one: it is not entered again
(pid = Rules.machine(m); Rules.tell(pid, fn s, log -> {:next_state, s, [1 | log]} end); Rules.seen(pid))
# => {:a, [{:enter, :a, :a}, 1]}

# a state that is only equal in number is another one
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:next_state, 1, log} end); Rules.tell(pid, fn 1, log -> {:next_state, 1.0, log} end); Rules.seen(pid))
# => {1.0, [{:enter, :a, :a}, {:enter, :a, 1}, {:enter, 1, 1.0}]}

# any term is a state
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:next_state, {:on, %{n: 1}}, log} end); Rules.seen(pid))
# => {{:on, %{n: 1}}, [{:enter, :a, :a}, {:enter, :a, {:on, %{n: 1}}}]}

# the state is kept
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:keep_state, [1 | log]} end); Rules.seen(pid))
# => {:a, [{:enter, :a, :a}, 1]}

# state and data are kept
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> :keep_state_and_data end); Rules.seen(pid))
# => {:a, [{:enter, :a, :a}]}

# with actions
(pid = Rules.machine(m); Rules.ask(pid, fn from, _, _ -> {:keep_state_and_data, [{:reply, from, 1}]} end))
# => 1

# the state is entered again
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:repeat_state, [1 | log]} end); Rules.tell(pid, fn _, _ -> :repeat_state_and_data end); Rules.seen(pid))
# => {:a, [{:enter, :a, :a}, 1, {:enter, :a, :a}, {:enter, :a, :a}]}

# and again, with actions
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:repeat_state, log, {:next_event, :internal, 1}} end); Rules.tell(pid, fn _, _ -> {:repeat_state_and_data, [{:next_event, :internal, 2}]} end); Rules.seen(pid))
# => {:a, [{:enter, :a, :a}, {:enter, :a, :a}, {:internal, 1}, {:enter, :a, :a}, {:internal, 2}]}

# a throw is what it returns
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> throw({:next_state, :b, [1 | log]}) end); Rules.seen(pid))
# => {:b, [{:enter, :a, :a}, 1, {:enter, :a, :b}]}

# what is no answer ends it
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> :odd end))
# => {:exit, {:bad_return_from_state_function, :odd}}

# no reply that it can give
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:keep_state_and_data, [{:reply, 1, 2}]} end))
# => {:exit, {:bad_action_from_state_function, {:reply, 1, 2}}}

# an error ends it
(pid = Rules.machine(m); {Rules.ask(pid, fn _, _, _ -> raise ArgumentError end), Process.alive?(pid)})
# => {{:exit, ArgumentError}, false}

# an exit ends it
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> exit(:why) end))
# => {:exit, :why}

# ---- how it ends

# stop
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> :stop end))
# => {:exit, :normal}

# stop with a reason
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:stop, :why} end))
# => {:exit, :why}

# terminate is told of the reason, the state and the data
(pid = Rules.machine(m); me = self(); Rules.tell(pid, fn _, _ -> {:stop, :shutdown, {:told, me}} end); Rules.messages(10))
# => [{:terminate, :shutdown, :a}]

# stop and reply
(pid = Rules.machine(m); ref = Process.monitor(pid); {Rules.ask(pid, fn from, _, _ -> {:stop_and_reply, :normal, [{:reply, from, :bye}]} end), receive do {:DOWN, ^ref, _, _, why} -> why end})
# => {:bye, :normal}

# stop and reply, with other data
(pid = Rules.machine(m); me = self(); {Rules.ask(pid, fn from, _, _ -> {:stop_and_reply, :shutdown, {:reply, from, :bye}, {:told, me}} end), Rules.messages(10)})
# => {:bye, [{:terminate, :shutdown, :a}]}

# it is stopped from outside
(pid = Rules.machine(m); me = self(); Rules.ask(pid, fn from, _, _ -> {:keep_state, {:told, me}, {:reply, from, :ok}} end); {:gen_statem.stop(pid), Process.alive?(pid), Rules.messages()})
# => {:ok, false, [{:terminate, :normal, :a}]}

# with a reason
(pid = Rules.machine(m); ref = Process.monitor(pid); {:gen_statem.stop(pid, :shutdown, 100), receive do {:DOWN, ^ref, _, _, why} -> why end})
# => {:ok, :shutdown}

# who is called and gone
(pid = Rules.machine(m); :gen_statem.stop(pid); Rules.ask(pid, fn _, _, _ -> :ok end))
# => {:exit, :noproc}

# a call takes too long
(pid = Rules.machine(m); {try do :gen_statem.call(pid, {:do, fn _, _, _ -> :keep_state_and_data end}, 5) catch :exit, {why, _} -> why end, Rules.messages()})
# => {:timeout, []}

# ---- events that wait

# a postponed event comes again when the state changes
(pid = Rules.machine(m); :gen_statem.cast(pid, {:in, :b, 1}); :gen_statem.cast(pid, 2); Rules.tell(pid, fn _, log -> {:next_state, :b, log} end); Rules.seen(pid))
# => {:b, [{:enter, :a, :a}, {:cast, 2}, {:enter, :a, :b}, {:cast, {:in, :b, 1}}]}

# in the order in which they came, before what came later
(pid = Rules.machine(m); for n <- 1..3, do: :gen_statem.cast(pid, {:in, :b, n}); Rules.tell(pid, fn _, log -> {:next_state, :b, log, {:next_event, :internal, 0}} end); :gen_statem.cast(pid, 4); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :b}, {:internal, 0}, {:cast, {:in, :b, 1}}, {:cast, {:in, :b, 2}}, {:cast, {:in, :b, 3}}, {:cast, 4}]

# not when the state is kept
(pid = Rules.machine(m); :gen_statem.cast(pid, {:in, :b, 1}); Rules.tell(pid, fn _, log -> {:keep_state, log} end); Rules.tell(pid, fn s, log -> {:next_state, s, log} end); Rules.now(pid))
# => [{:enter, :a, :a}]

# when it is repeated
(pid = Rules.machine(m); :gen_statem.cast(pid, {:in, :b, 1}); Rules.tell(pid, fn _, log -> {:repeat_state, log} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :a}]

# it may be postponed again
(pid = Rules.machine(m); :gen_statem.cast(pid, {:in, :c, 1}); for s <- [:b, :c], do: Rules.tell(pid, fn _, log -> {:next_state, s, log} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :b}, {:enter, :b, :c}, {:cast, {:in, :c, 1}}]

# a call that is postponed is answered later
(pid = Rules.machine(m); me = self(); spawn(fn -> send(me, :gen_statem.call(pid, {:later, 1})) end); Process.sleep(1); Rules.tell(pid, fn _, log -> {:next_state, :b, log} end); Rules.messages(10))
# => [{1, :b}]

# postponed or not
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:keep_state, [1 | log], {:postpone, false}} end); Rules.tell(pid, fn _, log -> {:next_state, :b, log} end); Rules.now(pid))
# => [{:enter, :a, :a}, 1, {:enter, :a, :b}]

# an event that is handled and postponed is handled twice
(pid = Rules.machine(m); Rules.tell(pid, fn s, log -> {:keep_state, [s | log], {:postpone, s == :a}} end); Rules.tell(pid, fn _, log -> {:next_state, :b, log} end); Rules.now(pid))
# => [{:enter, :a, :a}, :a, {:enter, :a, :b}, :b]

# next events are handled before anything that waits, the first of them first
(pid = Rules.machine(m); :sys.suspend(pid); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, [{:next_event, :internal, 1}, {:next_event, :info, 2}]} end); :gen_statem.cast(pid, 3); :sys.resume(pid); Rules.now(pid))
# => [{:enter, :a, :a}, {:internal, 1}, {:info, 2}, {:cast, 3}]

# a next event of a next event comes at once
(pid = Rules.machine(m); f = fn _, _ -> {:keep_state_and_data, {:next_event, :internal, :deep}} end; Rules.tell(pid, fn _, _ -> {:keep_state_and_data, [{:next_event, :cast, {:do, f}}, {:next_event, :internal, 2}]} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:internal, :deep}, {:internal, 2}]

# any kind of event may be made
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, for(kind <- [:internal, :cast, :info, :timeout, :state_timeout, {:timeout, :x}], do: {:next_event, kind, 1})} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:internal, 1}, {:cast, 1}, {:info, 1}, {:timeout, 1}, {:state_timeout, 1}, {{:timeout, :x}, 1}]

# but not of a kind that is none
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:keep_state_and_data, {:next_event, :odd, 1}} end))
# => {:exit, {:bad_action_from_state_function, {:next_event, :odd, 1}}}

# a plain message is an info
(pid = Rules.machine(m); send(pid, :hello); Rules.now(pid))
# => [{:enter, :a, :a}, {:info, :hello}]

# ---- timeouts

# the timeout of an event comes when nothing else does
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:timeout, 5, :over}} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:timeout, :over}]

# a number alone is one
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, 5} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:timeout, 5}]

# any event ends it
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:timeout, 5, :over}} end); :gen_statem.cast(pid, 1); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:cast, 1}]

# one of no time comes only when nothing waits
(pid = Rules.machine(m); :sys.suspend(pid); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:timeout, 0, :over}} end); :sys.resume(pid); Process.sleep(1); Rules.now(pid))
# => [{:enter, :a, :a}, {:timeout, :over}]

# that of a state lasts as long as the state
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, 5, :over}} end); :gen_statem.cast(pid, 1); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:cast, 1}, {:state_timeout, :over}]

# a change of the state ends it
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, 5, :over}} end); Rules.tell(pid, fn _, log -> {:next_state, :b, log} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :b}]

# it is not ended by a state that is repeated
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, 5, :over}} end); Rules.tell(pid, fn _, log -> {:repeat_state, log} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :a}, {:state_timeout, :over}]

# set again it begins anew
(pid = Rules.machine(m); for {t, c} <- [{5, 1}, {8, 2}], do: Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, t, c}} end); Process.sleep(20); Rules.now(pid))
# => [{:enter, :a, :a}, {:state_timeout, 2}]

# infinity ends it
(pid = Rules.machine(m); for t <- [5, :infinity], do: Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, t, 1}} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}]

# it is cancelled
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, 5, 1}} end); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, :cancel}} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}]

# it gets another content while it runs
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, 5, 1}} end); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, :update, 2}} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:state_timeout, 2}]

# an update of what does not run comes at once
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, :update, 2}} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:state_timeout, 2}]

# a named one outlives states
(pid = Rules.machine(m); Rules.tell(pid, fn _, log -> {:next_state, :b, log, [{{:timeout, :x}, 5, 1}, {{:timeout, :y}, 3, 2}]} end); Rules.tell(pid, fn _, log -> {:next_state, :c, log} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {:enter, :a, :b}, {:enter, :b, :c}, {{:timeout, :y}, 2}, {{:timeout, :x}, 1}]

# each name has one
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, [{{:timeout, :x}, 5, 1}, {{:timeout, :x}, 3, 2}]} end); Process.sleep(10); Rules.now(pid))
# => [{:enter, :a, :a}, {{:timeout, :x}, 2}]

# at a time of the clock
(pid = Rules.machine(m); at = :erlang.monotonic_time(:millisecond) + 5; Rules.tell(pid, fn _, _ -> {:keep_state_and_data, {:state_timeout, at, 1, [abs: true]}} end); before = Rules.now(pid); Process.sleep(10); {before, Rules.now(pid)})
# => {[{:enter, :a, :a}], [{:enter, :a, :a}, {:state_timeout, 1}]}

# those of no time come in the order in which they were started, after next events
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, [{{:timeout, :x}, 0, 1}, {:state_timeout, 0, 2}, {:next_event, :internal, 3}]} end); Rules.now(pid))
# => [{:enter, :a, :a}, {:internal, 3}, {{:timeout, :x}, 1}, {:state_timeout, 2}]

# a time that is none
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:keep_state_and_data, {:state_timeout, -1, 1}} end))
# => {:exit, {:bad_action_from_state_function, {:state_timeout, -1, 1}}}

# ---- entering

# a timeout set there
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:next_state, :b, fn _, _ -> {:keep_state, [], {:state_timeout, 5, 1}} end} end); Process.sleep(10); Rules.seen(pid))
# => {:b, [state_timeout: 1]}

# no other state from there
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:next_state, :b, fn _, _ -> {:next_state, :c, []} end} end))
# => {:exit, {:bad_state_enter_return_from_state_function, {:next_state, :c, []}}}

# nothing is postponed there
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:next_state, :b, fn _, _ -> {:keep_state, [], :postpone} end} end))
# => {:exit, {:bad_state_enter_action_from_state_function, :postpone}}

# no event is made there
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:next_state, :b, fn _, _ -> {:keep_state, [], {:next_event, :internal, 1}} end} end))
# => {:exit, {:bad_state_enter_action_from_state_function, {:next_event, :internal, 1}}}

# replies are sent from there
(pid = Rules.machine(m); Rules.ask(pid, fn from, _, _ -> {:next_state, :b, fn old, new -> {:keep_state, [], {:reply, from, {old, new}}} end} end))
# => {:a, :b}

# it may stop there
(pid = Rules.machine(m); Rules.ask(pid, fn _, _, _ -> {:next_state, :b, fn _, _ -> {:stop, :why} end} end))
# => {:exit, :why}

# ---- what else it does

# several replies at once
(pid = Rules.machine(m); me = self(); for n <- 1..2, do: spawn(fn -> send(me, {n, Rules.ask(pid, fn from, _, log -> {:keep_state, [from | log]} end)}) end); Process.sleep(1); Rules.tell(pid, fn _, log -> {:keep_state, [], for({_, _} = from <- log, do: {:reply, from, :ok})} end); Enum.sort(Rules.messages(10)))
# => [{1, :ok}, {2, :ok}]

# a reply by hand
(pid = Rules.machine(m); Rules.ask(pid, fn from, _, _ -> :gen_statem.reply(from, 1); :keep_state_and_data end))
# => 1

# it sleeps until the next event
(pid = Rules.machine(m); Rules.tell(pid, fn _, _ -> {:keep_state_and_data, :hibernate} end); Process.sleep(1); {Process.info(pid, :current_function), Rules.now(pid)})
# => {{:current_function, {:erlang, :hibernate, 3}}, [{:enter, :a, :a}]}

# a signal of who is linked is a message to one that traps it
(pid = Rules.machine(m); Rules.ask(pid, fn from, _, _ -> {:keep_state_and_data, {:reply, from, Process.flag(:trap_exit, true)}} end); other = spawn(fn -> Process.link(pid); exit(:why) end); Process.sleep(1); Rules.now(pid) == [{:enter, :a, :a}, {:info, {:EXIT, other, :why}}])
# => true

# :sys sees state and data
(pid = Rules.machine(m); :sys.get_state(pid))
# => {:a, [{:enter, :a, :a}]}

# and replaces them
(pid = Rules.machine(m); {:sys.replace_state(pid, fn {:a, _} -> {:b, []} end), Rules.seen(pid)})
# => {{:b, []}, {:b, []}}

# by name
({:ok, _} = :gen_statem.start({:local, :named}, m, fn -> {:ok, :a, []} end, []); {elem(Rules.seen(:named), 0), :gen_statem.stop(:named), Process.whereis(:named)})
# => {:a, :ok, nil}

# a name that is taken
({:ok, pid} = :gen_statem.start({:local, :taken}, m, fn -> {:ok, :a, []} end, []); {:gen_statem.start({:local, :taken}, m, fn -> {:ok, :a, []} end, []) == {:error, {:already_started, pid}}, :gen_statem.stop(pid)})
# => {true, :ok}

# ---- requests that are waited for later

# an answer
(pid = Rules.machine(m); id = :gen_statem.send_request(pid, {:do, fn from, _, _ -> {:keep_state_and_data, {:reply, from, 1}} end}); :gen_statem.receive_response(id, 100))
# => {:reply, 1}

# no answer in time; it is dropped when it comes
(pid = Rules.machine(m); id = :gen_statem.send_request(pid, {:do, fn from, _, _ -> Process.sleep(5); {:keep_state_and_data, {:reply, from, 1}} end}); {:gen_statem.receive_response(id, 0), Rules.messages(10)})
# => {:timeout, []}

# one may go on waiting
(pid = Rules.machine(m); id = :gen_statem.send_request(pid, {:do, fn from, _, _ -> Process.sleep(5); {:keep_state_and_data, {:reply, from, 1}} end}); {:gen_statem.wait_response(id, 0), :gen_statem.wait_response(id, 100)})
# => {:timeout, {:reply, 1}}

# the end of the machine is an answer
(pid = Rules.machine(m); id = :gen_statem.send_request(pid, {:do, fn _, _, _ -> {:stop, :why} end}); {:error, {why, from}} = :gen_statem.receive_response(id, 100); {why, from == pid})
# => {:why, true}

# several of them, with labels
(pid = Rules.machine(m); f = fn from, _, log -> {:keep_state, log, {:reply, from, 1}} end; c = :gen_statem.send_request(pid, {:do, f}, :b, :gen_statem.send_request(pid, {:do, f}, :a, :gen_statem.reqids_new())); {:reply, 1} |> then(fn one -> {^one, :a, c} = :gen_statem.receive_response(c, 100, true); {^one, :b, c} = :gen_statem.wait_response(c, 100, true); {:gen_statem.reqids_size(c), :gen_statem.receive_response(c, 100, true)} end))
# => {0, :no_request}
