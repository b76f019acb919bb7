"""What can happen to a line at a chosen byte: cut, frozen, trickling, half closed, swallowed."""

import asyncio
import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Manner(StrEnum):
    """How a line goes wrong. After STALL, SLICES and DELAY it works again by itself."""

    RESET = "reset"  # both ends get a TCP reset
    CLOSE = "close"  # both ends see an orderly end
    HALF_CLOSE = "half_close"  # the one who was listening sees an end; what it says still arrives
    STALL = "stall"  # silence for a moment
    SLICES = "slices"  # byte by byte
    DELAY = "delay"  # every block comes late
    BLACK_HOLE = "black_hole"  # silence for ever: nobody is told


CUTS = frozenset({Manner.RESET, Manner.CLOSE, Manner.HALF_CLOSE, Manner.BLACK_HOLE})
"""After these the connection is of no use any more."""

_SLICED_BYTES = 3000
_STALL_SECONDS = 0.7
_DELAY_SECONDS = 0.03
_DELAYED_BLOCKS = 15


@dataclass(frozen=True, slots=True)
class Poison:
    """Strikes once, after so many more bytes in one direction. ``to_server`` names it."""

    manner: Manner
    after: int
    to_server: bool

    @classmethod
    def drawn(cls, random: Random, expected: int) -> "Poison":
        """A random one but a black hole; ``expected`` bytes are about to come from the server.

        A third strikes what we say, where the sign-in and the first commands are a few hundred.
        """
        to_server = random.random() < 1 / 3
        after = random.randrange(600 if to_server else max(1, expected))
        [manner] = random.choices([*_OFTEN], [*_OFTEN.values()])
        return cls(manner, after, to_server)


_OFTEN = {
    Manner.RESET: 3,
    Manner.CLOSE: 3,
    Manner.HALF_CLOSE: 2,
    Manner.STALL: 1,
    Manner.SLICES: 1,
    Manner.DELAY: 1,
}


class Struck(Exception):
    """Ends the connection that carries it, in good manners or by a reset."""

    def __init__(self, gently: bool) -> None:
        super().__init__(gently)
        self.gently = gently


async def strike(manner: Manner, tail: bytes, sink: asyncio.StreamWriter) -> bool:
    """Does it to the direction that ends in ``sink``; ``tail`` are the bytes not yet passed on.

    True when what follows may pass. Raises Struck where the whole connection is to end.
    """
    match manner:
        case Manner.RESET:
            raise Struck(gently=False)
        case Manner.CLOSE:
            raise Struck(gently=True)
        case Manner.HALF_CLOSE:
            sink.write_eof()
            return False
        case Manner.BLACK_HOLE:
            return False
        case Manner.STALL:
            await asyncio.sleep(_STALL_SECONDS)
            sink.write(tail)
        case Manner.SLICES:
            for place in range(min(len(tail), _SLICED_BYTES)):
                sink.write(tail[place : place + 1])
                await sink.drain()
            sink.write(tail[_SLICED_BYTES:])
        case Manner.DELAY:
            size = max(1, len(tail) // _DELAYED_BLOCKS)
            for place in range(0, len(tail), size):
                await asyncio.sleep(_DELAY_SECONDS)
                sink.write(tail[place : place + size])
                await sink.drain()
    await sink.drain()
    return True


def reset(end: asyncio.StreamWriter) -> None:
    """Ends a connection by a TCP reset: a zero linger time throws away what is on the way."""
    line = end.get_extra_info("socket")
    if line is not None and not end.transport.is_closing():
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()
