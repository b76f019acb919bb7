"""To whom a mail's ticket was given when it came, for who asks how the mail was filed."""

from collections.abc import Sequence
from dataclasses import replace

from .assigning import Why
from .kinds import EventKind
from .tickets import EventRow, MessageRow


def with_given(
    messages: Sequence[MessageRow], events: Sequence[EventRow]
) -> tuple[MessageRow, ...]:
    """The messages, those for whose sake the program gave the ticket to somebody with the event
    that says to whom and why."""
    given = {
        one.message: one
        for one in events
        if one.kind is EventKind.ASSIGNED and one.message is not None and Why.read(one.reason)
    }
    if not given:
        return tuple(messages)
    return tuple(replace(one, given=given.get(one.id)) for one in messages)
