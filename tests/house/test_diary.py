"""The diary says where a fault happened, and not one word of the mail it happened on."""

import logging
import sys

from deskapp.logs import QuietFormatter

CANARY = "Kanarienvogel 訂單"


def _fails() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError as inner:
        raise ValueError(f"cannot file {CANARY}") from inner


def test_a_fault_is_written_with_its_places_and_without_its_words() -> None:
    try:
        _fails()
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "a fault", (), sys.exc_info())
    written = QuietFormatter("%(message)s").format(record)
    assert CANARY not in written
    assert written.startswith("a fault\nValueError\n") and "KeyError" in written
    assert "in _fails" in written
