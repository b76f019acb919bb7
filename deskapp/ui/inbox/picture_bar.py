"""Pictures that lie on other servers: not loaded, unless a person wants them."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.mail import Address, MailPage, UnreadableMail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.outside import Outside
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.translatable import N
from deskapp.ui.work import SHOPS, Work

from .message_source import MessageSource
from .picture_decode import decode_pictures, embedded_pictures

if TYPE_CHECKING:
    from deskapp.desk import Desk

_WHY = {
    "private": N("PictureBar", "the address lies inside a private network"),
    "not_https": N("PictureBar", "the address is not protected (https)"),
    "too_large": N("PictureBar", "it is larger than 5 MB"),
    "no_picture": N("PictureBar", "what came is no picture that can be shown"),
    "refused": N("PictureBar", "the server does not give it any more"),
    "too_many_redirects": N("PictureBar", "the server sends from place to place"),
    "unreachable": N("PictureBar", "the server cannot be reached"),
    "untrusted": N("PictureBar", "the server's certificate is not trusted"),
    "too_slow": N("PictureBar", "the server took too long"),
}


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A mail with the pictures that could be fetched, decoded, by the names of their places."""

    page: MailPage
    images: dict[str, QImage]
    missing: tuple[str, ...]  # a reason for each that did not come


def load_page(desk: "Desk", source: MessageSource, outside: Outside) -> LoadedPage:
    """In a lane: reads the mail anew and fetches what it refers to. Raises Problem."""
    try:
        page = outside.read_page(source.raw(desk))
    except UnreadableMail as why:
        raise Problem(ProblemKind.NOT_FOUND, what="original") from why
    remote = {name: at for name, at in page.pictures.items() if at.startswith("https:")}
    fetched = outside.fetch_pictures(remote)
    written = {
        name: next(iter(embedded_pictures(f' src="{at}"').values()), b"")
        for name, at in page.pictures.items()
        if name not in remote
    }
    images = decode_pictures({**source.images(desk), **written, **fetched.pictures})
    undecoded = [name for name in fetched.pictures if name not in images]
    missing = [*fetched.missing.values(), *("no_picture" for _ in undecoded)]
    return LoadedPage(page, images, tuple(missing))


class PictureBar(QWidget):
    """One line on the card. ``loaded`` carries a LoadedPage."""

    loaded = Signal(object)

    def __init__(
        self,
        count: int,
        sender: Address,
        source: MessageSource,
        work: Work,
        outside: Outside,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sender, self._source, self._work, self._outside = sender, source, work, outside
        self._chosen = False
        said = self.tr("%n picture(s) were not loaded.", "", count)
        self._words = label(said, tone="muted", size="small", wrap=True)
        self._show = push_button(self.tr("Show images"), self.load, kind="quiet")
        self._allow = push_button(self.tr("Always for this sender"), self._allow_all, kind="quiet")
        self._forbid = push_button(
            self.tr("Not always for this sender"), self._forbid_all, kind="quiet"
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._show, self._allow, self._forbid):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addLayout(row)
        self._forbid.hide()
        self._allow.setVisible(bool(sender.key))
        if sender.key:
            work.ask(lambda desk: desk.pictures.always(sender), self._was, owner=self)

    def load(self) -> None:
        """Fetches the pictures of this mail now."""
        self._show.setEnabled(False)
        self._words.setText(self.tr("Loading pictures…"))
        source, outside = self._source, self._outside
        self._work.ask(
            lambda desk: load_page(desk, source, outside),
            self._came,
            self._failed,
            owner=self,
            lane=SHOPS,
        )

    def _was(self, always: bool) -> None:
        if not self._chosen:  # a click was quicker than the answer
            self._told(always)

    def _told(self, always: bool) -> None:
        self._allow.setVisible(not always)
        self._forbid.setVisible(always)
        if always:
            self.load()

    def _allow_all(self) -> None:
        sender, self._chosen = self._sender, True
        self._work.do(lambda desk: desk.pictures.allow(sender), self._allowed, owner=self)

    def _allowed(self, _nothing: None) -> None:
        self._told(True)

    def _forbid_all(self) -> None:
        sender, self._chosen = self._sender, True
        self._work.do(lambda desk: desk.pictures.forbid(sender), self._forbidden, owner=self)

    def _forbidden(self, _nothing: None) -> None:
        self._told(False)
        self._words.setText(self.tr("From now on you are asked again for this sender."))

    def _came(self, page: LoadedPage) -> None:
        self._show.hide()
        self._words.setText(told_of(page))
        self.loaded.emit(page)

    def _failed(self, problem: Problem) -> None:
        self._show.setEnabled(True)
        self._words.setText(explain(problem).in_one())


def told_of(page: LoadedPage) -> str:
    """What became of the pictures, in words."""
    if not page.page.pictures:
        return _tr(N("PictureBar", "There was nothing to see: they only count who reads the mail."))
    if not page.missing:
        return _tr(N("PictureBar", "The pictures were loaded without telling who you are."))
    reasons = [
        f"{count} × {_tr(_WHY.get(why, why))}" for why, count in Counter(page.missing).items()
    ]
    said = _tr(N("PictureBar", "Some pictures did not come: {reasons}."))
    return said.replace("{reasons}", "; ".join(reasons))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PictureBar", text)
