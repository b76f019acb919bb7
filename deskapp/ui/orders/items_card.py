"""What is in an order, with pictures that are loaded only when a person asks."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel

from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import OrderLine
from deskapp.domain.problem import Problem
from deskapp.ui import text
from deskapp.ui.inbox.picture_decode import decode_pictures
from deskapp.ui.outside import FetchPictures
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import SHOPS, Work

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TOP = Qt.AlignmentFlag.AlignTop
_SIDE = 40  # pixels of a picture
_COUNT, _PICTURE, _TITLE, _SKU, _PRICE = range(5)


class ItemsCard(Card):
    """Pieces, titles, prices, and the total with what was given back."""

    def __init__(self, detail: OrderDetail, work: Work, shell: ShellActions) -> None:
        super().__init__()
        self._detail, self._work, self._fetch = detail, work, shell.outside.fetch_pictures
        self._places: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(_TITLE, 1)
        for place, one in enumerate(detail.lines):
            self._add(place, one)
        if not detail.lines:
            said = self.tr("The items are not known.")
            self._grid.addWidget(label(said, tone="muted"), 0, 0, 1, 4)
        self._add_sums(len(detail.lines) + 1)
        pictures = sum(1 for one in detail.lines if one.picture.startswith("https:"))
        self._load = push_button(
            self.tr("Load %n picture(s)", "", pictures), self.load, kind="link"
        )
        self._load.setToolTip(self.tr("From the shop's server, without telling who you are"))
        self._load.setVisible(pictures > 0)
        self._grid.addWidget(self._load, self._grid.rowCount(), _TITLE, Qt.AlignmentFlag.AlignLeft)

    def load(self) -> None:
        """Fetches the pictures as those of mails are: https, public places, no cookies."""
        wanted = {
            str(place): one.picture
            for place, one in enumerate(self._detail.lines)
            if one.picture.startswith("https:")
        }
        self._load.setEnabled(False)
        self._load.setText(self.tr("Loading pictures…"))
        fetch = self._fetch
        self._work.ask(
            lambda _desk: _pictures(fetch, wanted), self._came, self._failed, owner=self, lane=SHOPS
        )

    def _add(self, place: int, one: OrderLine) -> None:
        picture = QLabel()
        picture.hide()
        self._places[str(place)] = picture
        grid = self._grid
        grid.addWidget(
            label(f"{one.quantity.normalize():f} ×", tone="muted"), place, _COUNT, _RIGHT
        )
        grid.addWidget(picture, place, _PICTURE, _TOP)
        grid.addWidget(label(one.title or one.sku, wrap=True, selectable=True), place, _TITLE, _TOP)
        grid.addWidget(label(one.sku if one.title else "", tone="muted"), place, _SKU, _TOP)
        price = text.money(one.price, self._detail.row.currency)
        grid.addWidget(label(price), place, _PRICE, _RIGHT)

    def _add_sums(self, place: int) -> None:
        row = self._detail.row
        total = text.money(row.total, row.currency) or self.tr("not known")
        self._grid.addWidget(label(self.tr("Total"), size="strong"), place, _TITLE)
        self._grid.addWidget(
            label(total, size="strong", selectable=True), place, _SKU, 1, 2, _RIGHT
        )
        for number, refund in enumerate(self._detail.refunds, place + 1):
            said = self.tr("Given back {date}").replace(
                "{date}", text.day(refund.at) if refund.at else ""
            )
            words = " · ".join(filter(None, (said.strip(), refund.reason)))
            self._grid.addWidget(label(words, tone="bad", wrap=True), number, _TITLE)
            back = text.money(-refund.amount, refund.currency or row.currency)
            self._grid.addWidget(label(back, tone="bad"), number, _SKU, 1, 2, _RIGHT)

    def _came(self, images: Mapping[str, QImage]) -> None:
        for name, image in images.items():
            self._places[name].setPixmap(_small(image))
            self._places[name].setAccessibleName(self.tr("Picture of the item"))
            self._places[name].show()
        if images:
            self._load.hide()
        else:
            self._load.setText(self.tr("The pictures did not come."))

    def _failed(self, _problem: Problem) -> None:
        self._load.setEnabled(True)
        self._load.setText(self.tr("The pictures did not come. Try again"))


def _pictures(fetch: FetchPictures, wanted: Mapping[str, str]) -> dict[str, QImage]:
    """In a lane; blocks."""
    return decode_pictures(fetch(wanted).pictures)


def _small(image: QImage) -> QPixmap:
    return QPixmap.fromImage(
        image.scaled(
            _SIDE,
            _SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
