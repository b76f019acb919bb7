"""Who a fresh reply goes to, and which of our addresses it leaves from."""

from deskapp.data.database import Connection
from deskapp.data.queries import answering
from deskapp.domain.ids import AgentId, MessageId, TicketId
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem
from deskapp.domain.recipients import Heading, answers_elsewhere

from . import outgoing


def heading(
    connection: Connection,
    ticket: TicketId,
    by: AgentId | None,
    side: MessageId | None = None,
) -> Heading:
    """``side``: of an answer in that side thread. Raises Problem(NOT_FOUND, what="mailbox") without
    any mailbox."""
    facts = answering.sending_facts(connection, ticket, by, side=side)
    answered = facts.answered
    elsewhere = None
    if answered is not None and not answered.outgoing:
        asked = [one for one in answered.asks_at if one.key not in facts.own_addresses]
        elsewhere = answers_elsewhere(answered.sender, asked, facts.customer_keys)
    return Heading(facts.usual, facts.senders, elsewhere)


def recipients(
    connection: Connection, ticket: TicketId, by: AgentId | None
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc; nobody while there is no mailbox: one can still write a draft."""
    try:
        return outgoing.recipients(answering.sending_facts(connection, ticket, by))
    except Problem as problem:
        if problem.details.get("what") != "mailbox":
            raise
        return (), ()
