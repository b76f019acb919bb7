"""Which folder holds what staff sent: the mark of the server first, then names people know."""

import pytest

from deskapp.mail.imap_session import ListedFolder
from deskapp.mail.watched import sent_folder


@pytest.mark.parametrize(
    "name",
    [
        *("Sent", "Sent Items", "Sent Messages", "已发送", "寄件備份", "Отправленные", "Đã gửi"),
        *("INBOX/Sent", "INBOX.Sent", "[Gmail]/Thư đã gửi"),
    ],
)
def test_a_sent_folder_is_known_by_its_name(name: str) -> None:
    listed = [ListedFolder(one, frozenset()) for one in ("INBOX", "Archive/Sent", name)]
    assert sent_folder(listed) == name


def test_the_servers_mark_goes_before_every_name() -> None:
    marked = ListedFolder("Odd", frozenset(("\\sent",)))
    assert sent_folder([ListedFolder("Sent", frozenset()), marked]) == "Odd"
