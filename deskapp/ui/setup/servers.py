"""The two servers of a mailbox as fields: receiving and sending, host, port, security, user."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from deskapp.domain.hosts import is_host, is_loopback
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import label

_USUAL_PORTS = {
    "imap": {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143},
    "smtp": {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25},
}


class ServerFields(QWidget):
    """A grid of two lines. ``edited`` comes when a person changes one of them."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(4, 3)
        heads = ("", self.tr("Server"), self.tr("Port"), self.tr("Security"), self.tr("User name"))
        for column, head in enumerate(heads):
            self._grid.addWidget(label(head, size="small", tone="muted"), 0, column)
        self.imap = _Line("imap", self.tr("Receiving"), self)
        self.smtp = _Line("smtp", self.tr("Sending"), self)
        for row, server in enumerate((self.imap, self.smtp), 1):
            server.put_into(self._grid, row)
            server.edited.connect(self.edited)

    def servers(self, address: str) -> tuple[Server, Server]:
        """Both, with ``address`` where no user name was written.

        Raises Problem INVALID (what="host") or PLAIN_NOT_LOOPBACK, the field marked.
        """
        return self.imap.server(address), self.smtp.server(address)

    def standing(self, imap: Server, smtp: Server, address: str) -> dict[QWidget, object]:
        """What the fields show of both, as ``form_values.value`` gives it."""
        return {**self.imap.standing(imap, address), **self.smtp.standing(smtp, address)}

    def show_servers(self, imap: Server, smtp: Server, address: str) -> None:
        self.imap.show_server(imap, address)
        self.smtp.show_server(smtp, address)


class _Line(QObject):
    """One server's fields, put into the grid of another widget."""

    edited = Signal()

    def __init__(self, what: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ports = _USUAL_PORTS[what]
        self._title = title
        self.host: QLineEdit = form.line(name=self._named(self.tr("server")))
        self.host.setPlaceholderText(f"{what}.example.com")
        self.port = form.NumberField(
            self._ports[Security.TLS], 1, 65535, self._named(self.tr("port"))
        )
        self.port.setFixedWidth(64)
        choices = (
            (self.tr("TLS"), Security.TLS),
            (self.tr("STARTTLS"), Security.STARTTLS),
            (self.tr("None"), Security.NONE),
        )
        self.security: QComboBox = form.choice(
            choices, Security.TLS, name=self._named(self.tr("security"))
        )
        self.security.setFixedWidth(112)
        self.security.setToolTip(self.tr("Without protection only towards this computer itself"))
        self.user: QLineEdit = form.line(name=self._named(self.tr("user name")))
        self.user.setPlaceholderText(self.tr("mail address"))
        self.host.textEdited.connect(self.edited)
        self.user.textEdited.connect(self.edited)
        self.port.changed.connect(self.edited)
        self.security.activated.connect(self._security_chosen)

    def put_into(self, grid: QGridLayout, row: int) -> None:
        named = label(self._title, tone="muted")
        named.setBuddy(self.host)
        named.setMinimumWidth(form.NAMES_WIDTH + 4)  # its column gap is 4 px less
        grid.addWidget(named, row, 0)
        for column, part in enumerate((self.host, self.port, self.security, self.user), 1):
            grid.addWidget(part, row, column)

    def server(self, address: str) -> Server:
        host = self.host.text().strip()
        security = Security(self.security.currentData())
        wrong = not is_host(host)
        form.mark_wrong(self.host, wrong)
        if wrong:
            self.host.setFocus()
            raise Problem(ProblemKind.INVALID, what="host", value=host or self._title)
        if security is Security.NONE and not is_loopback(host):
            self.security.setFocus()
            raise Problem(ProblemKind.PLAIN_NOT_LOOPBACK, host=host)
        return Server(host, self.port.value(), security, self.user.text().strip() or address)

    def show_server(self, server: Server, address: str) -> None:
        self.host.setText(server.host)
        self.port.set_value(server.port)
        form.choose(self.security, server.security)
        self.user.setText(_named_user(server, address))
        form.mark_wrong(self.host, False)

    def standing(self, server: Server, address: str) -> dict[QWidget, object]:
        return {
            self.host: server.host,
            self.port: str(server.port),
            self.security: server.security,
            self.user: _named_user(server, address),
        }

    def _named(self, part: str) -> str:
        return f"{self._title}: {part}"

    def _security_chosen(self, _place: int) -> None:
        if self.port.value() in self._ports.values():
            self.port.set_value(self._ports[Security(self.security.currentData())])
        self.edited.emit()


def _named_user(server: Server, address: str) -> str:
    """Empty where it is the mail address."""
    return "" if server.user == address else server.user
