from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyex.terms.numbers import float_to_inspected, float_to_string, integer_to_string


@pytest.mark.parametrize(
    ("value", "text", "inspected"),
    [
        (1e10, "1.0e10", "10000000000.0"),
        (1000.0, "1.0e3", "1000.0"),
        (100.0, "100.0", "100.0"),
        (123456789012345.0, "123456789012345.0", "123456789012345.0"),
        (9.5e15, "9.5e15", "9500000000000000.0"),
        (1e16, "1.0e16", "1.0e16"),
        (0.0001234, "1.234e-4", "1.234e-4"),
        (0.0001, "0.0001", "0.0001"),
        (5e-324, "5.0e-324", "5.0e-324"),
    ],
)
def test_floats_are_written_in_both_forms(value: float, text: str, inspected: str) -> None:
    assert (float_to_string(value), float_to_inspected(value)) == (text, inspected)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_reads_back_from_its_text(value: float) -> None:
    assert float(float_to_string(value)) == value
    assert float(float_to_inspected(value)) == value


@given(st.integers(), st.integers(2, 36))
def test_an_integer_reads_back_from_its_text_in_every_base(value: int, base: int) -> None:
    text = integer_to_string(value, base).replace("0b", "").replace("0o", "").replace("0x", "")
    assert int(text, base) == value
