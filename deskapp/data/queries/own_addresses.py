"""Our own addresses: mailboxes, and the other addresses whose mail comes to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from deskapp.domain.ids import MailboxId
from deskapp.domain.mail import Address

from ..tables.mail import mailbox


@dataclass(frozen=True, slots=True)
class OwnBox:
    """A mailbox as a sender. ``addresses``: its own, then its aliases."""

    id: MailboxId
    name: str
    signature: str
    addresses: tuple[str, ...]

    def called(self, key: str) -> str | None:
        """The one of its addresses with this ``Address.key``."""
        return next((one for one in self.addresses if Address("", one).key == key), None)


_BOXES = select(
    mailbox.c.id, mailbox.c.name, mailbox.c.signature, mailbox.c.address, mailbox.c.aliases
).order_by(mailbox.c.id)
_IN_USE = _BOXES.where(mailbox.c.removed_at.is_(None))


def own_boxes(connection: Connection, *, removed: bool = False) -> tuple[OwnBox, ...]:
    """Mailboxes in the order they were added; the removed too when asked for."""
    return tuple(
        OwnBox(
            MailboxId(row.id),
            row.name,
            row.signature,
            tuple(dict.fromkeys((row.address, *row.aliases.split()))),
        )
        for row in connection.execute(_BOXES if removed else _IN_USE)
    )


def keys_of(boxes: Iterable[OwnBox]) -> dict[str, MailboxId]:
    """Whose an address is, by ``Address.key``. A mailbox's own address before another's alias."""
    found: dict[str, MailboxId] = {}
    for box in boxes:
        for address in box.addresses[1:]:
            found.setdefault(Address("", address).key, box.id)
    return found | {Address("", box.addresses[0]).key: box.id for box in boxes}
