"""Pictures of other servers in mails: shown once, or always for a sender the team trusts."""

from deskapp.data.queries.picture_senders import (
    add_picture_sender,
    is_picture_sender,
    remove_picture_sender,
)
from deskapp.domain.contact import LONGEST_CONTACT
from deskapp.domain.mail import Address

from .context import Context


class Pictures:
    """Whose pictures are shown without asking. It holds for the whole team."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def always(self, sender: Address) -> bool:
        """Whether mails of this address show theirs at once."""
        with self._context.database.reading() as connection:
            return is_picture_sender(connection, _key(sender))

    def allow(self, sender: Address) -> None:
        """From now on, always. A mail without a sender's address cannot be allowed."""
        if not sender.key:
            return
        with self._context.database.writing() as unit:
            add_picture_sender(unit, _key(sender), self._context.agent, self._context.now())

    def forbid(self, sender: Address) -> None:
        """Takes ``allow`` back."""
        with self._context.database.writing() as unit:
            remove_picture_sender(unit, _key(sender))


def _key(sender: Address) -> str:
    return sender.key[:LONGEST_CONTACT]
