"""What single providers do in their own way, against a server that does it."""

from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import select

from deskapp.data.database import Database
from deskapp.data.tables.mail import folder
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import ProblemKind
from deskapp.mail import live_test, providers
from deskapp.mail.connection import ImapConnection
from deskapp.mail.pull import MailboxPull
from tests.data.mail_rows import add_mailbox, new_desk
from tests.servers.scripted_imap import ScriptedImap, Send

GMAIL = (
    b'* LIST (\\HasNoChildren) "/" "INBOX"\r\n'
    b'* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"\r\n'
    b'* LIST (\\All \\HasNoChildren) "/" "[Gmail]/&BBIEQQRP- &BD8EPgRHBEIEMA-"\r\n'
    b'* LIST (\\Flagged \\HasNoChildren) "/" "[Gmail]/Starred"\r\n'
    b'* LIST (\\HasNoChildren \\Important) "/" "[Gmail]/Important"\r\n'
    b'* LIST (\\HasNoChildren \\Sent) "/" "[Gmail]/&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"\r\n'
    b'* LIST (\\HasNoChildren) "/" "Shop"\r\n'
)
ALL_MAIL = "[Gmail]/Вся почта"


@pytest.fixture
def database(desk_file: str) -> Iterator[Database]:
    with new_desk(desk_file) as opened:
        yield opened


def settings(server: ScriptedImap, *folders: str) -> MailboxSettings:
    way = Server("127.0.0.1", server.port, Security.NONE, "support")
    return MailboxSettings("support@shop.example", "", way, way, folders)


def test_gmail_is_watched_in_its_places_and_not_in_its_views(
    scripted_imap: ScriptedImap, database: Database
) -> None:
    scripted_imap.listing = GMAIL
    mail = b"Subject: 1\r\n\r\nfrom the shop"
    scripted_imap.mails = {1: mail}
    scripted_imap.others = {"Shop": {4: mail}, "[Gmail]/Starred": {9: mail}}
    wanted = settings(scripted_imap, "Shop", ALL_MAIL, "[Gmail]/Starred")
    pull = MailboxPull(database, add_mailbox(database), wanted, Event())
    found = pull.round("sesame")
    pull.drop()
    with database.reading() as reading:
        watched = set(reading.execute(select(folder.c.name)).scalars())
    assert watched == {"INBOX", "Shop", "[Gmail]/Отправленные"}
    assert found.new == 2
    assert found.trouble is not None
    assert found.trouble.kind is ProblemKind.FOLDER_IS_VIEW
    assert found.trouble.details["said"] == f"{ALL_MAIL}, [Gmail]/Starred"


def test_a_view_is_told_of_before_the_mailbox_is_saved(scripted_imap: ScriptedImap) -> None:
    scripted_imap.listing = GMAIL
    steps = {
        one.step: one
        for one in live_test.test_mailbox(settings(scripted_imap, "[Gmail]/Important"), "x", "x")
    }
    assert (steps["folders"].kind, steps["folders"].said) == (
        "folder_is_view",
        "[Gmail]/Important",
    )


def test_netease_hears_our_name_after_sign_in_and_before_a_folder_is_opened(
    scripted_imap: ScriptedImap,
) -> None:
    scripted_imap.capabilities = "IMAP4rev1"

    def names_it_later(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("LOGIN"):
            return False
        send(f"{tag} OK [CAPABILITY IMAP4rev1 ID] in\r\n".encode())
        return True

    scripted_imap.answers = [names_it_later]
    line = ImapConnection.open(settings(scripted_imap).imap, "sesame")
    line.select("INBOX")
    line.drop()
    words = [told.split()[1] for told in scripted_imap.received]
    assert words == [b"CAPABILITY", b"LOGIN", b"ID", b"EXAMINE"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("Request is throttled. Suggested Backoff Time: 299997 milliseconds", 300),
        ("BAD Suggested Backoff Time: 12 seconds", 12),
        ("Suggested Backoff Time: 99999999999 milliseconds", 24 * 3600),
        ("[LIMIT] too much", 600),
        ("Account exceeded command or bandwidth limits. (Failure)", 600),
        ("[UNAVAILABLE] backend down", None),
        ("[AUTHENTICATIONFAILED] wrong", None),
    ],
)
def test_a_server_is_left_alone_for_as_long_as_it_asks(said: str, seconds: int | None) -> None:
    assert providers.rest_wanted(said) == seconds


@pytest.mark.parametrize(
    ("said", "for_now"),
    [
        ("[ALERT] Too many simultaneous connections. (Failure)", True),
        ("User is authenticated but not connected.", True),
        ("[UNAVAILABLE] Temporary authentication failure", True),
        ("[AUTHENTICATIONFAILED] Invalid credentials, temporarily locked", False),
        ("[ALERT] Application-specific password required", False),
        ("LOGIN failed.", False),
    ],
)
def test_only_a_bad_moment_is_tried_again(said: str, for_now: bool) -> None:
    assert providers.is_for_now(said) is for_now
