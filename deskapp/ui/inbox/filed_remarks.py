"""What filing knows of a message that its reader should: it came back, or its clock was wrong."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from deskapp.domain.messages import Returned
from deskapp.domain.tickets import MessageRow
from deskapp.ui import text
from deskapp.ui.delivery_status import status_words
from deskapp.ui.pieces.labels import label


def add_filed_remarks(message: MessageRow, now: datetime, column: QVBoxLayout) -> None:
    """Adds a line for each; most messages have none."""
    for one in message.returned:
        tone = "bad" if one.permanent else "warn"
        column.addWidget(label(returned_words(one), tone=tone, size="small", wrap=True))
    if message.dated_at is not None:
        told = _tr("Its sender's clock says {when}.")
        stamp = told.replace("{when}", text.full(message.dated_at))
        column.addWidget(label(stamp, tone="muted", size="small", wrap=True))


def returned_words(one: Returned) -> str:
    """That a message did not arrive, at whom, and whether it still may."""
    told = (
        _tr("Not delivered to {who}. Their server refused it for good{code}.")
        if one.permanent
        else _tr("Not yet delivered to {who}. The mail servers go on trying{code}.")
    )
    code = f" ({one.status})" if one.status else ""
    told = told.replace("{code}", code).replace("{who}", one.recipient or "?")
    return f"{told} {status_words(one.status)}".rstrip()


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("FiledRemarks", sentence)
