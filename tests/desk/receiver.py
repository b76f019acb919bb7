"""A mailbox that answers by itself."""

import pytest

from deskapp.desk.auto_replies import AutoReplies
from deskapp.desk.canned import Canned
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.replies import CannedReply, OutboxRow
from deskapp.domain.tickets import MessageRow

from .ground import Ground

TEXTS = (("en", "Your ticket is #{{ ticket.number }}."), ("vi", "Phiếu số {{ ticket.number }}."))
NOW = 24  # hours after the letters' START, as the ground's clock stands


class Receiver(Ground):
    """A ground whose mailbox answers by itself."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.auto, self.canned = AutoReplies(self.context), Canned(self.context)
        self.text = self.keep("Received", TEXTS)
        self.auto.switch_on(self.mailbox, self.text)

    def keep(
        self, name: str, texts: tuple[tuple[str, str], ...], mailbox: MailboxId | None = None
    ) -> CannedId:
        kept = self.canned.save(CannedReply(None, name, "", texts, 1, mailbox_id=mailbox)).id
        assert kept is not None
        return kept

    def given(self) -> list[MessageRow]:
        """All automatic replies of the desk, oldest first."""
        every = (one for row in self.rows() for one in self.messages(row.id))
        return [
            one
            for one in every
            if one.direction is Direction.OUT and one.kind is MailKind.AUTO_REPLY
        ]

    def waiting(self) -> tuple[OutboxRow, ...]:
        return self.replies.outbox()


@pytest.fixture
def receiver(desk_url: str):  # type: ignore[no-untyped-def]
    made = Receiver(desk_url)
    yield made
    made.database.close()
