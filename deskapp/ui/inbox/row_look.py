"""What one line of the ticket list shows, worked out from its row."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import WAITS_FOR_US, TicketStatus
from deskapp.domain.order_numbers import find_order_numbers
from deskapp.domain.tickets import TicketRow
from deskapp.ui import text, words
from deskapp.ui.pieces.row import ChipLook, RowLook

# How long a customer may wait before the age is shown as a warning, and as overdue.
LONG_WAIT, TOO_LONG_WAIT = timedelta(days=1), timedelta(days=3)

_SAID_BY_THE_VIEW = (TicketStatus.NEW, TicketStatus.OPEN)


def row_look(row: TicketRow, now: datetime, me: AgentId | None = None) -> RowLook:
    """How a ticket looks in the list at the time ``now``; ``me`` need not read the own name."""
    when, tone = _when(row, now)
    return RowLook(
        who=row.customer_name or QCoreApplication.translate("RowLook", "Unknown sender"),
        when=when,
        when_tone=tone,
        subject=shown_subject(row.subject),
        snippet=" ".join(row.snippet.split()),
        chips=_chips(row, me),
        unread=row.unread,
        language=row.language,
    )


def shown_subject(subject: str) -> str:
    """A subject in one line; one that is empty is said to be."""
    joined = " ".join(subject.split())
    return joined or QCoreApplication.translate("RowLook", "(no subject)")


def spoken(row: TicketRow, now: datetime) -> str:
    """The row as one sentence for a screen reader."""
    look = row_look(row, now)
    parts = [
        QCoreApplication.translate("RowLook", "Unread") if row.unread else "",
        look.who,
        look.subject,
        look.when,
        words.status(row.status),
        *(chip.text for chip in look.chips),
    ]
    return ", ".join(part for part in parts if part)


def _when(row: TicketRow, now: datetime) -> tuple[str, str]:
    if row.is_back(now):
        return QCoreApplication.translate("RowLook", "came back"), "accent"
    if row.snooze.until is not None:
        return text.ahead(row.snooze.until, now), "muted"
    if row.snooze:
        return QCoreApplication.translate("RowLook", "until a reply"), "muted"
    if row.status not in WAITS_FOR_US or row.waiting_since is None:
        return text.age(row.updated_at, now), "muted"
    waited = now - row.waiting_since
    if waited < LONG_WAIT:
        return text.age(row.waiting_since, now), "muted"
    said = QCoreApplication.translate("RowLook", "waits {span}").format(span=text.span(waited))
    return said, "bad" if waited >= TOO_LONG_WAIT else "warn"


def _chips(row: TicketRow, me: AgentId | None) -> tuple[ChipLook, ...]:
    chips = []
    if row.trouble is not None and (said := words.trouble(row.trouble)):
        chips.append(ChipLook(said, "bad"))
    if row.returned:
        chips.append(ChipLook(words.delivery_failed(), "bad"))
    if row.status not in _SAID_BY_THE_VIEW:
        chips.append(ChipLook(words.status(row.status).lower()))
    chips += [ChipLook(tag) for tag in row.tags]
    numbers = {mention.number for mention in find_order_numbers(row.subject, 1)}
    chips += [ChipLook(number, "accent", "accent_soft") for number in sorted(numbers)]
    if row.has_attachment:
        chips.append(ChipLook("", clip=True))
    if row.assignee_name and row.assignee_id != me:
        chips.append(ChipLook(row.assignee_name, dot=True))
    return tuple(chips)
