1_000_000 + 1
0xFF
0b1010
0o17
?a
?\n
1.0e10
1.0e-5
123456789012345678901234567890 * 2
7 / 2
div(7, 2)
rem(-7, 2)
Integer.mod(-7, 2)
Integer.floor_div(-7, 2)
10 / 5
1 / 0
div(1, 0)
rem(1, 0)
1 + "2"
"1" + 2
1 + nil
-5
- 5 + 3
abs(-5)
round(3.5)
round(-3.5)
trunc(-3.9)
floor(-3.1)
ceil(3.1)
max(1, 2.0)
1 == 1.0
1 === 1.0
1 != 1.0
1 < :atom
:atom < "string"
true and 1
1 and true
nil && 1
false || :default
!nil
not 1
not true
nil or true
true xor false
2 ** 10
2 ** -1
2 ** 0.5
Integer.pow(2, 100)
Integer.pow(2, -1)
Integer.digits(1234)
Integer.undigits([1, 2, 3])
Integer.gcd(12, 18)
Integer.parse("12abc")
Integer.parse("abc")
Integer.to_string(255, 16)
String.to_integer("ff", 16)
String.to_integer("x1")
Float.parse("1.5e3xyz")
Float.round(3.14159, 2)
Float.ceil(1.234, 1)
Float.ratio(0.75)
Float.to_string(0.1)
0.1 + 0.2
1.0e308 * 10
:math.sqrt(16)
:math.sqrt(-1)
:math.pi()
:math.log(0)
:math.pow(2, 3)
1.0
100000000000000000000.0
123456.789
1.0e16
1.0e15
0.0001
0.00001
-0.0
is_integer(1)
is_number(1.5)
is_float(1)
import Bitwise
5 &&& 3
5 ||| 3
bxor(5, 3)
1 <<< 10
1024 >>> 2
~~~5
5 in 1..10
5 not in [1, 2]
"a" <> "b"
[1] ++ [2] -- [1]
1..10//3
Enum.to_list(10..1//-3)
1 |> Kernel.+(2) |> to_string
i 5
i 1.5
String.to_float("1")
String.to_float("1.0e3")
Float.floor(1)
is_integer("a") and true
Integer.to_charlist(42)
Integer.is_odd(3)
require Integer
Integer.is_odd(3)
1 = 2
x = 5
x + y
trunc("a")
round(:a)
abs("x")
