name = "Zoë"
String.length(name)
byte_size(name)
String.upcase(name) |> String.reverse()
String.split("one two  three", " ")
String.split("a-b_c", ["-", "_"])
for <<c <- "hey">>, do: c + 1
for <<c::utf8 <- "héy">>, do: c
"héllo" |> String.graphemes() |> Enum.frequencies()
<<h::utf8, rest::binary>> = "élan"
h
rest
String.codepoints("noe\u0308l")
String.graphemes("noe\u0308l")
String.normalize("noe\u0308l", :nfc) == "noël"
?é
<<233::utf8>>
"abc" <> <<0>>
"a\tb"
IO.puts "a\tb"
~s(he said "hi")
~S(no #{interp} \n)
"""
heredoc
  indented
"""
'charlist'
~c"charlist"
"abc" =~ "b"
"foo bar" |> String.split() |> Enum.map(&String.capitalize/1) |> Enum.join(" ")
String.replace("a,b,c", ",", &"<#{&1}>")
String.slice("elixir", 1..3)
String.slice("elixir", -3..-1)
String.at("elixir", 0)
String.pad_leading("7", 3, "0")
String.jaro_distance("elixir", "elxir")
String.to_integer("42") + 1
String.to_integer("4x")
Integer.parse("42abc")
Float.parse("3.14pi")
"1" + 1
"a" <> 1
"#{1 + 1} and #{[1, 2]} and #{:a}"
"#{%{a: 1}}"
String.trim("  x  ")
String.myers_difference("kitten", "sitting")
String.valid?(<<0xFF>>)
String.printable?("a\x01")
inspect("a\x01b\u200b")
inspect("é", binaries: :as_binaries)
String.chunk("ab\xFFcd", :valid)
