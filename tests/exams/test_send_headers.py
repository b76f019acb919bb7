"""2 000 hostile strings through every field of a mail that leaves: no header but those built."""

from collections.abc import Callable

from tests.mail.hostile_headers import FIELDS, hostile_strings, smuggled


def test_header_lists_are_exactly_as_built(tell: Callable[[str], None]) -> None:
    strings = list(hostile_strings(2000))
    found = {
        (field, bad): wrong
        for field in FIELDS
        for bad in strings
        if (wrong := smuggled(field, bad))
    }
    tell(f"{len(strings)} strings through {len(FIELDS)} fields: {len(found)} wrong")
    assert found == {}
