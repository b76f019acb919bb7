"""A shop's first day: real servers, the real program, and windows one can look into."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.composer import Composer
from deskapp.ui.engine_process import EngineProcess
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.watching import watching
from deskapp.wiring import open_house
from tests.servers.dovecot import ImapAccount
from tests.servers.smtp_sink import SmtpSink
from tests.servers.wire import Wire

SUPPORT = "support@shop.example"
SOON_MS = 20_000


@dataclass(frozen=True)
class Shop:
    """One desk with one mailbox on real servers. ``run`` is the program as a person starts it."""

    url: str
    account: ImapAccount
    sink: SmtpSink
    line: Wire  # between us and the SMTP server
    home: Path

    def run(self, *words: str, password: str = "", allowed: Sequence[int] = (0,)) -> str:
        """Runs a command; the exit code must be one of ``allowed``. Returns what it printed."""
        environment = {**os.environ}
        if password:
            environment["DESKAPP_PASSWORD"] = password
        done = subprocess.run(
            [sys.executable, "-m", "deskapp", *words],
            env=environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode in allowed, f"{words}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def json(self, *words: str, allowed: Sequence[int] = (0,)) -> Any:
        """Runs a command with --json and reads its document."""
        return json.loads(self.run(*words, "--json", allowed=allowed))

    def open_desk(self) -> None:
        """Day one: a desk, an agent, and the support address."""
        self.run("init")
        self.run("agent", "add", "Anna")
        self.add_mailbox(self.account.port)

    def add_mailbox(self, imap_port: int, *words: str) -> None:
        """The support address; ``imap_port`` is the server's, or that of a line before it."""
        imap = f"{self.account.host}:{imap_port}"
        smtp = f"{self.line.host}:{self.line.port}"
        self.run(
            *("mailbox", "add", SUPPORT, "--user", self.account.user),
            *("--imap", imap, "--imap-security", "none"),
            *("--smtp", smtp, "--smtp-security", "none"),
            *words,
            password=self.account.password,
        )

    @contextmanager
    def window(
        self,
        qtbot: QtBot,
        engine: bool = True,
        agent: str = "Anna",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Iterator["Window"]:
        """The main window with its engine beside it, as ``app.py`` builds them.

        ``now``: the clock by which it calls a reply late.
        """
        prepare_application(appearance="light")
        with ExitStack() as house:
            bridge = Bridge()
            desk = open_house(self.url, agent_name=agent, announce=bridge.changed.emit)
            house.callback(desk.close)
            work = Work(desk)
            house.callback(work.close)
            house.enter_context(watching(desk, bridge.changed.emit))
            process = EngineProcess(self.url, bridge.engine_news.emit)
            house.callback(process.stop)
            shell = Shell(work, bridge, Remembered(self.home / f"{agent}.ini"), "Shop", now=now)
            shell.sync_wanted.connect(process.sync_now)
            qtbot.addWidget(shell)
            house.callback(shell.close)
            with qtbot.waitExposed(shell):
                shell.show()
            if engine:
                process.start()
            yield Window(qtbot, shell, process)


@dataclass(frozen=True)
class Window:
    """What a rep sees and does."""

    qtbot: QtBot
    shell: Shell
    engine: EngineProcess

    @property
    def inbox(self) -> InboxPage:
        page = self.shell.page("inbox")
        assert isinstance(page, InboxPage)
        return page

    @property
    def composer(self) -> Composer:
        found = self.inbox.findChild(Composer)
        assert isinstance(found, Composer)
        return found

    def listed(self) -> list[str]:
        """The rows on screen, as a screen reader says them."""
        model = self.inbox.list.list.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def wait_listed(self, *words: str) -> None:
        """Until a row with all the words is on screen."""
        self.qtbot.waitUntil(
            lambda: any(all(word in row for word in words) for row in self.listed()),
            timeout=SOON_MS,
        )

    def shown(self) -> str:
        """The words of the conversation on screen."""
        pane = self.inbox.conversation
        texts = [one.toPlainText() for one in pane.findChildren(QTextEdit) if one.isVisible()]
        labels = [one.text() for one in pane.findChildren(QLabel) if one.isVisible()]
        return "\n".join(texts + labels)

    def open(self, ticket: TicketId) -> None:
        """Opens a ticket and waits until its conversation and its draft are there."""
        self.inbox.open_ticket(ticket)
        pane = self.inbox.conversation
        self.qtbot.waitUntil(lambda: pane.conversation is not None, timeout=SOON_MS)
        self.qtbot.waitUntil(lambda: self.composer.keeper.ticket == ticket, timeout=SOON_MS)
        send = self.composer.at.send
        self.qtbot.waitUntil(send.isEnabled, timeout=SOON_MS)

    def wait_shown(self, *words: str) -> None:
        """Until the conversation shows all the words."""
        self.qtbot.waitUntil(lambda: all(word in self.shown() for word in words), timeout=SOON_MS)

    def write(self, words: str) -> None:
        """Types into the open reply as a person does."""
        editor = self.composer.at.editor
        editor.setFocus()
        self.qtbot.keyClicks(editor, words)
        self.qtbot.waitUntil(lambda: words in editor.text(), timeout=SOON_MS)

    def foot(self) -> str:
        """What the status line says."""
        labels = self.shell.status.findChildren(QLabel)
        return " · ".join(label.text() for label in labels if label.isVisible())
