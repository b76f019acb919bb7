"""Status codes of mail servers as sentences."""

import pytest

from deskapp.ui.delivery_status import status_words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("5.1.1", "Nobody has this address there."),
        ("4.2.2", "Their mailbox is full."),
        ("5.7.26", "Our domain could not be proven: neither SPF nor DKIM passed."),
        ("5.1.10", "Their domain takes no mail at all."),
        ("5.07.001", "Their server takes no mail from us: as spam, or we are blocked."),
        ("5.4.316", "The way to their mail server is disturbed."),  # a vendor's own detail
        ("5.0.0", ""),
        ("5.99.1", ""),
        ("user unknown", ""),
        ("", ""),
    ],
)
def test_a_code_is_a_sentence_or_says_nothing(code: str, words: str) -> None:
    assert status_words(code) == words
