"""A line to PostgreSQL that breaks at a COMMIT: before the server has it, or before its answer."""

import asyncio
from contextvars import ContextVar

from tests.servers.poison import Struck
from tests.servers.wire import Wire

_SOON = 0.15  # the server has committed by then


class _Call:
    """One connection: whether it is in a write, and whether the server's words still pass."""

    def __init__(self) -> None:
        self.writes = False
        self.deaf = False


_call: ContextVar[_Call] = ContextVar("call")


class CommitWire(Wire):
    """``arm`` it: the next write that is committed through it is cut off there."""

    def __init__(self, server_port: int) -> None:
        super().__init__(server_port)
        self.cuts = {"before": 0, "after": 0}
        self._armed = ""

    def arm(self, where: str) -> None:
        """``before`` or ``after`` the server has committed; the client hears neither."""
        self._armed = where

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _call.set(_Call())  # the two pumps inherit it
        await super()._carry(reader, writer)

    async def _pass(self, block: bytes, sink: asyncio.StreamWriter, to_server: bool) -> bool:
        call = _call.get()
        if not to_server:
            return False if call.deaf else await super()._pass(block, sink, to_server)
        if b"BEGIN" in block:  # a reading transaction says that it only reads
            call.writes = b"READ ONLY" not in block
        if b"COMMIT" not in block or not call.writes or not self._armed:
            return await super()._pass(block, sink, to_server)
        where, self._armed = self._armed, ""
        self.cuts[where] += 1
        if where == "after":
            call.deaf = True
            await super()._pass(block, sink, to_server)
            await asyncio.sleep(_SOON)
        raise Struck(gently=False)
