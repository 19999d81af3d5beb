re = ~r/(?<year>\d{4})-(?<month>\d\d)/
Regex.match?(re, "2024-05")
Regex.run(re, "on 2024-05-06")
Regex.named_captures(re, "on 2024-05-06")
Regex.scan(~r/\w+/, "a few words")
Regex.replace(~r/\s+/, "a   b", " ")
Regex.split(~r/[,;]/, "a,b;c")
"hello" =~ ~r/^h/
re.source
Regex.source(re)
Regex.opts(~r/x/im)
Regex.compile("(")
Regex.compile!("(")
Regex.compile!("[a-z")
Regex.compile("a", "iz")
~r/a/z
String.replace("2024-05", re, "\\2/\\1")
String.replace("john", ~r/^./, &String.upcase/1)
String.match?("abc", ~r/B/i)
case "v1.2" do
  "v" <> v -> v
end
Regex.escape("1+1=2?")
inspect(re)
Regex.names(re)
Regex.run(~r/x/, "abc")
Regex.run(~r/b(c)?/, "ab", return: :index)
Regex.recompile!(re) == re
%Regex{} = re
is_struct(re, Regex)
with [_, y] <- Regex.run(~r/(\d+)/, "abc 12"), {n, ""} <- Integer.parse(y), do: n * 2
Regex.replace(~r/(\d+)/, "a1b22", fn _, d -> "<#{String.to_integer(d) * 2}>" end)
Regex.split(~r/(\d)/, "a1b2c", include_captures: true)
~r{/path/(\w+)} |> Regex.run("/path/foo")
~r"quoted"
