"""A line to another server: to an address that was judged before, and never for longer than said.

What a mail refers to and what a shop answers come from strangers, who may drip a byte a second or
give a name another address between two look-ups.
"""

import contextlib
import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from threading import Timer


class Line(http.client.HTTPConnection):
    """HTTP/1.1 to the first of ``addresses`` that answers; ``host`` is what certificate and Host
    header are about, and is not looked up again. ``trust`` None is plain HTTP.

    ``end`` is on the clock of ``time.monotonic``; past it every wait raises TimeoutError. ``sent``
    tells whether the other side may have read anything of the request.
    """

    def __init__(
        self,
        host: str,
        port: int,
        addresses: Sequence[str],
        trust: ssl.SSLContext | None,
        end: float,
    ) -> None:
        self.default_port = http.client.HTTPS_PORT if trust else http.client.HTTP_PORT
        super().__init__(host, port)
        self._addresses, self._trust, self._end = addresses, trust, end
        self.sent = False
        # http.client lets go of the socket as soon as the headers say that it will be closed, which
        # is when a body may drip for ever.
        self._kept: socket.socket | None = None
        self._answer: http.client.HTTPResponse | None = None

    def connect(self) -> None:
        raw = self._connected()
        raw.settimeout(self._left())
        self.sock = self._kept = raw
        if self._trust:
            protected = self._trust.wrap_socket(
                raw, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._kept = protected  # from here on a handshake that drips can be cut
            protected.do_handshake()
        self.sent = True

    def getresponse(self) -> http.client.HTTPResponse:
        self._answer = super().getresponse()
        return self._answer

    def wait_at_most(self, end: float) -> None:
        """Every single wait on the socket ends with the time given."""
        self._end = min(end, self._end)
        left = self._left()
        if self._kept is not None:
            self._kept.settimeout(left)

    @contextlib.contextmanager
    def limited(self) -> Iterator[None]:
        """Cuts the line when its time is over, also while it is read, and closes it at the end."""
        watch = Timer(max(self._end - time.monotonic(), 0), self._cut)
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()
            if self._answer is not None:
                self._answer.close()
            self.close()

    def _connected(self) -> socket.socket:
        fault: OSError | None = None
        for left, address in zip(range(len(self._addresses), 0, -1), self._addresses, strict=True):
            try:  # one dead address must not take the time of the others
                return socket.create_connection((address, self.port), self._left() / left)
            except OSError as refused:
                fault = fault or refused
        raise fault or OSError("no address")

    def _cut(self) -> None:
        if self._kept is not None:
            with contextlib.suppress(OSError):  # it may have ended by itself
                self._kept.shutdown(socket.SHUT_RDWR)

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
