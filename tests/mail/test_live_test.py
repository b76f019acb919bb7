"""The live test of a mailbox's settings says which step fails, in the server's words."""

from dataclasses import replace

import pytest

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.mail import live_test, providers
from deskapp.mail.imap_session import ListedFolder
from deskapp.mail.watched import WatchedFolder, sent_folder, watched_folders
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def settings(imap_account: ImapAccount, smtp_sink: SmtpSink) -> MailboxSettings:
    return MailboxSettings(
        "support@shop.example",
        "Support",
        Server("127.0.0.1", imap_account.port, Security.NONE, imap_account.user),
        Server("127.0.0.1", smtp_sink.port, Security.NONE, imap_account.user),
    )


def tried(settings: MailboxSettings, password: str) -> list[tuple[str, str]]:
    return [(one.step, one.kind) for one in live_test.test_mailbox(settings, password, password)]


def test_all_steps_are_really_done(settings: MailboxSettings, imap_account: ImapAccount) -> None:
    assert tried(settings, imap_account.password) == [
        (step, "") for step in ("name", "tls", "sign_in", "folders", "smtp")
    ]


def test_each_fault_is_found_at_its_step(
    settings: MailboxSettings, imap_account: ImapAccount
) -> None:
    assert tried(settings, "wrong")[2] == ("sign_in", "sign_in_refused")
    missing = replace(settings, folders=("Nowhere",))
    assert tried(missing, imap_account.password)[3] == ("folders", "folder_missing")
    away = replace(settings, imap=replace(settings.imap, port=1))
    assert tried(away, "x")[:2] == [("name", ""), ("tls", "offline")]
    nowhere = replace(settings, imap=replace(settings.imap, host="no-such-host.invalid"))
    assert tried(nowhere, "x") == [("name", "offline"), ("smtp", "")]
    untrusted = Server("127.0.0.1", imap_account.tls_port, Security.TLS, imap_account.user)
    assert tried(replace(settings, imap=untrusted), "x")[1] == ("tls", "tls_untrusted")


def test_known_providers_are_suggested_and_their_manners_kept() -> None:
    found = providers.suggest("Mai@iCloud.com")
    assert found is not None
    assert (found[0].user, found[1].user) == ("mai", "Mai@iCloud.com")
    assert found[1].security is Security.STARTTLS
    assert providers.suggest("a@shop.example") is None
    assert providers.files_sent_itself("smtp.gmail.com")
    assert not providers.files_sent_itself("smtp.shop.example")
    assert providers.wants_id("imap.163.com")
    assert providers.password_hint("a@qq.com") == "authorisation_code"


def test_sent_is_known_by_its_mark_and_else_by_its_name() -> None:
    plain = [ListedFolder("INBOX", frozenset()), ListedFolder("Đã gửi", frozenset())]
    assert sent_folder(plain) == "Đã gửi"
    marked = [*plain, ListedFolder("Ausgang", frozenset({"\\sent"}))]
    assert watched_folders(marked, ["Shop", "INBOX"]) == [
        WatchedFolder("INBOX", "inbox"),
        WatchedFolder("Ausgang", "sent"),
        WatchedFolder("Shop", "other"),
    ]
