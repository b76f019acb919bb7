"""A line to a server that a test can cut, freeze and mend, and that counts what passes."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from typing import Any

import pytest


class Wire:
    """Carries connections from `port` to another port of loopback, byte for byte.

    `sent` and `received` count bytes towards and from the server; `connections` counts calls.
    """

    host = "127.0.0.1"

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self.sent = 0
        self.received = 0
        self.connections = 0
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire")
        self._listener: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()

    def __enter__(self) -> "Wire":
        self._thread.start()
        self._flowing.set()
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def cut(self) -> None:
        """Every connection breaks; new ones are refused until `mend`."""
        self._do(self._cut())

    def freeze(self) -> None:
        """Connections stay and new ones are taken, but nothing passes until `mend`."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def mend(self) -> None:
        """The line works again, under the same port."""
        self._do(self._mend())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _mend(self) -> None:
        self._flowing.set()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._took, self.host, self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    def _took(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        call = self._loop.create_task(self._carry(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection(self.host, self._server_port)
            ends.append(far_writer)
            await asyncio.gather(
                self._pump(reader, far_writer, self._count_sent),
                self._pump(far_reader, writer, self._count_received),
            )
        except OSError:
            pass  # either end may hang up at any moment; the other one is told below
        finally:
            for end in ends:
                end.transport.abort()

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, count: Callable[[int], None]
    ) -> None:
        while block := await source.read(65536):
            await self._flowing.wait()
            count(len(block))
            sink.write(block)
            await sink.drain()
        sink.write_eof()

    def _count_sent(self, size: int) -> None:
        self.sent += size

    def _count_received(self, size: int) -> None:
        self.received += size


NewWire = Callable[[int], Wire]


@pytest.fixture
def new_wire() -> Iterator[NewWire]:
    """`new_wire(imap_account.port)` puts a Wire before a server; use its `port` instead."""
    with ExitStack() as stack:
        yield lambda server_port: stack.enter_context(Wire(server_port))
