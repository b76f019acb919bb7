"""A web server on the loopback, with or without TLS, that answers as one function says."""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase


@dataclass(frozen=True)
class Asked:
    """One request; header names in lower case, ``path`` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Reply:
    """What goes back. ``raw`` instead writes to the line itself, and the line is closed after."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BufferedIOBase], None] | None = None


Answer = Callable[[Asked], Reply]


@dataclass
class WebServer:
    """``asked`` has every request that came whole; ``over`` is set when the test ends, for
    answers that wait."""

    port: int
    over: threading.Event
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *_arguments: object) -> None:
        """A client that hangs up in the middle is what some tests are about."""


@contextlib.contextmanager
def serving(
    answer: Answer, context: ssl.SSLContext | None = None, over: threading.Event | None = None
) -> Iterator[WebServer]:
    """Serves until the end of the block. A handshake that fails is no request."""
    web = WebServer(0, over or threading.Event())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            web.connections += 1
            self.request.settimeout(20)
            if context:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()  # socketserver closes what was there before TLS

        def handle_one_request(self) -> None:
            self.close_connection = True
            super().handle_one_request()

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, body)
            web.asked.append(asked)
            reply = answer(asked)
            self.close_connection = True
            if reply.raw:
                reply.raw(self.wfile)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
