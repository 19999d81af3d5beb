"""String.Chars and List.Chars, for values of the library and for those that a user implements them for."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


@pytest.mark.parametrize(("protocol", "function"), [("String.Chars", "to_string"), ("List.Chars", "to_charlist")])
def test_a_users_implementation_for_tuples_is_found(iex: Iex, protocol: str, function: str) -> None:
    shown = iex(f"""
defimpl {protocol}, for: Tuple do def {function}(tuple), do: tuple |> elem(0) |> {protocol}.{function}() end; :defined
{{{protocol}.impl_for({{1}}), {function}({{1}}) == {function}(1)}}
""")
    assert shown == f":defined\n{{{protocol}.Tuple, true}}"


@pytest.mark.parametrize(
    ("value", "implementation"),
    [("1", "Integer"), ("nil", "Atom"), ("<<1::1>>", "BitString"), ("[]", "List"), ("1.5", "Float")],
)
def test_plain_values_have_the_librarys_implementation(iex: Iex, value: str, implementation: str) -> None:
    shown = iex(f"{{String.Chars.impl_for({value}), List.Chars.impl_for({value})}}")
    assert shown == f"{{String.Chars.{implementation}, List.Chars.{implementation}}}"


def test_what_nobody_implements_them_for_has_none(iex: Iex) -> None:
    assert iex("{String.Chars.impl_for(self()), List.Chars.impl_for(%{})}") == "{nil, nil}"


def test_a_function_of_another_arity_is_no_enumerable(iex: Iex) -> None:
    assert "only anonymous functions of arity 2 are enumerable" in iex("Enum.count(&hd/1)")
