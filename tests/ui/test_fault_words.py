"""Whose words stand in the way of a reply: the server's are called its own, ours never are."""

import pytest

from deskapp.domain.outbox_trouble import SendFault
from deskapp.ui.fault_words import fault_words


@pytest.mark.parametrize(
    ("fault", "words", "shown"),
    [
        ("", "451 4.7.1 greylisted", "The server said: 451 4.7.1 greylisted"),
        ("", "", ""),
        ("line", "timed out", "the line to it failed (timed out)."),
        ("line", "", "the line to it failed."),
        ("sign_in", "535 no", "refused the sign-in. It said: 535 no"),
        ("too_large", "39845888 > 26214400", "38.0 MB"),
        ("address", "nobody", "No mail of this server can go to nobody."),
        ("a later program's own", "550 no", "The server said: 550 no"),
    ],
)
def test_a_fault_is_told_with_its_words(fault: str, words: str, shown: str) -> None:
    assert shown in fault_words(fault, words)


def test_only_what_a_server_answered_is_called_its_words() -> None:
    told = {fault for fault in SendFault if "erver said" in fault_words(fault, "x")}
    assert told == {SendFault.ANSWER}
    assert all(fault_words(fault, "x") for fault in SendFault)
