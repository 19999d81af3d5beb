self()
spawn(fn -> 1 + 2 end) |> is_pid()
pid = spawn(fn -> :ok end)
Process.alive?(pid)
send(self(), {:hello, "world"})
receive do
  {:hello, msg} -> msg
  {:world, _msg} -> "won't match"
end
receive do
  {:hello, msg} -> msg
after
  10 -> "nothing after"
end
parent = self()
spawn(fn -> send(parent, {:hi, self()}) end) |> is_pid()
receive do
  {:hi, pid} when is_pid(pid) -> "Got hello"
end
send(self(), :a)
send(self(), :b)
flush()
flush()
spawn(fn -> raise "oops" end)
#! sleep 0.3
spawn(fn -> 1 / 0 end)
#! sleep 0.3
spawn(fn -> exit(:quiet) end)
spawn(fn -> throw(:ball) end)
#! sleep 0.3
spawn_link(fn -> raise "linked" end)
#! sleep 0.3
spawn_link(fn -> exit(:reason) end)
#! sleep 0.3
Process.flag(:trap_exit, true)
spawn_link(fn -> exit(:reason) end)
flush()
Process.flag(:trap_exit, false)
{pid, ref} = spawn_monitor(fn -> exit(:boom) end)
flush()
Process.monitor(spawn(fn -> :ok end))
flush()
ref = Process.monitor(:no_such_name)
flush()
task = Task.async(fn -> 21 * 2 end)
Task.await(task)
Task.async(fn -> Process.sleep(1000) end) |> Task.await(10)
#! sleep 0.3
Task.yield(Task.async(fn -> Process.sleep(1000) end), 10)
[1, 2, 3] |> Task.async_stream(&(&1 * 2)) |> Enum.to_list()
Task.await_many([Task.async(fn -> 1 end), Task.async(fn -> 2 end)])
Task.start(fn -> raise "in task" end)
#! sleep 0.3
Task.async(fn -> raise "in async" end)
#! sleep 0.3
{:ok, pid} = Task.Supervisor.start_link()
Task.Supervisor.async(pid, fn -> :done end) |> Task.await()
Task.Supervisor.async_nolink(pid, fn -> raise "nolink" end) |> Task.yield()
Task.Supervisor.children(pid)
Process.register(self(), :shell)
Process.whereis(:shell)
send(:shell, :hi)
flush()
send(:nobody, :hi)
Process.register(self(), :shell)
Process.unregister(:shell)
Process.exit(self(), :kill)
#! sleep 0.3
Process.put(:k, 1)
Process.get(:k)
Process.send_after(self(), :tick, 20)
#! sleep 0.1
flush()
Process.info(self(), :message_queue_len)
Process.exit(spawn(fn -> Process.sleep(5000) end), :kill)
defmodule KV do
  def start_link, do: Task.start_link(fn -> loop(%{}) end)
  defp loop(map) do
    receive do
      {:get, key, caller} ->
        send(caller, Map.get(map, key))
        loop(map)
      {:put, key, value} -> loop(Map.put(map, key, value))
    end
  end
end
{:ok, pid} = KV.start_link()
send(pid, {:get, :hello, self()})
flush()
send(pid, {:put, :hello, :world})
send(pid, {:get, :hello, self()})
flush()
{:ok, pid} = Agent.start_link(fn -> %{} end)
Agent.update(pid, fn map -> Map.put(map, :hello, :world) end)
Agent.get(pid, fn map -> Map.get(map, :hello) end)
i self()
node()
Node.self()
Task.async(fn -> 1 end).ref |> is_reference()
t = Task.async(fn -> 1 end)
Task.shutdown(t)
Task.completed({:ok, 1}) |> Task.await()
exit(:kill)
receive do
after
  0 -> :empty
end
