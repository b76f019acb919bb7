"""The automatic reply of each mailbox: on, off, and on again after it stopped itself."""

import builtins

from deskapp.data.queries.auto_replies import auto_replies, put_auto_reply
from deskapp.data.queries.canned import canned_whole
from deskapp.domain.auto_reply import AutoReply
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context


class AutoReplies:
    """Off until somebody switches one on. What is answered: ``domain.auto_reply``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[AutoReply, ...]:
        """How each mailbox's stands, in the order in which mailboxes were added."""
        with self._context.database.reading() as connection:
            return auto_replies(connection, self._context.now())

    def of(self, mailbox: MailboxId) -> AutoReply:
        """One mailbox's. Raises Problem(NOT_FOUND)."""
        return _one(self.list(), mailbox)

    def switch_on(self, mailbox: MailboxId, canned: CannedId) -> AutoReply:
        """Mail that arrives from now on is answered with this text, in its customer's language.

        Raises Problem NOT_FOUND, or INVALID (what="auto_reply_text") for a text that only one agent
        has, that belongs to another mailbox, or that asks whoever inserts it.
        """
        with self._context.database.writing() as unit:
            reply = canned_whole(unit.connection, canned)
            fits = reply.mailbox_id in (None, mailbox) and reply.owner is None
            if not fits or _needs_somebody([text for _, text in reply.texts]):
                raise Problem(ProblemKind.INVALID, what="auto_reply_text", value=reply.name)
            put_auto_reply(unit, mailbox, canned, self._context.now())
        return self.of(mailbox)

    def switch_off(self, mailbox: MailboxId) -> AutoReply:
        """Nothing is answered; which text it was is remembered. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            put_auto_reply(unit, mailbox, None, None)
        return self.of(mailbox)

    def resume(self, mailbox: MailboxId) -> AutoReply:
        """A person has looked: it answers again what arrives from now on, and its fault is seen.

        Raises Problem NOT_FOUND, or EMPTY (what="auto_reply") where it is not on.
        """
        if not self.of(mailbox).on:
            raise Problem(ProblemKind.EMPTY, what="auto_reply")
        with self._context.database.writing() as unit:
            put_auto_reply(unit, mailbox, None, self._context.now())
        return self.of(mailbox)


def _one(rows: tuple[AutoReply, ...], mailbox: MailboxId) -> AutoReply:
    for row in rows:
        if row.mailbox == mailbox:
            return row
    raise Problem(ProblemKind.NOT_FOUND, what="mailbox", id=mailbox)


def _needs_somebody(texts: builtins.list[str]) -> bool:
    """Whether a text asks the agent, or names them: nobody is there."""
    from deskapp.domain.canned import ASK, variables_of

    names = {name.partition(".")[0] for text in texts for name in variables_of(text)}
    return bool(names & {ASK, "agent"})
