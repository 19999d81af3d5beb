~D[2024-02-30]
~D[2024-02-29]
~D[2024-2-9]
~T[25:00:00]
~N[2024-01-01 10:00:00]
~U[2024-01-01 10:00:00]
~U[2024-01-01 10:00:00Z]
d = ~D[2024-01-31]
Date.add(d, 1)
Date.add(d, "1")
Date.add("2024-01-01", 1)
Date.shift(d, month: 1)
Date.shift(d, months: 1)
Date.shift(d, hour: 1)
Date.diff(~D[2024-03-01], d)
Date.diff(d, 5)
Date.new(2024, 13, 1)
Date.new!(2024, 13, 1)
Date.from_iso8601("2024-13-01")
Date.from_iso8601!("2024-13-01")
Date.from_iso8601("hello")
Date.compare(d, ~D[2024-02-01])
d < ~D[2024-02-01]
d == ~D[2024-01-31]
Date.before?(d, ~D[2025-01-01])
Date.day_of_week(d)
Date.day_of_week(d, :sunday)
Date.day_of_week(d, :foo)
Date.beginning_of_week(d)
Date.end_of_month(d)
Date.leap_year?(d)
Date.leap_year?(2024)
Date.range(d, ~D[2024-02-03])
Date.range(d, ~D[2024-02-03]) |> Enum.to_list
Date.range(~D[2024-02-03], d)
Enum.count(Date.range(d, ~D[2024-02-03]))
Date.range(d, ~D[2024-02-13], 5) |> Enum.map(& &1.day)
Time.new(10, 60, 0)
Time.add(~T[10:00:00], 3600)
Time.add(~T[10:00:00], 1, :hour)
Time.add(~T[10:00:00], 1, :hours)
Time.diff(~T[10:00:00], ~T[09:00:00], :minute)
Time.truncate(~T[10:00:00.123456], :millisecond)
Time.truncate(~T[10:00:00.123456], :millis)
NaiveDateTime.new(2024, 1, 1, 0, 0, 0)
NaiveDateTime.add(~N[2024-01-01 00:00:00], -1)
NaiveDateTime.diff(~N[2024-01-01 00:00:00], ~N[2023-01-01 00:00:00], :day)
NaiveDateTime.to_date(~N[2024-01-01 00:00:00])
NaiveDateTime.from_iso8601("2024-01-01T00:00")
DateTime.from_unix(0)
DateTime.from_unix!(1_700_000_000, :millisecond)
DateTime.from_unix(10**20)
DateTime.from_naive(~N[2024-01-01 00:00:00], "Europe/Paris")
DateTime.from_naive!(~N[2024-01-01 00:00:00], "Europe/Paris")
DateTime.shift_zone(~U[2024-01-01 10:00:00Z], "America/New_York")
DateTime.shift_zone!(~U[2024-01-01 10:00:00Z], "America/New_York")
DateTime.to_iso8601(~U[2024-01-01 10:00:00Z])
DateTime.from_iso8601("2024-01-01T10:00:00+02:00")
DateTime.from_iso8601("2024-01-01T10:00:00")
DateTime.diff(~U[2024-01-01 10:00:00Z], ~U[2024-01-01 09:00:00Z])
DateTime.diff(~U[2024-01-01 10:00:00Z], ~N[2024-01-01 09:00:00])
Calendar.strftime(~D[2024-01-05], "%d/%m/%y %A %B %j")
Calendar.strftime(~D[2024-01-05], "%H:%M")
Calendar.strftime(~N[2024-01-05 13:04:05], "%I:%M:%S %p %q")
Calendar.strftime(~N[2024-01-05 13:04:05], "%k")
Calendar.strftime(~U[2024-01-05 13:04:05Z], "%c %x %X %Z %z")
Calendar.strftime(~D[2024-01-05], "%Q")
Duration.new(hour: 1)
Duration.new!(hour: 1, minute: 30)
Duration.new!(hours: 1)
Duration.new!(hour: 1.5)
Duration.from_iso8601("P1Y2M3DT4H5M6.7S")
Duration.from_iso8601!("P1Z")
Duration.to_iso8601(Duration.new!(week: 3))
Duration.add(Duration.new!(hour: 1), Duration.new!(day: 2))
Duration.multiply(Duration.new!(hour: 1), 3)
Duration.negate(Duration.new!(hour: 1))
%{d | day: 5}
%{d | dayy: 5}
d.foo
d[:day]
is_struct(d, Date)
Map.from_struct(d)
%Date{year: 2024}
Date.to_string(d)
"Today: #{d}"
inspect(d)
Date.to_gregorian_days(d)
Date.quarter_of_year(d)
Date.months_in_year(d)
~D[2024-01-01]..~D[2024-01-03]
Enum.sort([~D[2024-02-01], ~D[2023-05-01]], Date)
Enum.max([~D[2024-02-01], ~D[2023-05-01]], Date)
Enum.sort([~D[2024-02-01], ~D[2023-05-01]], {:desc, Date})
Date.utc_today() |> is_struct(Date)
DateTime.utc_now().time_zone
DateTime.now("Europe/Rome")
DateTime.now!("Europe/Rome")
Time.utc_now() |> Map.keys
Date.compare(~D[2024-01-01], "x")
System.convert_time_unit(1, :second, :millisecond)
:calendar.day_of_the_week(2024, 1, 1)
:calendar.valid_date({2024, 2, 30})
Time.from_iso8601("24:00:00")
Time.compare(~T[10:00:00], ~T[10:00:00.000])
~T[10:00:00] == ~T[10:00:00.000]
~D"2024-01-01"
