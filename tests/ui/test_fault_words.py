"""Whose words stand in the way of a reply: the server's are called its own, ours never are."""

import pytest

from deskapp.domain.outbox_trouble import LINE_FAULTS, SendFault, told
from deskapp.ui.fault_words import fault_words, raw_words


@pytest.mark.parametrize(
    ("fault", "words", "shown"),
    [
        ("", "451 4.7.1 greylisted", "The server said: 451 4.7.1 greylisted"),
        ("", "", ""),
        ("line", "reset by peer", "the line to it failed."),
        ("line_refused", "[Errno 111] Connection refused", "takes no connections"),
        ("line_unreachable", "[Errno 101] Network is unreachable", "no way to the mail server"),
        ("line_silent", "timed out", "did not answer in time"),
        ("line_no_name", "Name or service not known", "name was not found"),
        ("sign_in", "535 no", "refused the sign-in. It said: 535 no"),
        ("too_large", "39845888 > 26214400", "38.0 MB"),
        ("address", "nobody", "No mail of this server can go to nobody."),
        ("a later program's own", "550 no", "The server said: 550 no"),
    ],
)
def test_a_fault_is_told_with_its_words(fault: str, words: str, shown: str) -> None:
    assert shown in fault_words(fault, words)


def test_what_the_computer_said_of_a_line_is_no_sentence_and_stays_at_hand() -> None:
    for fault in LINE_FAULTS:
        assert "Errno" not in fault_words(fault, "[Errno 111] refused")
        assert raw_words(fault, "[Errno 111] refused") == "[Errno 111] refused"
        assert told(fault, "[Errno 111] refused") == "line: [Errno 111] refused"
    assert raw_words("", "550 no") == ""  # told already


def test_only_what_a_server_answered_is_called_its_words() -> None:
    told = {fault for fault in SendFault if "erver said" in fault_words(fault, "x")}
    assert told == {SendFault.ANSWER}
    assert all(fault_words(fault, "x") for fault in SendFault)
