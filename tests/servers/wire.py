"""A line to a server that a test can cut, freeze, poison and mend, and that counts what passes."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from .poison import Poison, Struck, reset, strike


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
        self._each: set[asyncio.Event] = set()  # of each call that is open: whether it flows
        self._poison: Poison | None = None
        self._left = 0
        self._struck = threading.Event()

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

    def refuse(self) -> None:
        """New connections are refused until `mend`; those that are open go on."""
        self._do(self._refuse())

    def freeze(self) -> None:
        """Connections stay and new ones are taken, but nothing passes until `mend`."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def freeze_calls(self) -> None:
        """Connections that are open stay and are silent for ever; new ones work."""
        self._do(self._freeze_calls())

    def mend(self) -> None:
        """The line works again, under the same port."""
        self._do(self._mend())

    def poison(self, poison: Poison) -> None:
        """Arms it: it strikes once, at its byte, whichever connection carries that."""
        self._struck.clear()
        self._do(self._arm(poison))

    def struck(self, seconds: float) -> bool:
        """Waits until the poison strikes; False when it has not after so many seconds."""
        return self._struck.wait(seconds)

    def disarm(self) -> None:
        """Takes a poison back that has not struck."""
        self._do(self._arm(None))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _mend(self) -> None:
        self._flowing.set()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._took, self.host, self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    async def _refuse(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    async def _cut(self) -> None:
        await self._refuse()
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _freeze_calls(self) -> None:
        for flows in self._each:
            flows.clear()

    async def _arm(self, poison: Poison | None) -> None:
        self._poison = poison
        self._left = poison.after if poison else 0

    def _took(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        call = self._loop.create_task(self._carry(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        gently, flows = True, asyncio.Event()
        flows.set()
        self._each.add(flows)
        try:
            far_reader, far_writer = await asyncio.open_connection(self.host, self._server_port)
            ends.append(far_writer)
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(reader, far_writer, flows, to_server=True))
                pumps.create_task(self._pump(far_reader, writer, flows, to_server=False))
        except* Struck as struck:
            gently = all(one.gently for one in struck.exceptions if isinstance(one, Struck))
        except* OSError:
            pass  # either end may hang up at any moment; the other one is told below
        except* asyncio.CancelledError:
            gently = False
        finally:
            self._each.discard(flows)
            for end in ends:
                end.close() if gently else reset(end)

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        flows: asyncio.Event,
        *,
        to_server: bool,
    ) -> None:
        passing = True
        while block := await source.read(65536):
            await self._flowing.wait()
            await flows.wait()
            self._count(len(block), to_server)
            if passing:
                passing = await self._pass(block, sink, to_server)
        sink.write_eof()

    async def _pass(self, block: bytes, sink: asyncio.StreamWriter, to_server: bool) -> bool:
        """Passes a block on, up to where the poison strikes; False when nothing may follow."""
        poison = self._poison
        if poison is None or poison.to_server != to_server:
            sink.write(block)
            await sink.drain()
            return True
        place, self._left = self._left, self._left - len(block)
        sink.write(block[:place] if place < len(block) else block)
        await sink.drain()
        if place >= len(block):
            return True
        self._poison = None
        self._struck.set()
        return await strike(poison.manner, block[place:], sink)

    def _count(self, size: int, to_server: bool) -> None:
        if to_server:
            self.sent += size
        else:
            self.received += size


NewWire = Callable[[int], Wire]


@pytest.fixture
def new_wire() -> Iterator[NewWire]:
    """`new_wire(imap_account.port)` puts a Wire before a server; use its `port` instead."""
    with ExitStack() as stack:
        yield lambda server_port: stack.enter_context(Wire(server_port))
