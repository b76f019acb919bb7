"""A shop's server without bounds: what is too large, too slow or cut in the middle is left."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BufferedIOBase

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.answers import LARGEST
from deskapp.shops.line import ShopLine
from tests.servers.web import Reply
from tests.shops.opened_line import HOST, Shop, here, shop, write_raw

__all__ = ["shop"]


K = ProblemKind


def test_a_handshake_that_drips_is_left_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def drip() -> None:
            line, _ = listening.accept()
            with line, suppress(OSError):
                line.sendall(b"\x16\x03\x03\x20\x00")
                while not over.wait(0.02):
                    line.sendall(b"\x00")

        thread = threading.Thread(target=drip)
        thread.start()
        address = ShopAddress(HOST, listening.getsockname()[1])
        with pytest.raises(Problem) as raised:
            ShopLine(address, resolve=here, seconds=0.3).ask("GET", "/", {})
        over.set()
        thread.join()
    assert (raised.value.kind, raised.value.details["sent"]) == (K.TOO_SLOW, 0)


def _bomb(file: BufferedIOBase) -> None:
    """1 GiB of zeros in 1 MiB."""
    import zlib

    file.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n"
    )
    packer = zlib.compressobj(wbits=31)
    for _ in range(1024):
        file.write(packer.compress(b"0" * (1 << 20)))
    file.write(packer.flush())


def _endless(file: BufferedIOBase) -> None:
    """As much as anybody takes: it stands for 10 GB."""
    file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        file.write(b" " * (1 << 16))


def _endless_chunks(file: BufferedIOBase) -> None:
    file.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        file.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


@pytest.mark.parametrize("body", [_bomb, _endless, _endless_chunks])
def test_no_more_is_read_than_the_limit(body: Callable[[BufferedIOBase], None], shop: Shop) -> None:
    problem = shop(Reply(raw=body)).problem()
    assert problem.kind is K.TOO_LARGE
    assert problem.details["limit"] == LARGEST


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: a/json\r\n\r\n{"]
)
def test_a_server_that_drips_is_left_when_the_time_is_over(head: bytes, shop: Shop) -> None:
    over = threading.Event()

    def drip(file: BufferedIOBase) -> None:
        file.write(head)
        while not over.wait(0.02):
            file.write(b"1")

    opened = shop(Reply(raw=drip))
    opened.line = replace(opened.line, seconds=0.3)
    problem = opened.problem()
    over.set()
    assert problem.kind is K.TOO_SLOW
    assert problem.details["sent"] == 1


def test_continues_without_end_are_left_too(shop: Shop) -> None:
    def flood(file: BufferedIOBase) -> None:
        while True:
            file.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    opened = shop(Reply(raw=flood))
    opened.line = replace(opened.line, seconds=0.3)
    assert opened.problem().kind is K.TOO_SLOW


@pytest.mark.parametrize(
    "cut",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
        b"SSH-2.0-OpenSSH_9\r\n",
    ],
)
def test_a_line_that_is_cut_in_the_middle_says_that_the_question_had_left(
    cut: bytes, shop: Shop
) -> None:
    problem = shop(Reply(raw=lambda file: write_raw(file, cut))).problem()
    assert (problem.kind, problem.details["sent"]) == (K.OFFLINE, 1)
