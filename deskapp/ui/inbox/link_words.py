"""What a linked ticket is called beside the one it is linked with."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.linking import LinkRole, TicketLink
from deskapp.ui import fact_words
from deskapp.ui.translatable import N

_ROLES = {
    LinkRole.PARENT: N("Links", "Part of {number}"),
    LinkRole.CHILD: N("Links", "Child {number}"),
    LinkRole.RELATED: N("Links", "Related {number}"),
    LinkRole.SPLIT_FROM: N("Links", "Split off from {number}"),
    LinkRole.SPLIT_OFF: N("Links", "Split off: {number}"),
}


def link_words(one: TicketLink) -> str:
    """Its role and number; of a child also where it stands, as its parent waits for it."""
    said = QCoreApplication.translate("Links", _ROLES[one.role])
    said = said.replace("{number}", f"#{one.number}")
    return f"{said} · {fact_words.status(one.status)}" if one.role is LinkRole.CHILD else said


def link_line(one: TicketLink) -> str:
    """The same with its subject."""
    return f"{link_words(one)} · {' '.join(one.subject.split())}"
