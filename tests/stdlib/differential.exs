# Shows what an expression gives: its value, or the text of its error with the arguments that no clause took.
defmodule Differential do
  def show(expression) do
    {value, _} = Code.eval_string(expression)
    inspect(value, limit: :infinity, printable_limit: :infinity, width: 100_000)
  catch
    :error, reason ->
      {error, _} = Exception.blame(:error, reason, __STACKTRACE__)
      [message | _] = String.split(Exception.message(error), "\nAttempted function clauses")
      inspect({error.__struct__, message}, printable_limit: :infinity, width: 100_000)

    kind, reason ->
      inspect({kind, reason}, width: 100_000)
  end
end
