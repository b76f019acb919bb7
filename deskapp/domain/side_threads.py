"""Side threads: what we write to a third party about a ticket, and what they answer.

A side thread stands on the ticket, for staff to read. Its messages are no part of what customer and
desk say to each other: nobody on it takes part in the ticket, and nothing of it is ever quoted to
the customer. It is named by its first message, a forward of ours.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from .kinds import WAITS_FOR_US, Direction, TicketStatus
from .mail import Address
from .problem import Problem, ProblemKind
from .replies import Draft
from .tickets import MessageRow


def status_afterwards(draft: Draft, before: TicketStatus) -> TicketStatus:
    """The status when nobody chooses one: a reply waits for the customer. A forward puts what waits
    for us on hold, as a third party is asked now, and leaves any other status alone."""
    if not draft.is_forward:
        return TicketStatus.WAITING
    return TicketStatus.ON_HOLD if before in WAITS_FOR_US else before


def check_third_party(draft: Draft, customer_keys: Collection[str]) -> None:
    """Problem(INVALID, what="third_party") for a forward to the ticket's own customer."""
    if draft.is_forward:
        for person in (*draft.to, *draft.cc, *draft.bcc):
            if person.key in customer_keys:
                raise Problem(ProblemKind.INVALID, what="third_party", value=person.address)


def with_people(messages: Sequence[MessageRow]) -> tuple[MessageRow, ...]:
    """The messages, those of side threads with the third parties of their thread."""
    ours = {one.sender.key for one in messages if one.direction is Direction.OUT}
    people: dict[int, dict[str, Address]] = {}
    for one in messages:
        if one.side is not None:
            named = (*one.to, *one.cc) if one.direction is Direction.OUT else (one.sender,)
            there = people.setdefault(one.side, {})
            for person in named:
                if person.address and person.key not in ours:
                    there.setdefault(person.key, person)
    return tuple(
        one if one.side is None else replace(one, third_parties=tuple(people[one.side].values()))
        for one in messages
    )
