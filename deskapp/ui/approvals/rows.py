"""How one reply that waits stands in the list: who, since when, about what, for whom."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Reviewed
from deskapp.domain.reply_changes import is_other, version_of
from deskapp.ui import text
from deskapp.ui.pieces.row import ChipLook, RowLook
from deskapp.ui.translatable import N

_RETURNED = N("Approvals", "Returned")
_WAITS = N("Approvals", "waits {time}")
_TICKET = N("Approvals", "ticket {number}")
_LATER = N("Approvals", "leaves later")
_EXCERPT = 160  # letters


def look_of(row: ApprovalRow) -> RowLook:
    """Writer and waiting time, subject and excerpt, then the customer and the ticket."""
    now = datetime.now(UTC)
    back = row.state is ApprovalState.RETURNED
    chips = [ChipLook(row.customer, dot=True)] if row.customer else []
    chips.append(ChipLook(_tr(_TICKET).replace("{number}", str(row.number))))
    if row.leave_at is not None and row.leave_at > now:
        chips.append(ChipLook(_tr(_LATER), clip=False))
    waits = _tr(_WAITS).replace("{time}", text.age(row.submitted_at, now))
    return RowLook(
        who=row.writer_name,
        when=_tr(_RETURNED) if back else waits,
        when_tone="warn" if back else "muted",
        subject=row.subject,
        snippet=" ".join((row.comment if back else row.body).split())[:_EXCERPT],
        chips=tuple(chips),
        unread=False,
        language="",
        strong=True,
    )


def spoken_row(row: ApprovalRow) -> str:
    """The row in one sentence for screen readers."""
    look = look_of(row)
    chips = (chip.text for chip in look.chips)
    return ", ".join(filter(None, (look.who, look.when, look.subject, *chips, look.snippet)))


def own_version(found: Reviewed) -> bool:
    """Whether the senior has made something else of it in the composer."""
    return found.mine is not None and is_other(found.row.given, version_of(found.mine))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Approvals", words)
