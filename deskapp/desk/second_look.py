"""A second look at a reply before it leaves, against what the desk knows."""

from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries import second_look as facts_of
from deskapp.data.queries.answering import Sending
from deskapp.data.queries.customer_facts import no_mail_reasons
from deskapp.data.queries.order_sources import number_patterns
from deskapp.data.queries.side_threads import handed_on
from deskapp.domain.addressed import name_candidates
from deskapp.domain.cautions import (
    Caution,
    CautionKind,
    Surroundings,
    cautions,
    encoded_size,
    orders_in,
)
from deskapp.domain.replies import Draft

from . import outgoing


def second_look(
    connection: Connection, draft: Draft, facts: Sending, now: datetime
) -> tuple[Caution, ...]:
    """What speaks against sending the draft."""
    one = draft.ticket_id
    quoted = facts.answered.text if draft.quote and facts.answered is not None else ""
    if draft.hands_on:
        quoted = "".join(said.text for said in handed_on(connection, one, draft.forwards))
    text = f"{draft.body}{facts.signature}{quoted}"
    files = outgoing.files_of(draft)
    people = (
        *(() if draft.hands_on else facts_of.names_on(connection, one, draft.side)),
        *(person.name for person in (*draft.to, *draft.cc, *draft.bcc) if person.name),
    )
    patterns = number_patterns(connection)
    found = cautions(
        draft.body,
        Surroundings(
            people=people,
            others=facts_of.names_of_others(connection, name_candidates(draft.body), one, people),
            strange_orders=facts_of.strange_orders(
                connection, orders_in(draft.body, patterns), one, patterns
            ),
            patterns=patterns,
            files=len(files),
            # Text leaves as text and as markup, which is about twice as long.
            size=encoded_size(text * 3, [file.size for file in files]),
            limit=facts_of.size_limit(connection, facts.mailbox_id),
            no_mail=no_mail_reasons(
                connection, {one.key for one in (*draft.to, *draft.cc, *draft.bcc)}, now
            ),
        ),
    )
    # What is handed on may need no words of ours.
    return tuple(one for one in found if one.kind is not CautionKind.EMPTY or not draft.hands_on)
