"""One parcel of an order: by whom, under what number, since when, and where it is."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from deskapp.domain.order_text import safe_link
from deskapp.domain.orders import Shipment
from deskapp.ui import text
from deskapp.ui.inbox.links import follow_link
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

from .shop_words import shop_word

_TOP = Qt.AlignmentFlag.AlignTop


class ParcelCard(Card):
    """Its link is opened in the browser, after a question where something is odd about it."""

    def __init__(self, number: int, parcel: Shipment, shell: ShellActions) -> None:
        super().__init__()
        self._parcel, self._shell = parcel, shell
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        said = self.tr("Parcel {number}").replace("{number}", str(number))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(f"{said} · {parcel.carrier}" if parcel.carrier else said))
        if parcel.status:
            word, tone = shop_word(parcel.status)
            head.addWidget(Chip(word, tone=tone))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(
            label(parcel.tracking_number or self.tr("no tracking number"), selectable=True)
        )
        words.addWidget(label(parcel_times(parcel), tone="muted", wrap=True))
        row.addLayout(words, 1)
        if parcel.tracking_number:
            row.addWidget(push_button(self.tr("Copy number"), self._copy), 0, _TOP)
        if safe_link(parcel.tracking_url):
            track = push_button(self.tr("Track"), self._track)
            track.setToolTip(self.tr("Opens the carrier's page in the browser"))
            row.addWidget(track, 0, _TOP)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._parcel.tracking_number)
        self._shell.tell(self.tr("Copied"))

    def _track(self) -> None:
        follow_link(self, self._parcel.tracking_url, self._parcel.tracking_number)


def parcel_times(one: Shipment) -> str:
    """When a parcel was sent, came, or is to come."""
    told = []
    if one.shipped_at is not None:
        told.append(_tr("sent {date}").replace("{date}", text.day(one.shipped_at)))
    if one.delivered_at is not None:
        told.append(_tr("delivered {date}").replace("{date}", text.day(one.delivered_at)))
    elif one.expected_at is not None:
        late = one.expected_at < datetime.now(UTC)
        said = _tr("was expected {date}") if late else _tr("expected {date}")
        told.append(said.replace("{date}", text.day(one.expected_at)))
    return " · ".join(told) or _tr("not sent yet")


def _tr(said: str) -> str:
    return QCoreApplication.translate("ParcelCard", said)
