"""The test servers keep the promises that the other tests stand on."""

import smtplib
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import imapclient.exceptions
import psycopg
import pytest
from imapclient import IMAPClient
from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.schema import SCHEMA, schema_of
from tests.servers.authority import Authority
from tests.servers.dovecot import Dovecot, ImapAccount
from tests.servers.screen import Screen
from tests.servers.smtp_sink import Cut, NewSink, Security, SmtpSink
from tests.servers.wire import NewWire

MAIL = b"From: mai@example.com\r\nSubject: order 1004\r\n\r\nWhere is it?\r\n"


def test_delivered_mails_are_listed_in_order_and_read_back_byte_for_byte(
    imap_account: ImapAccount,
) -> None:
    mails = [MAIL + b"%d\r\n" % number for number in range(300)]
    received = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    imap_account.deliver(*mails, received=received)
    with imap_account.connection() as client:
        client.normalise_times = False
        client.select_folder("INBOX")
        uids = client.search("ALL")
        fetched = client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"])
    assert [fetched[uid][b"BODY[]"] for uid in uids] == mails
    assert {row[b"INTERNALDATE"] for row in fetched.values()} == {received}
    assert imap_account.mails() == mails


def test_flags_folders_and_removal_are_seen_on_the_server(imap_account: ImapAccount) -> None:
    imap_account.deliver(MAIL, folder="Đơn hàng/2026", flags="S")
    imap_account.deliver(MAIL, MAIL, folder="Sent")
    assert imap_account.folders() == ["INBOX", "Sent", "Đơn hàng", "Đơn hàng/2026"]
    assert imap_account.flags("Đơn hàng/2026") == {1: {"\\Seen"}}
    imap_account.remove([1], folder="Sent")
    assert imap_account.uids("Sent") == [2]
    with imap_account.connection() as client:
        assert client.find_special_folder(b"\\Sent") == "Sent"


def test_a_renewed_uidvalidity_keeps_the_mails(imap_account: ImapAccount) -> None:
    imap_account.deliver(MAIL, MAIL)
    with imap_account.connection() as client:
        before = client.select_folder("INBOX")[b"UIDVALIDITY"]
    imap_account.renew_uidvalidity()
    with imap_account.connection() as client:
        after = client.select_folder("INBOX")
    assert after[b"UIDVALIDITY"] != before
    assert after[b"EXISTS"] == 2


def test_two_accounts_share_nothing_and_a_wrong_password_is_refused(
    imap_account: ImapAccount, dovecot: Dovecot
) -> None:
    imap_account.deliver(MAIL)
    other = dovecot.account()
    assert other.mails() == []
    assert other.uids() == []
    with (
        IMAPClient(other.host, other.port, ssl=False) as client,
        pytest.raises(imapclient.exceptions.LoginError),
    ):
        client.login(other.user, "wrong")


def test_imap_over_tls_is_trusted_only_with_the_authority(
    imap_account: ImapAccount, trusted_authority: Path
) -> None:
    place = (imap_account.host, imap_account.tls_port)
    with IMAPClient(*place, ssl_context=ssl.create_default_context()) as client:
        client.login(imap_account.user, imap_account.password)
    stranger = Authority(trusted_authority.parent / "..").client_context()
    with pytest.raises(ssl.SSLCertVerificationError):
        IMAPClient(*place, ssl_context=stranger)


@pytest.mark.parametrize("_round", [1, 2])
def test_every_test_gets_an_empty_postgresql_database(postgres_url: str, _round: int) -> None:
    place = postgres_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(place) as connection:
        connection.execute("CREATE TABLE once (word text)")
        row = connection.execute("SELECT lower('ПРИВЕТ'), current_setting('fsync')").fetchone()
    assert row == ("привет", "off")


def test_a_desk_to_be_opened_is_offered_on_both_databases(desk_url: str) -> None:
    assert desk_url.startswith(("sqlite:////", "postgresql+psycopg://"))
    with closing(Database(desk_url)) as database, database.reading() as connection:
        assert schema_of(connection) == SCHEMA
        assert connection.execute(text("SELECT count(*) FROM desk_info")).scalar() == 0


def _mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.com", "mai@example.com", "1004"
    mail.set_content("On its way.\n.\nShop")
    return mail


