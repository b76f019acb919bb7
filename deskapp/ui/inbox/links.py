"""Links in mail: shown with their real host, opened at once only when nothing is odd about them."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from deskapp.domain.links import (
    LinkRemark,
    host_of,
    is_opened,
    link_remarks,
    read_mail_link,
    scheme_of,
)
from deskapp.ui.translatable import N

_LONGEST_SHOWN = 400
_REMARKS = {
    LinkRemark.OTHER_SITE: N(
        "Links", "The link's words name another place than the one it leads to."
    ),
    LinkRemark.LOOK_ALIKE: N(
        "Links", "The host is written in letters that look like others: it may imitate a known one."
    ),
    LinkRemark.NUMBERS: N("Links", "The host has no name, only figures."),
    LinkRemark.NAME_BEFORE_HOST: N(
        "Links", "What stands before the @ in the address is not the host that is opened."
    ),
    LinkRemark.NESTED_NAME: N(
        "Links", "The host begins like a known name, but belongs to somebody else."
    ),
    LinkRemark.HIDDEN_SIGNS: N("Links", "There are signs in it that hide or turn text."),
    LinkRemark.BROKEN: N("Links", "The address cannot be understood."),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Links", text)


def remarks_in_words(address: str, words: str) -> list[str]:
    """A sentence for everything odd about a link."""
    return [_tr(_REMARKS[one]) for one in link_remarks(address, words)]


def told_of_link(address: str, words: str) -> str:
    """For the tool tip: the host first, what is odd about it, then the whole address."""
    host = host_of(address) or read_mail_link(address).to if _is_opened(address) else ""
    lines = [host, *remarks_in_words(address, words), address[:_LONGEST_SHOWN]]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def follow_link(
    parent: QWidget,
    address: str,
    words: str,
    open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    write_mail: Callable[[str], object] | None = None,
) -> None:
    """Opens an honest web link with the system and asks before an odd one; others are not opened.

    ``write_mail`` takes mailto: addresses; without it the system's own mail program does.
    """
    if not _is_opened(address):
        _refuse(parent)
        return
    remarks = remarks_in_words(address, words)
    if remarks and not _is_wanted(parent, address, remarks):
        return
    if scheme_of(address) == "mailto" and write_mail is not None:
        write_mail(address)
    else:
        open_url(QUrl(address))


def _is_opened(address: str) -> bool:
    return is_opened(address) and QUrl(address).isValid()


def _refuse(parent: QWidget) -> None:
    box = QMessageBox(QMessageBox.Icon.Information, _tr("Link not opened"), "", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_tr("Only web and mail addresses are opened from a mail."))
    box.exec()


def _is_wanted(parent: QWidget, address: str, remarks: list[str]) -> bool:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_tr("Open link?"))
    if scheme_of(address) == "mailto":
        told = _tr("Write to {address}?").replace("{address}", read_mail_link(address).to)
    else:
        told = _tr("Open {host} in the browser?").replace("{host}", host_of(address))
    box.setText(told)
    box.setInformativeText("\n".join([*remarks, "", address[:_LONGEST_SHOWN]]))
    opens = box.addButton(_tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    copies = box.addButton(_tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    if box.clickedButton() is copies:
        QGuiApplication.clipboard().setText(address.removeprefix("mailto:"))
    return box.clickedButton() is opens
