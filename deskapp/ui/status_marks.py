"""What the status line reads, and what stands in it behind the mailboxes."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.auto_reply import AutoReply
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.replies import OutboxRow

from . import auto_reply_words, clock
from .pieces.labels import ElidedLabel, label

Shown = tuple[tuple[MailboxRow, ...], tuple[OutboxRow, ...], tuple[AutoReply, ...], bool]


def read(desk: Desk) -> Shown:
    """What the status line shows; last whether programs of the person here carry mail."""
    answering = desk.auto_replies.list()
    return desk.mailboxes.list(), desk.replies.outbox(), answering, desk.carries_mail()


def _tr(words: str, number: int = -1) -> str:
    return QCoreApplication.translate("StatusLine", words, None, number)


def marks(
    boxes: Sequence[MailboxRow], answering: Sequence[AutoReply], carries: bool
) -> Iterator[QWidget]:
    """Held mails, automatic replies that stopped, and who fetches where this program does not
    (``carries``)."""
    held = sum(box.held for box in boxes)
    if held:
        yield label(_tr("%n held", held), size="small", tone="warn")
    for auto in answering:
        if said := auto_reply_words.short(auto):
            stopped = ElidedLabel(f"▲ {said}", size="small", tone="bad")
            stopped.note = auto_reply_words.standing(auto, clock.now())[0]
            stopped.setAccessibleDescription(stopped.note)
            yield stopped
    if boxes and not carries:
        yield _others_fetch(boxes)


def aside() -> str:
    """Whose work it is where this program neither fetches nor sends."""
    return _tr("Mail is fetched and sent by colleagues' programs or an engine, not by a junior's.")


def _others_fetch(boxes: Sequence[MailboxRow]) -> QWidget:
    left = [box.settings.address for box in boxes if not box.lease_holder]
    if not left:
        shown = ElidedLabel(_tr("fetched by colleagues"), size="small", tone="muted")
        shown.note = aside()
    else:
        said = _tr("nobody fetches or sends mail now")
        if len(left) < len(boxes):
            said = _tr("nobody fetches %n mailbox(es) now", len(left))
        shown = ElidedLabel(f"▲ {said}", size="small", tone="warn")
        wanted = _tr("Have a colleague who is no junior open deskapp, or start an engine.")
        shown.note = "\n".join((aside(), wanted, ", ".join(left)))
    shown.setAccessibleDescription(shown.note)
    return shown
