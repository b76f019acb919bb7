"""How a mailbox's automatic reply stands, in words: for its panel and for the status line."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from deskapp.domain.auto_reply import MAILBOX_TIME, MOST_OF_MAILBOX, AutoReply
from deskapp.domain.problem import ProblemKind

from . import text


def _tr(words: str, number: int = -1) -> str:
    return QCoreApplication.translate("AutoReplyWords", words, None, number)


def standing(row: AutoReply, now: datetime) -> tuple[str, str]:
    """Whole sentences, and their tone."""
    if not row.on:
        return _tr("Nobody is answered by itself."), "muted"
    if row.paused is not None:
        said = _tr(
            "Paused since {when}: it had answered {most} mails within {minutes} minutes. Look at "
            "what came in, then resume it."
        )
        minutes = str(MAILBOX_TIME // timedelta(minutes=1))
        said = said.replace("{when}", text.stamp(row.paused, now)).replace("{minutes}", minutes)
        return said.replace("{most}", str(MOST_OF_MAILBOX)), "bad"
    if row.fault:
        return _fault(row), "bad"
    said = _tr("Whoever begins a matter gets it once, in their language; machines never do.")
    if row.given:
        said += " " + _tr("%n in the last 24 hours.", row.given)
    return said, "muted"


def short(row: AutoReply) -> str:
    """For the status line; "" where nobody need look."""
    if not row.needs_a_person:
        return ""
    local = row.address.partition("@")[0] + "@"
    said = (
        _tr("{mailbox} automatic reply paused")
        if row.paused is not None
        else _tr("{mailbox} automatic reply not sent")
    )
    return said.replace("{mailbox}", local)


def _fault(row: AutoReply) -> str:
    if row.fault == ProblemKind.UNRESOLVED_PLACEHOLDER:
        said = _tr(
            "It was not sent on ticket {number}: \u201c{name}\u201d has no value there. Give the "
            "text another word for that case, then choose it again or resume."
        )
    else:
        said = _tr(
            "It was not sent on ticket {number}: its text cannot be used as it is. Look at the "
            "canned reply, then choose it again or resume."
        )
    number = str(row.fault_ticket or "")
    return said.replace("{number}", number).replace("{name}", row.fault_about)
