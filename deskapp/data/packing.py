"""Bytes made small (zstd), with one context a thread: making one costs as much as a mail does."""

import threading

import zstandard
from zstandard import ZstdError as ZstdError

_LEVEL = 3


class _Contexts(threading.local):
    """None of them may be used by two threads at once."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_contexts = _Contexts()


def compressed(raw: bytes) -> bytes:
    """Leaves the interpreter to other threads meanwhile."""
    return _contexts.compressor.compress(raw)


def decompressed(packed: bytes, most: int = 0) -> bytes:
    """``most``: bytes it may become, where its own header does not say. Raises ``ZstdError``."""
    return _contexts.decompressor.decompress(packed, max_output_size=most)
