"""What stands below our replies: kept by agent, mailbox and language, filled in for a ticket."""

import builtins
from collections.abc import Mapping

from deskapp.data.database import Connection
from deskapp.data.queries.answering import Sending
from deskapp.data.queries.canned_facts import ticket_facts
from deskapp.data.queries.last_edits import last_edit_of
from deskapp.data.queries.quoting import our_words
from deskapp.data.queries.signatures import (
    locked_signature,
    put_signature,
    signature_id,
    signatures,
)
from deskapp.domain.canned_variables import canned_variables
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Signing
from deskapp.domain.signatures import Signature, choose_signature, without_gaps

from .context import Context
from .last_edits import edited
from .roles import lead_where_there_is_one


class Signatures:
    """Keeps them. Placeholders as in canned replies; a line whose value is missing is left out."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[Signature, ...]:
        """All that have a text."""
        with self._context.database.reading() as connection:
            return signatures(connection)

    def put(self, one: Signature, seen: str | None = None) -> None:
        """Keeps one for its agent, mailbox and language; an empty text takes it away.

        Without an agent and without a language it is the mailbox's own: see ``Mailboxes.update``.
        Raises Problem TEMPLATE_ERROR for a text that cannot be filled in, CHANGED_MEANWHILE
        (what="signature") where another text stands there than was ``seen``, and INVALID
        (what="lead_only") for one without an agent's name, which is a lead's where there is one.
        """
        text = plain_text(one.text).strip("\n")
        if "{" in text:
            from deskapp.domain.canned import variables_of

            variables_of(text)
        me = self._context.agent
        with self._context.database.writing() as unit:
            if one.agent is None and me is not None:
                lead_where_there_is_one(unit.connection, me)
            put = Signature(one.agent, one.mailbox, one_line(one.language, 12), text)
            if seen is not None and locked_signature(unit, put) not in (seen, text):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="signature")
            kept = put_signature(unit, put)
            if kept is not None:
                edited(self._context, unit, About.SIGNATURE, kept)

    def last_of(self, one: Signature) -> LastEdit | None:
        """Who wrote what is kept for its agent, mailbox and language, where that is known."""
        with self._context.database.reading() as connection:
            kept = signature_id(connection, one)
            return None if kept is None else last_edit_of(connection, About.SIGNATURE, kept)


def signing(connection: Connection, context: Context, facts: Sending) -> Signing:
    """What stands below a reply on this ticket now, and what else could."""
    known = signatures(connection)
    mine = [one for one in known if one.agent in (None, context.agent)]
    chosen = choose_signature(mine, context.agent, facts.mailbox_id, facts.language)
    fitting = [one for one in mine if one.mailbox in (None, facts.mailbox_id) and one != chosen]
    texts = [chosen.text if chosen else "", *(one.text for one in fitting)]
    first, *rest = _filled(connection, context, facts, texts)
    names = (f"{one.language or '*'}: {text.strip().splitlines()[0]}" for one, text in
             zip(fitting, rest, strict=True) if text.strip())  # fmt: skip
    others = dict.fromkeys(zip(names, filter(str.strip, rest), strict=True))
    return Signing(first, bool(first) and _carried(connection, facts, first), tuple(others))


def signature_of(connection: Connection, context: Context, facts: Sending) -> str:
    """The text that stands below a reply which leaves the choice to the rules."""
    chosen = choose_signature(
        signatures(connection), context.agent, facts.mailbox_id, facts.language
    )
    if chosen is None:
        return ""
    [text] = _filled(connection, context, facts, [chosen.text])
    return "" if _carried(connection, facts, text) else text


def _carried(connection: Connection, facts: Sending, text: str) -> bool:
    """Whether an earlier mail of ours to the same people on this ticket says it already."""
    if facts.hands_on:
        return False
    ours, said = text.strip(), our_words(connection, facts.ticket, facts.side)
    return any(f"\n{ours}\n" in f"\n{one.strip()}\n" for one in said)


def _filled(
    connection: Connection, context: Context, facts: Sending, texts: builtins.list[str]
) -> builtins.list[str]:
    if not any("{" in text for text in texts):
        return [text.strip("\n") for text in texts]
    from deskapp.domain.canned import render

    values = _values(connection, context, facts)
    made = (render(text, values) for text in texts)
    return [without_gaps(one.text, [(at.start, at.end) for at in one.unresolved]) for one in made]


def _values(connection: Connection, context: Context, facts: Sending) -> Mapping[str, object]:
    known = ticket_facts(connection, facts.ticket, context.agent, None)
    return canned_variables(
        customer=known.customer,
        ticket=known.ticket,
        agent={name: value for name, value in known.agent.items() if name != "signature"},
        mailbox=known.mailbox,
        today=context.now().astimezone().date(),
    )
