"""Ways in which a desk's database goes away from a window, and comes back."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from psycopg import sql

from tests.servers.postgres import SETTINGS, Postgres
from tests.servers.process import free_port, need, run, running, server_folder
from tests.servers.wire import Wire

WAYS = ("stop", "cut", "freeze", "kill")


class Outages:
    """A PostgreSQL of its own behind a line of its own; ``url`` is the desk's address there."""

    def __init__(self, server: Postgres, line: Wire, command: list[str], folder: Path) -> None:
        self.server, self._line, self._command, self._folder = server, line, command, folder
        self._running = ExitStack()
        self._start()
        server.create("desk")
        self.url = f"postgresql+psycopg://deskapp@127.0.0.1:{line.port}/desk"

    def _start(self) -> None:
        child = running(self._command, self._folder, self.server.accepts, signal.SIGQUIT)
        self._running.enter_context(child)

    def close(self) -> None:
        self._running.close()

    def begin(self, way: str) -> None:
        """The database goes away; after "kill" only the connections are gone."""
        if way == "stop":
            self._running.close()
        elif way == "cut":
            self._line.cut()
        elif way == "freeze":
            self._line.freeze()
        else:
            self.server.execute(
                sql.SQL(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = 'desk' AND pid <> pg_backend_pid()"
                ).format()
            )

    def end(self, way: str) -> None:
        """It is back."""
        if way == "stop":
            self._start()
        elif way in ("cut", "freeze"):
            self._line.mend()


@contextmanager
def outages() -> Iterator[Outages]:
    """Stopped with all it has at the end."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    initdb, server = need("initdb", *folders), need("postgres", *folders)
    with server_folder("outages") as folder:
        data = folder / "data"
        options = ["-U", "deskapp", "--auth=trust", "--no-sync", "-E", "UTF8"]
        run([initdb, "-D", str(data), *options, "--locale=C.UTF-8"], folder)
        port = free_port()
        # Stopped at once, a server without this loses what it has confirmed 0.6 s before.
        lasting = SETTINGS | {"synchronous_commit": "on"}
        settings = [f"-c{name}={value}" for name, value in lasting.items()]
        place = [f"-p{port}", f"-cunix_socket_directories={folder}"]
        with Wire(port) as line:
            made = Outages(
                Postgres(port), line, [server, "-D", str(data), *place, *settings], folder
            )
            try:
                yield made
            finally:
                made.close()
