"""What one line of the customer list shows, worked out from its row."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.people import CustomerRow
from deskapp.ui.pieces.row import ChipLook, RowLook


def shown_name(row: CustomerRow) -> str:
    """The name, else whatever stands for it."""
    nameless = QCoreApplication.translate("CustomerLook", "(no name)")
    return row.name or row.email or row.phone or nameless


def customer_look(row: CustomerRow) -> RowLook:
    """Who, how to reach them, and how many tickets are open."""
    opened = QCoreApplication.translate("CustomerLook", "%n open", None, row.open_count)
    reached = [one for one in (row.email, row.phone) if one and one != shown_name(row)]
    vip = QCoreApplication.translate("CustomerLook", "VIP")
    orders = QCoreApplication.translate("CustomerLook", "%n order(s)", None, row.order_count)
    return RowLook(
        who=shown_name(row),
        when=opened if row.open_count else orders if row.order_count else "",
        when_tone="accent" if row.open_count else "muted",
        subject=" · ".join(reached),
        snippet="",
        chips=(ChipLook(vip, "accent"),) if row.vip else (),
        unread=False,
        language=row.language,
        strong=True,
        subject_tone="muted",
    )


def spoken(row: CustomerRow) -> str:
    """The row as one sentence for a screen reader."""
    look = customer_look(row)
    marks = [chip.text for chip in look.chips]
    return ", ".join(part for part in (look.who, *marks, look.subject, look.when) if part)
