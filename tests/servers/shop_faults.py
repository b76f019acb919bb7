"""What goes wrong between a shop and us while it is asked to change something."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from io import BufferedIOBase

from .web import Answer, Asked, Reply

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
Spoil = Callable[[Reply | None], Reply]


class Work(Enum):
    """Whether the shop does what the struck request asks for."""

    NEVER = "never"
    DONE = "done"
    LATER = "later"  # after our line has been cut


@dataclass(frozen=True)
class Fault:
    """``spoil`` makes the answer of the one that the shop gave, if it gave one."""

    name: str
    work: Work
    spoil: Spoil


@dataclass
class Between:
    """Stands before a shop. A request of the chosen sort is struck by ``fault``.

    ``changed`` counts requests to change something that have arrived, whatever became of them.
    """

    shop: Answer
    changes: Callable[[Asked], bool]
    fault: Fault | None = None
    at_change: bool = True
    passed: int = 0  # so many of them are left alone first
    struck: bool = False
    changed: int = 0
    late: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        change = self.changes(asked)
        self.changed += change
        if self.fault is None or self.struck or change is not self.at_change:
            return self.shop(asked)
        if self.passed:
            self.passed -= 1
            return self.shop(asked)
        self.struck = True
        if self.fault.work is Work.LATER:
            self.late.append(asked)
        given = self.shop(asked) if self.fault.work is Work.DONE else None
        return self.fault.spoil(given)

    def catch_up(self) -> None:
        """The shop comes to what it had put off."""
        while self.late:
            self.shop(self.late.pop())


def page(status: int, words: str = "Down for maintenance") -> Reply:
    return Reply(status, f"<html><h1>{words}</h1></html>".encode(), HTML)


def told(status: int, answer: object, **headers: str) -> Reply:
    return Reply(status, json.dumps(answer).encode(), {**JSON, **headers})


def common_faults(over: threading.Event) -> Iterator[Fault]:
    """What can happen at every shop. ``over`` ends the answers that take for ever."""

    def fixed(reply: Reply) -> Spoil:
        return lambda _given: reply

    def raw(write: Callable[[BufferedIOBase, Reply | None], None]) -> Spoil:
        return lambda given: Reply(raw=lambda file: write(file, given))

    def drip(file: BufferedIOBase, head: bytes) -> None:
        file.write(head)
        while not over.wait(0.05):
            file.write(b" ")

    def half(file: BufferedIOBase, given: Reply | None) -> None:
        body = given.body if given else b'{"id": 1, "text": "unfinished"}'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        file.write(f"{head}\r\n\r\n".encode() + body[: len(body) // 2])

    def twice(file: BufferedIOBase, given: Reply | None) -> None:
        body = given.body if given else b"{}"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        file.write(2 * (f"{head}\r\n\r\n".encode() + body))

    def endless(file: BufferedIOBase, _given: Reply | None) -> None:
        file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            file.write(b" " * 65536)

    here = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    spoils: dict[str, Spoil] = {
        "cut": raw(lambda _file, _given: None),
        "half an answer": raw(half),
        "drips before its headers": raw(lambda file, _given: drip(file, b"HTTP/1.1 200 OK\r\nX: ")),
        "drips its body": raw(lambda file, _given: drip(file, here)),
        "endless": raw(endless),
        "packed badly": fixed(Reply(200, b"\x1f\x8b1", {**JSON, "Content-Encoding": "gzip"})),
        "page 200": fixed(page(200, "Welcome")),
        "page 403": fixed(page(403, "Blocked by the firewall")),
        "page 404": fixed(page(404, "Not found")),
        "page 408": fixed(page(408, "Request time-out")),
        "page 500": fixed(page(500)),
        "page 502": fixed(page(502)),
        "page 503": fixed(Reply(503, b"<h1>Maintenance</h1>", {**HTML, "Retry-After": "60"})),
        "page 504": fixed(page(504)),
        "JSON 500": fixed(told(500, {"message": "boom", "code": "boom", "errors": "boom"})),
        "JSON 503": fixed(told(503, {"message": "later"})),
        "redirect to http": fixed(Reply(301, b"", {"Location": "http://shop.example/x"})),
        "redirect 302": fixed(Reply(302, b"", {"Location": "/login"})),
        "redirect 307": fixed(Reply(307, b"", {"Location": "https://other.example/"})),
        "nothing in it": fixed(Reply(204)),
        "null": fixed(told(200, None)),
        "a list": fixed(told(200, [])),
        "an empty object": fixed(told(200, {})),
        "broken JSON": fixed(Reply(200, b'{"id": ', JSON)),
        "SSH": raw(lambda file, _given: (file.write(b"SSH-2.0-OpenSSH_9\r\n"), None)[1]),
    }
    for name, spoil in spoils.items():
        for work in Work:
            yield Fault(name, work, spoil)
    yield Fault("twice the answer", Work.DONE, raw(twice))
    yield Fault("none", Work.DONE, lambda given: given or told(200, {}))


def refusals(replies: dict[str, Reply]) -> Iterator[Fault]:
    """What a shop itself answers when it does not do what it is asked for."""
    for name, reply in replies.items():
        yield Fault(name, Work.NEVER, lambda _given, reply=reply: reply)  # type: ignore[misc]


def plug_in_fails() -> Fault:
    """A no of something that comes after the shop's own work, as in WordPress and Magento."""
    no = told(400, {"code": "rest_error", "message": "A plug-in failed."})
    return Fault("no, though done", Work.DONE, lambda _given: no)
