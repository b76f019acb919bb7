"""How many cards a conversation needs for its first paint; the others are made after it."""

from collections.abc import Sequence

from .message_card import MessageCard

AT_ONCE = 6
"""More than any screen shows."""

_AT_LEAST = 2
_FRAME = 50  # pixels of a card beside its text, at least


def fill(cards: Sequence[MessageCard], width: int, height: int) -> bool:
    """Whether these cards, ``width`` pixels wide, surely take all of ``height``."""
    seen = sum(_FRAME + card.text.least_height(width) for card in cards)
    return len(cards) >= _AT_LEAST and seen > height
