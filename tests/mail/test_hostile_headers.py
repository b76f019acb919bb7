"""Nothing that anybody wrote becomes a header of its own; 2 000 of these run in the exam."""

import pytest

from .hostile_headers import FIELDS, hostile_strings, smuggled


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_no_string_smuggles_a_header_in(field: str) -> None:
    found = {bad: wrong for bad in hostile_strings(200) if (wrong := smuggled(field, bad))}
    assert found == {}
