"""Starts a real server for the tests as a child that cannot outlive them."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

INSTALL = "is not installed: run `python3 dev.py test`, which installs what the tests need"


class Stopped(Exception):
    """The server ended by itself while it was starting; the text is the end of its log."""


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def need(program: str, *folders: Path) -> str:
    """The full path of a server program, also outside PATH.

    Raises:
        RuntimeError: it is not there; the text says which command installs it.
    """
    where = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders), "/usr/sbin"])
    found = shutil.which(program, path=where)
    if found is None:
        raise RuntimeError(f"{program} {INSTALL}")
    return found


def plain_account() -> tuple[int, int] | None:
    """User and group id for servers that refuse root; None where the tests are not root."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def give(path: Path) -> None:
    """Hands a file or folder to the account that the servers run under."""
    account = plain_account()
    if account:
        os.chown(path, *account)


@contextlib.contextmanager
def server_folder(name: str) -> Iterator[Path]:
    """A temporary folder the servers' account may enter (pytest's own is closed to it).

    It lies where the tests' own folders lie: in memory, a database is copied three times as fast.
    """
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    folder = Path(tempfile.mkdtemp(prefix=f"deskapp-{name}-", dir=root)).resolve()
    give(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: Sequence[str], cwd: Path) -> None:
    """Runs a preparing command under the servers' account; its words are in the error."""
    user, group = plain_account() or (None, None)
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout[-500:]}{done.stderr[-1500:]}")


@contextlib.contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    ready: Callable[[], bool],
    stop: signal.Signals = signal.SIGTERM,
    seconds: float = 30,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server from `command`, up when `ready` says so, stopped by its own pid at the end.

    Output goes to `folder`/output.log. On Linux the kernel sends `stop` when the tests die.

    Raises:
        Stopped: it ended while starting (a port may have been taken meanwhile).
        TimeoutError: it was not ready after `seconds`.
    """
    log = folder / "output.log"
    user, group = plain_account() or (None, None)
    with log.open("ab") as output:
        give(log)
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=_die_with_parent(stop) if sys.platform == "linux" else None,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )
    try:
        _wait_until_ready(child, ready, log, seconds)
        yield child
    finally:
        _stop(child, stop)


def _wait_until_ready(
    child: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path, seconds: float
) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if child.poll() is not None:
            raise Stopped(log.read_text("utf-8", "replace")[-2000:])
        if time.monotonic() > until:
            raise TimeoutError(
                f"not ready after {seconds} s: {log.read_text('utf-8', 'replace')[-2000:]}"
            )
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.01)


def _stop(child: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if child.poll() is None:
        child.send_signal(how)
    try:
        child.wait(15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def answers(port: int) -> bool:
    """True when something accepts connections on this loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _die_with_parent(how: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        pr_set_pdeathsig = 1  # prctl(2)
        libc.prctl(pr_set_pdeathsig, int(how))

    return ask_kernel
