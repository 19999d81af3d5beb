# Reads pairs of a text and the formatter's options, and writes each text formatted: empty when it is no Elixir.
[input, output] = System.argv()

format = fn [text, options] ->
  {options, _} = Code.eval_string(options)

  try do
    text |> Code.format_string!(options) |> IO.iodata_to_binary()
  rescue
    _ -> ""
  end
end

input
|> File.read!()
|> JSON.decode!()
|> Enum.map(&(&1 ++ [format.(&1)]))
|> JSON.encode!()
|> then(&File.write!(output, &1))
