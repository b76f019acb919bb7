"""Which signature stands below a reply."""

import pytest

from deskapp.domain.ids import AgentId, MailboxId
from deskapp.domain.signatures import Signature, choose_signature, without_gaps

ANNA, OLGA, SHOP, PRESS = AgentId(1), AgentId(2), MailboxId(1), MailboxId(2)
KNOWN = (
    Signature(None, SHOP, "", "the shop"),
    Signature(None, SHOP, "vi", "shop, tiếng Việt"),
    Signature(ANNA, None, "", "Anna"),
    Signature(ANNA, None, "zh-Hant", "安娜"),
    Signature(ANNA, PRESS, "", "Anna, press"),
    Signature(ANNA, PRESS, "zh-TW", "安娜（新聞）"),
    Signature(OLGA, None, "ru", "   "),
)


@pytest.mark.parametrize(
    ("agent", "mailbox", "language", "text"),
    [
        (ANNA, SHOP, "vi", "Anna"),
        (ANNA, SHOP, "zh-TW", "安娜"),
        (ANNA, SHOP, "zh-CN", "Anna"),
        (ANNA, PRESS, "en", "Anna, press"),
        (ANNA, PRESS, "zh-Hant", "安娜（新聞）"),
        (OLGA, SHOP, "ru", "the shop"),
        (OLGA, SHOP, "vi-VN", "shop, tiếng Việt"),
        (None, SHOP, "", "the shop"),
    ],
)
def test_the_one_made_most_closely_is_chosen(
    agent: AgentId | None, mailbox: MailboxId, language: str, text: str
) -> None:
    chosen = choose_signature(KNOWN, agent, mailbox, language)
    assert chosen is not None and chosen.text == text


def test_nobodys_signature_is_none() -> None:
    assert choose_signature(KNOWN, OLGA, PRESS, "ru") is None


def test_a_line_with_a_missing_value_is_left_out() -> None:
    text = "Anna\n⟦agent.phone⟧ office\nLotus"
    assert without_gaps(text, [(5, 18)]) == "Anna\nLotus"
    assert without_gaps("all\nthere", []) == "all\nthere"
