"""The automatic reply of each mailbox: on, off, and on again after it stopped itself."""

import builtins

from deskapp.data.database import Unit
from deskapp.data.queries.auto_replies import auto_replies, lock_mailbox, put_auto_reply
from deskapp.data.queries.canned import canned_whole
from deskapp.domain.auto_reply import AutoReply
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.last_edits import About
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited


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

    def switch_on(
        self, mailbox: MailboxId, canned: CannedId, seen: AutoReply | None = None
    ) -> AutoReply:
        """Mail that arrives from now on is answered with this text, in its customer's language.

        Raises Problem NOT_FOUND, or INVALID (what="auto_reply_text") for a text that only one agent
        has, that belongs to another mailbox, or that asks whoever inserts it; CHANGED_MEANWHILE
        (what="auto_reply") where a colleague has set it otherwise than was ``seen``.
        """
        with self._context.database.writing() as unit:
            self._as_seen(unit, mailbox, seen, canned)
            reply = canned_whole(unit.connection, canned)
            fits = reply.mailbox_id in (None, mailbox) and reply.owner is None
            if not fits or _needs_somebody([text for _, text in reply.texts]):
                raise Problem(ProblemKind.INVALID, what="auto_reply_text", value=reply.name)
            put_auto_reply(unit, mailbox, canned, self._context.now())
            edited(self._context, unit, About.AUTO_REPLY, mailbox)
        return self.of(mailbox)

    def switch_off(self, mailbox: MailboxId, seen: AutoReply | None = None) -> AutoReply:
        """Nothing is answered; which text it was is remembered. Raises Problem NOT_FOUND, and
        CHANGED_MEANWHILE as ``switch_on``."""
        with self._context.database.writing() as unit:
            self._as_seen(unit, mailbox, seen, None)
            put_auto_reply(unit, mailbox, None, None)
            edited(self._context, unit, About.AUTO_REPLY, mailbox)
        return self.of(mailbox)

    def resume(self, mailbox: MailboxId) -> AutoReply:
        """A person has looked: it answers again what arrives from now on, and its fault is seen.

        Raises Problem NOT_FOUND, or EMPTY (what="auto_reply") where it is not on.
        """
        if not self.of(mailbox).on:
            raise Problem(ProblemKind.EMPTY, what="auto_reply")
        with self._context.database.writing() as unit:
            put_auto_reply(unit, mailbox, None, self._context.now())
            edited(self._context, unit, About.AUTO_REPLY, mailbox)
        return self.of(mailbox)

    def _as_seen(
        self, unit: Unit, mailbox: MailboxId, seen: AutoReply | None, wanted: CannedId | None
    ) -> None:
        if seen is None:
            return
        lock_mailbox(unit, mailbox)
        now = _one(auto_replies(unit.connection, self._context.now()), mailbox)
        if _answers_with(now) not in (_answers_with(seen), wanted):
            raise Problem(
                ProblemKind.CHANGED_MEANWHILE,
                what="auto_reply",
                value=now.canned_name if now.on else "",
            )


def _answers_with(row: AutoReply) -> CannedId | None:
    return row.canned if row.on else None


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
