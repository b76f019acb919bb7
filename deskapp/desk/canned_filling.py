"""A canned reply filled in for a ticket by nobody, on a connection that the caller holds."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from deskapp.data.database import Connection
from deskapp.data.queries.canned_facts import TicketFacts, ticket_facts
from deskapp.domain.canned_variables import canned_variables
from deskapp.domain.ids import TicketId
from deskapp.domain.language_choice import choose_language
from deskapp.domain.replies import CannedReply

from .canned_parts import included_texts

if TYPE_CHECKING:
    from deskapp.domain.canned import Rendered


def values_of(facts: TicketFacts, today: date) -> Mapping[str, object]:
    """What placeholders stand for on this ticket today."""
    return canned_variables(
        customer=facts.customer,
        ticket=facts.ticket,
        agent=facts.agent,
        mailbox=facts.mailbox,
        order=facts.order,
        today=today,
    )


def filled_by_nobody(
    connection: Connection, reply: CannedReply, ticket: TicketId, today: date
) -> "Rendered":
    """As it leaves without anybody looking at it: no agent, no answers to its questions.

    Raises Problem(TEMPLATE_ERROR) for a text that grows without end.
    """
    from deskapp.domain.canned import ASK, render

    facts = ticket_facts(connection, ticket, None, None)
    chosen = choose_language([name for name, _ in reply.texts], facts.language)
    text = dict(reply.texts)[chosen]
    included = included_texts(connection, text, chosen, None)
    return render(text, {**values_of(facts, today), ASK: {}}, included.texts)
