"""User code and inspection: implementations, derived ones, algebra, exceptions."""

from __future__ import annotations

from tests.conftest import Iex

MONEY = """
defmodule TermsTest.Money do
defstruct amount: 0, currency: :eur
defimpl Inspect do
import Inspect.Algebra
def inspect(money, opts), do: concat(["#Money<", to_doc(money.amount, opts), " ", to_string(money.currency), ">"])
end
end
"""



def test_a_users_implementation_is_asked_also_inside_other_terms(iex: Iex) -> None:
    shown = iex(MONEY + "[%TermsTest.Money{amount: 3}, 1]")
    assert shown.endswith("[#Money<3 eur>, 1]")


def test_structs_false_shows_the_plain_map(iex: Iex) -> None:
    shown = iex(MONEY + "inspect(%TermsTest.Money{}, structs: false)")
    assert shown.endswith('"%{currency: :eur, __struct__: TermsTest.Money, amount: 0}"')


def test_a_derived_implementation_hides_fields(iex: Iex) -> None:
    shown = iex(
        "defmodule TermsTest.Secret do\n@derive {Inspect, only: [:login]}\ndefstruct [:login, :password]\nend\n"
        '%TermsTest.Secret{login: "ann", password: "x"}'
    )
    assert shown.endswith('#TermsTest.Secret<login: "ann", ...>')


def test_fields_are_shown_in_order_of_definition(iex: Iex) -> None:
    shown = iex("defmodule TermsTest.Point do\ndefstruct [:y, :x]\nend\n%TermsTest.Point{x: 1}")
    assert shown.endswith("%TermsTest.Point{y: nil, x: 1}")


def test_a_failing_implementation_is_told_inside_the_value(iex: Iex) -> None:
    shown = iex(
        "defmodule TermsTest.Bad do\ndefstruct a: 0\ndefimpl Inspect do\ndef inspect(_bad, _opts), do: raise(\"oops\")\nend\nend\n"
        "%TermsTest.Bad{}"
    )
    assert "#Inspect.Error<\n  got RuntimeError with message:\n\n      \"\"\"\n      oops\n      \"\"\"\n" in shown


def test_an_inspect_fun_is_asked_for_every_term(iex: Iex) -> None:
    assert iex('inspect([1, 2], inspect_fun: fn 1, _ -> "one"; term, opts -> Inspect.inspect(term, opts) end)') == (
        '"[one, 2]"'
    )


def test_containers_of_users_are_laid_out(iex: Iex) -> None:
    shown = iex(
        "import Inspect.Algebra\n"
        'doc = container_doc("[", [1, 2], "]", %Inspect.Opts{}, fn i, _ -> to_string(i) end)\n'
        "doc |> format(80) |> IO.iodata_to_binary()"
    )
    assert shown.endswith('"[1, 2]"')


def test_an_exceptions_own_message_is_asked(iex: Iex) -> None:
    shown = iex(
        'defmodule TermsTest.Failure do\ndefexception [:code]\ndef message(error), do: "code #{error.code}"\nend\n'
        "raise TermsTest.Failure, code: 5"
    )
    assert "** (TermsTest.Failure) code 5" in shown
