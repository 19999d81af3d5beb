1..10 |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.map(&(&1 * &1)) |> Enum.sum()
1..3 |> Stream.map(&(&1 * 2))
1..100_000 |> Stream.map(&(&1 * 3)) |> Stream.filter(&(rem(&1, 2) != 0)) |> Enum.sum()
stream = Stream.cycle([1, 2, 3])
Enum.take(stream, 10)
Stream.unfold("hełło", &String.next_codepoint/1)
Stream.unfold("hełło", &String.next_codepoint/1) |> Enum.take(3)
Stream.iterate(1, &(&1 * 2)) |> Enum.take(5)
Stream.repeatedly(fn -> 1 end) |> Enum.take(2)
Stream.resource(fn -> 1 end, fn 4 -> {:halt, 4}; n -> {[n], n + 1} end, fn _ -> IO.puts("closed") end) |> Enum.to_list()
Stream.chunk_every(1..5, 2) |> Enum.to_list()
Stream.with_index(["a", "b"]) |> Enum.to_list()
Stream.zip(1..3, [:a, :b]) |> Enum.to_list()
Stream.take_while(1..10, &(&1 < 4)) |> Enum.to_list()
Stream.dedup([1, 1, 2]) |> Enum.to_list()
Stream.flat_map([1, 2], &[&1, &1]) |> Enum.to_list()
Stream.transform(1..5, 0, fn x, acc -> {[x + acc], x + acc} end) |> Enum.to_list()
Stream.scan(1..5, &(&1 + &2)) |> Enum.to_list()
Stream.concat([1], [2]) |> Enum.to_list()
Stream.reject(1..4, &(&1 > 2))
Stream.interval(10) |> Enum.take(3)
Stream.run(Stream.each([1, 2], &IO.inspect/1))
"Elixir rocks" |> String.upcase() |> String.split()
"elixir" |> String.ends_with?("ixir")
[1, [2], 3] |> List.flatten() |> Enum.map(fn x -> x * 2 end)
5 |> Kernel.+(1) |> then(&(&1 * 2))
5 |> tap(&IO.puts/1) |> to_string()
1 |> fn x -> x end
1 |> (fn x -> x + 1 end).()
1 |> 2
"a" |> String.upcase |> IO.inspect(label: "up")
[1, 2, 3] |> IO.inspect(label: "before") |> Enum.map(&(&1 * 2)) |> IO.inspect(label: "after") |> Enum.sum
Enum.zip_with([[1, 2], [3, 4]], fn [a, b] -> a + b end)
Enum.chunk_by([1, 1, 2, 3, 3], &(&1))
Enum.reduce([], fn a, b -> a + b end)
Enum.map(5, & &1)
Enum.sum(["a"])
Enum.max([])
Enum.each([1], &IO.puts/1)
1 |> IO.inspect |> dbg
[1, 2] |> Enum.map(&(&1 + 1)) |> dbg()
dbg(1 + 2)
File.stream!("nope.txt")
File.stream!("nope.txt") |> Enum.to_list()
Enum.random([1])
Stream.map([1], & &1).enum
range = 1..3
range.first
Range.size(1..10)
1..3 |> Enum.to_list |> inspect
i 1..3
for <<c <- "hello">>, c != ?l, into: "", do: <<c>>
for x <- 1..3, rem(x, 2) == 1, do: x
for {:ok, v} <- [ok: 1, error: 2], do: v
for x <- [1, 2, 2], uniq: true, do: x
for x <- 1..3, reduce: 0 do
  acc -> acc + x
end
Enum.with_index([:a, :b], 1)
Enum.split_with(1..5, &(&1 > 2))
Enum.min_max([3, 1, 2])
Enum.sort_by(["aaa", "b"], &String.length/1)
Enum.sort([3, 1, 2], :desc)
Enum.uniq_by([{1, :a}, {1, :b}], &elem(&1, 0))
Enum.join([1, 2], "-")
Enum.map_join([1, 2], ", ", &(&1 * 2))
Enum.find([1, 2], &(&1 > 5))
Enum.at([1], 3, :none)
Enum.slice(1..10, 2..4)
Enum.reverse("abc")
Enum.scan(1..4, &*/2)
Enum.flat_map_reduce(1..3, 0, fn x, acc -> {[x], acc + x} end)
Enum.unzip(a: 1, b: 2)
