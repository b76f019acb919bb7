"""The shop that the stories are about."""

from pathlib import Path

import pytest

from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink
from tests.servers.wire import NewWire

from .shop import Shop


@pytest.fixture
def shop(
    desk_url: str,
    imap_account: ImapAccount,
    smtp_sink: SmtpSink,
    new_wire: NewWire,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """An open desk on its first day, on each database."""
    own_home.mkdir(exist_ok=True)
    monkeypatch.setenv("DESKAPP_SECRETS", str(own_home / "secrets.json"))
    monkeypatch.setenv("DESKAPP_DESK", desk_url)
    made = Shop(desk_url, imap_account, smtp_sink, new_wire(smtp_sink.port), own_home)
    made.open_desk()
    return made
