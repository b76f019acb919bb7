"""The words of a shown section, and a mailbox to put into it."""

from PySide6.QtWidgets import QLabel

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.ui.settings.agents import AgentsSection
from deskapp.ui.settings.mailboxes import MailboxesSection

HERE = Server("127.0.0.1", 1143, Security.NONE, "support@shop.example")
SUPPORT = MailboxSettings("support@shop.example", "Lotus <b>support</b>", HERE, HERE)


def texts(section: object) -> str:
    assert isinstance(section, MailboxesSection | AgentsSection)
    return "\n".join(label.text() for label in section.findChildren(QLabel))
