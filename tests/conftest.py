"""The ground tests stand on: no screen, no real keyring, a home of their own, no leftovers."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any Qt: without a screen Qt aborts

import gc
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import keyring
import pytest
from _pytest.terminal import TerminalReporter
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

ROOT = Path(__file__).parent.parent
SEEN = "seen"
"""The property of a test's report in which an exam says what it saw."""

pytest_plugins = [
    "tests.servers.authority",
    "tests.servers.dovecot",
    "tests.servers.postgres",
    "tests.servers.mariadb",
    "tests.servers.blank_desk",
    "tests.servers.team_desk",
    "tests.servers.smtp_sink",
    "tests.servers.screen",
    "tests.servers.bad_tls",
    "tests.servers.scripted_imap",
    "tests.servers.wire",
]


class MemoryKeyring(KeyringBackend):
    """A keyring that a test can look into and that nobody finds afterwards."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """Stands in for the system's keyring; child processes are given one that refuses."""
    ours = MemoryKeyring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    keyring.set_keyring(ours)
    yield ours


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """DESKAPP_HOME for this test; nothing of the person running the tests is read."""
    for name in ("DESKAPP_DESK", "DESKAPP_SECRETS", "DESKAPP_PASSWORD", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    monkeypatch.setenv("DESKAPP_HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # `python -m deskapp` from any folder
    return home


def pytest_collection_finish() -> None:
    """What was imported stays: without this, collecting a test's garbage walks all of it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """As in the program (``ui/garbage.py``): another thread must not destroy a test's widgets.

    Collected once pytest has let go of what the test was given. What a collection leaves is not
    walked again: reports and caches grow with every test, and walking them was a third of a run.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        if gc.get_count()[0] > 20_000:
            gc.collect()
            gc.freeze()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread running, daemon or not."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 5
    for thread in _ours(set(threading.enumerate()) - before):
        thread.join(max(0.0, until - time.monotonic()))
    left = _ours(set(threading.enumerate()) - before)
    assert not left, f"threads still running after the test: {left}"


def _ours(threads: set[threading.Thread]) -> list[threading.Thread]:
    # Threads that Qt's pool made show up as dummies: they cannot be joined and end with the pool.
    return [thread for thread in threads if not isinstance(thread, threading._DummyThread)]


_COMMANDS_ON_BOTH = ("test_first_day", "test_desk_password", "test_speed")
_EXAMS_IN_SHORT = ("test_mail_exam_in_short", "test_send_exam_in_short", "test_pull_survives_kill")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk_url(request: pytest.FixtureRequest) -> str:
    """The address of a desk that nobody has opened yet, once per kind of database.

    The kind stands in the test's name, so that `-k sqlite` chooses one.
    """
    kind = "desk_file" if request.param == "sqlite" else "desk_on_postgres"
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_desk_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The same without tables, for tests of how a desk is made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'desk.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def pytest_itemcollected(item: pytest.Item) -> None:
    """Everything under tests/exams is an exam: long, and run only by `dev.py exam`.

    So are commands on PostgreSQL, but for a few files: each starts Python some ten times, and what
    they ask of the desk is tested on both databases where it stands. So are the short exams there.
    """
    place = item.path.relative_to(ROOT)
    repeated = "cli" in place.parts and place.stem not in _COMMANDS_ON_BOTH
    repeated = repeated or place.stem in _EXAMS_IN_SHORT
    if "exams" in place.parts or (repeated and "[postgresql" in item.name):
        item.add_marker("exam")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Prints what the exams told, also from other processes (``tell`` in tests/exams)."""
    told = {
        f"{report.head_line}: {sentence}"
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, sentence in getattr(report, "user_properties", ())
        if name == SEEN
    }
    for line in sorted(told):
        terminalreporter.write_line(line)
