"""How a canned reply is used, in words: which text is wrong, and which nobody needs."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.canned_rank import RECENT
from deskapp.domain.replies import CannedRow
from deskapp.ui import text
from deskapp.ui.translatable import N

_FEWEST, _OFTEN = 5, 0.5  # fewer sent than this say nothing; a larger share edited is a warning


def usage_words(row: CannedRow, now: datetime | None = None) -> tuple[str, str]:
    """A sentence and its tone: "Put in 12 times, edited 7 of 9: this text may be wrong."."""
    if is_unused(row, now):
        return _tr(N("Canned", "Nobody has put it in for 180 days.")), "warn"
    if not row.uses:
        return _tr(N("Canned", "Not put in yet.")), "muted"
    facts = {name: text.number(getattr(row, name)) for name in ("uses", "sent", "edited")}
    if is_doubtful(row):
        said = N(
            "Canned",
            "Put in: {uses}. Edited before sending: {edited} of {sent}: this text may be wrong.",
        )
        return _tr(said).format(**facts), "warn"
    if row.sent:
        said = N("Canned", "Put in: {uses}. Edited before sending: {edited} of {sent}.")
    else:
        said = N("Canned", "Put in: {uses}.")
    return _tr(said).format(**facts), "muted"


def is_doubtful(row: CannedRow) -> bool:
    """Whether people edit it so often that the text itself should be edited."""
    return row.sent >= _FEWEST and row.edited > _OFTEN * row.sent


def is_unused(row: CannedRow, now: datetime | None = None) -> bool:
    """Neither put in nor changed for 180 days."""
    last = max(filter(None, (row.last_used, row.changed_at)), default=None)
    return last is not None and (now or datetime.now(UTC)) - last > RECENT


def _tr(words: str) -> str:
    return QCoreApplication.translate("Canned", words)