@contextmanager
def _client(sink: SmtpSink, authority: Authority, security: Security) -> Iterator[smtplib.SMTP]:
    trust = authority.client_context()
    if security is Security.TLS:
        with smtplib.SMTP_SSL(sink.host, sink.port, timeout=10, context=trust) as client:
            yield client
        return
    with smtplib.SMTP(sink.host, sink.port, timeout=10) as client:
        if security is Security.STARTTLS:
            client.starttls(context=trust)
        yield client


@pytest.mark.parametrize("security", list(Security))
def test_the_sink_keeps_what_a_logged_in_client_sends(
    new_smtp_sink: NewSink, authority: Authority, security: Security
) -> None:
    sink = new_smtp_sink(security, login=("anna", "pass"))
    with _client(sink, authority, security) as client:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("anna", "wrong")
        client.login("anna", "pass")
        client.send_message(_mail())
    (mail,) = sink.wait_for(1)
    assert (mail.sender, mail.recipients) == ("shop@example.com", ("mai@example.com",))
    assert mail.content.endswith(b"On its way.\r\n.\r\nShop\r\n")
    assert (mail.encrypted, mail.user) == (security is not Security.NONE, "anna")


def test_the_sink_refuses_where_the_script_says_so(smtp_sink: SmtpSink) -> None:
    script = smtp_sink.script
    script.recipients["nobody@example.com"] = "550 5.1.1 unknown"
    script.end_of_data += ["451 4.3.0 later", "554 5.7.1 never"]
    with smtplib.SMTP(smtp_sink.host, smtp_sink.port, timeout=10) as client:
        for code in (451, 554):
            with pytest.raises(smtplib.SMTPDataError) as refused:
                client.send_message(_mail())
            assert refused.value.smtp_code == code
        mixed = ["nobody@example.com", "mai@example.com"]
        assert client.send_message(_mail(), to_addrs=mixed) == {mixed[0]: (550, b"5.1.1 unknown")}
        script.mail = "421 4.7.0 busy"
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.send_message(_mail())
    assert [mail.recipients for mail in smtp_sink.mails] == [("mai@example.com",)]


@pytest.mark.parametrize("cut", list(Cut))
def test_the_sink_hangs_up_where_the_script_says_so(smtp_sink: SmtpSink, cut: Cut) -> None:
    smtp_sink.script.cut = cut
    with (
        pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)),
        smtplib.SMTP(smtp_sink.host, smtp_sink.port, timeout=10) as client,
    ):
        client.send_message(_mail())
    assert len(smtp_sink.mails) == (cut is Cut.AFTER_DOT_KEPT)


def test_a_wire_can_be_cut_and_mended_and_counts_what_passes(
    imap_account: ImapAccount, new_wire: NewWire
) -> None:
    wire = new_wire(imap_account.port)
    client = IMAPClient(wire.host, wire.port, ssl=False, timeout=10)
    client.login(imap_account.user, imap_account.password)
    assert wire.sent > len(imap_account.password)
    assert wire.received > 0
    wire.cut()
    with pytest.raises((OSError, imapclient.exceptions.IMAPClientError)):
        client.noop()
    client.shutdown()
    with pytest.raises(ConnectionRefusedError):
        IMAPClient(wire.host, wire.port, ssl=False, timeout=10)
    wire.mend()
    with IMAPClient(wire.host, wire.port, ssl=False, timeout=10) as again:
        again.login(imap_account.user, imap_account.password)
    assert wire.connections == 2


def test_a_frozen_wire_lets_nothing_pass_until_it_is_mended(
    smtp_sink: SmtpSink, new_wire: NewWire
) -> None:
    wire = new_wire(smtp_sink.port)
    with smtplib.SMTP(wire.host, wire.port, timeout=0.2) as client:
        wire.freeze()
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            client.noop()
    wire.mend()
    with smtplib.SMTP(wire.host, wire.port, timeout=10) as client:
        client.send_message(_mail())
    assert len(smtp_sink.wait_for(1)) == 1


def test_a_program_on_the_screen_can_be_pictured(screen: Screen, tmp_path: Path) -> None:
    show = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "from PySide6.QtCore import QTimer\n"
        "app = QApplication([]); print(app.platformName())\n"
        "label = QLabel('deskapp'); label.show(); QTimer.singleShot(0, app.quit); app.exec()"
    )
    seen = subprocess.run(
        [sys.executable, "-c", show],
        env=screen.environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert seen.stdout.strip() == "xcb"
    screen.picture(tmp_path / "screen.png")
    assert (tmp_path / "screen.png").stat().st_size > 0
