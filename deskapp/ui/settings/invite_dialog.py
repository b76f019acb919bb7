"""What somebody joins a team desk with: the link, and their first password, shown this once."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId
from deskapp.domain.join_link import BOUND, PLAIN, JoinLink, is_here, tls_for
from deskapp.ui.announce import announce
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Invitation:
    """``password``: "" where they have theirs already; it is good until ``until``."""

    name: str
    link: JoinLink
    until: datetime
    password: str = ""


def invitation(desk: Desk, who: AgentId, password: str = "") -> Invitation:
    """In a lane. Raises Problem(NOT_FOUND, what="login") for somebody without a login."""
    row = desk.agents.get(who)
    return Invitation(row.name, desk.staff.link(who), desk.staff.first_ends(), password)


class InviteDialog(QDialog):
    """The server's name can be put as the colleague reaches it; the link follows."""

    def __init__(self, given: Invitation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("{name} joins").replace("{name}", given.name))
        self.setMinimumWidth(560)
        self._given = given
        self._usual = BOUND if given.link.tls == PLAIN else given.link.tls
        place = f"{given.link.host}:{given.link.port}"
        self.server = form.line(place, name=self.tr("Server, as they reach it"))
        self.link, self.password = _shown(""), _shown(given.password)
        fields = form.Form(128)
        fields.add(self.server.accessibleName(), self.server)
        link, password = self.tr("Link"), self.tr("First password")
        fields.add(link, self._with_copy(self.link, link))
        if given.password:
            fields.add(password, self._with_copy(self.password, password), self._password_words())
        self.warning = label(tone="bad", wrap=True)
        said = self.tr(
            "Send the link by mail. They start deskapp and paste it where it asks where the desk "
            "lies, or run “deskapp join” with it. It holds no password."
        )
        done = push_button(self.tr("Done"), self.accept, kind="primary")
        done.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(label(said, wrap=True))
        column.addWidget(fields)
        column.addWidget(self.warning)
        column.addLayout(foot)
        self.server.textChanged.connect(self._server_typed)
        self._server_typed(place)

    def _password_words(self) -> str:
        then = self._given.until.astimezone()
        day = QLocale().toString(
            QDate(then.year, then.month, then.day), QLocale.FormatType.LongFormat
        )
        said = self.tr(
            "Shown only now, and good until {day}. Tell it by another way than the link; they "
            "choose their own when they join."
        )
        return said.replace("{day}", day)

    def _server_typed(self, text: str) -> None:
        host, port = _place(text, self._given.link.port)
        tls = tls_for(host, self._usual)
        made = replace(self._given.link, host=host, port=port, tls=tls)
        self.link.setText(made.text() if host else "")
        self.link.setCursorPosition(0)
        here = self.tr(
            "This leads to the computer on which it is opened. Write the server’s name as your "
            "colleague’s computer knows it."
        )
        self.warning.setText(here if is_here(host) else "")
        self.warning.setVisible(is_here(host))
        form.make_room(self)

    def _with_copy(self, field: QLineEdit, name: str) -> QWidget:
        field.setAccessibleName(name)

        def copy() -> None:
            QGuiApplication.clipboard().setText(field.text())
            announce(self, self.tr("Copied"))

        button = push_button(self.tr("Copy"), copy)
        button.setAccessibleName(self.tr("Copy: {what}").replace("{what}", name))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        holder.setAccessibleName(name)
        return holder


def _shown(text: str) -> QLineEdit:
    made = form.line(text)
    made.setReadOnly(True)
    made.setFont(theme().fonts.fixed())
    return made


def _place(text: str, port: int) -> tuple[str, int]:
    """``host``, ``host:port`` or ``[IPv6]:port``; the port of before where none is written."""
    plain = text.strip()
    if plain.startswith("["):
        host, _, rest = plain[1:].partition("]")
        said = rest.removeprefix(":")
    elif plain.count(":") == 1:
        host, _, said = plain.partition(":")
    else:
        host, said = plain, ""
    return host, int(said) if said.isdecimal() and 0 < int(said) < 65536 else port


def _tr(said: str) -> str:
    return QCoreApplication.translate("InviteDialog", said)
