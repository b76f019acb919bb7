"""A private Dovecot: one server per test process, one fresh account per test."""

import grp
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from string import Template

import pytest
from imapclient import IMAPClient, imap_utf7

from tests.servers.authority import Authority
from tests.servers.process import (
    Stopped,
    answers,
    free_port,
    give,
    need,
    plain_account,
    running,
    server_folder,
)

PASSWORD = "sesame-7"

_numbers = count(1)


@dataclass(frozen=True)
class ImapAccount:
    """One mailbox on the test server: where to log in, and what lies in it on disk.

    `port` speaks plain text and STARTTLS, `tls_port` TLS from the first byte. Mails are put in
    as Maildir files and looked at with IMAPClient, without any code of deskapp.
    """

    host: str
    port: int
    tls_port: int
    user: str
    password: str
    maildir: Path

    def deliver(
        self,
        *mails: bytes,
        folder: str = "INBOX",
        flags: str = "",
        received: datetime | None = None,
    ) -> None:
        """Puts mails into a folder as a delivery agent does, some thousands a second.

        `flags` are Maildir letters (S seen, R answered, F flagged, T deleted); `received`
        becomes INTERNALDATE. The server gives UIDs in the order delivered.
        """
        place = self._path(folder)
        if not place.is_dir():
            self.add_folder(folder)
        for mail in mails:
            name = f"{next(_numbers):010d}.deskapp,S={len(mail)}"
            written = place / "tmp" / name
            written.write_bytes(mail)
            give(written)
            if received is not None:
                os.utime(written, (received.timestamp(), received.timestamp()))
            written.rename(place / "cur" / f"{name}:2,{flags}" if flags else place / "new" / name)

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """The bytes of every mail in a folder, by UID; empty if there is no such folder."""
        with self.connection() as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            fetched = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
        return [row[b"BODY[]"] for _uid, row in sorted(fetched.items())]

    def add_folder(self, name: str) -> None:
        """Creates and subscribes a folder; `/` separates levels."""
        with self.connection() as client:
            client.create_folder(name)
            client.subscribe_folder(name)

    def folders(self) -> list[str]:
        """The names of all folders, as the server lists them."""
        with self.connection() as client:
            return sorted(name for _flags, _separator, name in client.list_folders())

    def uids(self, folder: str = "INBOX") -> list[int]:
        """The UIDs the server lists."""
        with self.connection() as client:
            client.select_folder(folder, readonly=True)
            return [int(uid) for uid in client.search("ALL")]

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """IMAP flags by UID, without \\Recent."""
        with self.connection() as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags(client.search("ALL"))
        return {
            uid: {flag.decode() for flag in flags} - {"\\Recent"} for uid, flags in found.items()
        }

    def remove(self, uids: Iterable[int], folder: str = "INBOX") -> None:
        """Deletes and expunges mails, as another mail program would."""
        with self.connection() as client:
            client.select_folder(folder)
            client.delete_messages(list(uids))
            client.expunge()

    def renew_uidvalidity(self, folder: str = "INBOX") -> None:
        """Makes the server forget its UIDs: same mails, new UIDVALIDITY."""
        for file in self._path(folder).glob("dovecot*"):
            if file.is_file() and not file.name.startswith("dovecot-uidvalidity"):
                file.unlink()

    @contextmanager
    def connection(self) -> Iterator[IMAPClient]:
        """A logged-in client, for what the other methods do not say."""
        with IMAPClient(self.host, self.port, ssl=False, timeout=20) as client:
            client.login(self.user, self.password)
            yield client

    def _path(self, folder: str) -> Path:
        if folder.upper() == "INBOX":
            return self.maildir
        encoded: bytes = imap_utf7.encode(folder)
        return self.maildir / ("." + encoded.decode("ascii").replace("/", "."))


@dataclass(frozen=True)
class Dovecot:
    """A running server; every user name may log in with PASSWORD."""

    folder: Path
    port: int
    tls_port: int

    def account(self) -> ImapAccount:
        """A new, empty mailbox."""
        user = f"support-{next(_numbers)}@shop.example"
        maildir = self.folder / "mail" / user
        for part in (maildir, *(maildir / name for name in ("cur", "new", "tmp"))):
            part.mkdir()
            give(part)
        return ImapAccount("127.0.0.1", self.port, self.tls_port, user, PASSWORD, maildir)


@pytest.fixture(scope="session")
def dovecot(authority: Authority) -> Iterator[Dovecot]:
    """One Dovecot for this test process."""
    with serve(authority) as server:
        yield server


@contextmanager
def serve(authority: Authority) -> Iterator[Dovecot]:
    """A Dovecot in a temporary folder, on free ports; benchmarks use it too."""
    program = need("dovecot")
    with server_folder("dovecot") as folder, ExitStack() as stack:
        for name in ("run", "state", "mail", "home"):
            (folder / name).mkdir()
            give(folder / name)
        authority.write_certificate(folder / "cert.pem", folder / "key.pem")
        give(folder / "key.pem")
        yield _started(program, folder, stack)


def _started(program: str, folder: Path, stack: ExitStack) -> Dovecot:
    config = folder / "dovecot.conf"
    for _attempt in range(2):
        server = Dovecot(folder, free_port(), free_port())
        config.write_text(_configuration(server, program), "utf-8")
        ready = partial(answers, server.port)
        try:
            stack.enter_context(running([program, "-F", "-c", str(config)], folder, ready))
        except Stopped:
            continue  # somebody else took a port between the probe and the start
        return server
    raise RuntimeError(f"Dovecot did not start: {(folder / 'output.log').read_text()[-2000:]}")


def _configuration(server: Dovecot, program: str) -> str:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    kind = "2.3" if told.stdout.startswith("2.3") else "2.4"
    template = Path(__file__).with_name(f"dovecot-{kind}.conf").read_text("utf-8")
    user_id, group_id = plain_account() or (os.getuid(), os.getgid())
    return Template(re.sub(r"(?m)^#.*\n", "", template)).substitute(
        folder=server.folder,
        port=server.port,
        tls_port=server.tls_port,
        user=pwd.getpwuid(user_id).pw_name,
        group=grp.getgrgid(group_id).gr_name,
        password=PASSWORD,
    )


@pytest.fixture
def imap_account(dovecot: Dovecot) -> Iterator[ImapAccount]:
    """A new, empty mailbox with a Sent folder, gone after the test."""
    account = dovecot.account()
    yield account
    shutil.rmtree(account.maildir, ignore_errors=True)
