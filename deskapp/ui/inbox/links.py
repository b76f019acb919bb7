"""Links in mail: shown with their real address, opened only when a person says so."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

OPENED = ("http", "https", "mailto")
_LONGEST_SHOWN = 400


def _tr(text: str) -> str:
    return QCoreApplication.translate("Links", text)


def real_address(url: QUrl) -> str:
    """The address with its host in the letters that the network uses: no look-alikes."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def lies(shown: str, url: QUrl) -> bool:
    """Whether the words of a link name another host than the one it leads to."""
    words = shown.strip()
    looks_like_one = "." in words and " " not in words and not words.endswith(".")
    if not looks_like_one or url.scheme() == "mailto":
        return False
    named = QUrl.fromUserInput(words).host().removeprefix("www.")
    return bool(named) and named != url.host().removeprefix("www.")


def follow_link(
    parent: QWidget,
    address: str,
    shown: str,
    open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
) -> None:
    """Asks with the full address, then opens it with the system. Other kinds are never opened."""
    url = QUrl(address)
    if url.scheme().lower() not in OPENED:
        QMessageBox.information(
            parent,
            _tr("Link not opened"),
            _tr("Only web and mail addresses are opened from a mail."),
        )
        return
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_tr("Open link?"))
    if url.scheme() == "mailto":
        box.setText(_tr("Write to {address}?").replace("{address}", url.path()))
    else:
        host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
        box.setText(_tr("Open {host} in the browser?").replace("{host}", host))
    told = real_address(url)[:_LONGEST_SHOWN]
    if lies(shown, url):
        box.setIcon(QMessageBox.Icon.Warning)
        told = _tr("The link's words name another place than the one it leads to.") + "\n\n" + told
    box.setInformativeText(told)
    opens = box.addButton(_tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    copies = box.addButton(_tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    if box.clickedButton() is opens:
        open_url(url)
    elif box.clickedButton() is copies:
        QGuiApplication.clipboard().setText(address.removeprefix("mailto:"))
