"""How old the copy of an order is that windows show, and how that is said."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.order_sources import SourceState
from deskapp.ui import text

_NOW, _HOURS = timedelta(minutes=1), timedelta(hours=6)  # as in text.age


def freshness(details: Sequence[OrderDetail], sources: Iterable[SourceState]) -> datetime | None:
    """When the oldest of these orders was last known to be so; None without orders.

    A shop that was read to its end since would have told of a change; a file may hold a part.
    """
    read = {one.id: one.read_at for one in sources if one.asked}
    known = [
        max(filter(None, (one.seen_at, read.get(one.row.source_id))), default=one.seen_at)
        for one in details
    ]
    return min(known, default=None)


def as_of(at: datetime, now: datetime) -> str:
    """ "as of 2 h ago", "as of yesterday"."""
    age = text.age(at, now)
    if now - at < _NOW:
        return QCoreApplication.translate("Freshness", "as of now")
    if now - at < _HOURS or text.local(at).date() == text.local(now).date():
        return QCoreApplication.translate("Freshness", "as of {age} ago").replace("{age}", age)
    return QCoreApplication.translate("Freshness", "as of {age}").replace("{age}", age)
