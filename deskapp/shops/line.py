"""Asking a shop: JSON over https, to the very address that was checked, and nothing is followed."""

import logging
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.line import Line
from deskapp.web.places import (
    NotPublic,
    Resolve,
    loopback_addresses,
    own_or_public_addresses,
    public_addresses,
)

from .answers import (
    Answered,
    Json,
    TooLarge,
    Unreadable,
    body_of,
    clock_apart,
    denied,
    json_of,
    refusal,
    words_of,
)

log = logging.getLogger(__name__)

SECONDS = 10.0
_AGENT = "deskapp"

Explain = Callable[[Answered], Problem | None]


class Unclear(Exception):
    """A request to change something ended so that it may or may not have been done."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _nothing_to_say(_answered: Answered) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class ShopLine:
    """One shop's server. Every question is a connection of its own.

    ``explain`` makes a vendor's own Problem of an answer that is no success; what it leaves is
    told by its HTTP status. ``secrets`` are never shown, also where a server echoes them.
    ``denies`` says which answers mean that a change was not made. ``resolve`` and ``trust`` are
    for tests.
    """

    address: ShopAddress
    explain: Explain = _nothing_to_say
    secrets: tuple[str, ...] = field(default=(), repr=False)
    resolve: Resolve | None = None
    trust: ssl.SSLContext | None = None
    seconds: float = SECONDS
    denies: Callable[[Answered], bool] = denied

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        query: str = "",
        body: bytes | None = None,
    ) -> Answered:
        """The answer to one request; ``path`` is below the shop's own, ``query`` encoded.

        Raises Problem OFFLINE, TOO_SLOW, NOT_PUBLIC, TLS_UNTRUSTED, TLS_UNAVAILABLE,
        REDIRECTED, BAD_ANSWER, TOO_LARGE (what="shop_answer"), what ``explain`` makes, and by
        status SIGN_IN_REFUSED, SCOPE_MISSING, NOT_FOUND (what="shop_path"), CHANGED_MEANWHILE,
        SLOW_DOWN (``wait``), SERVER_DOWN, SERVER_REFUSED.
        ``sent`` 0 in it says that nothing was sent; ``clock`` beside a refused key by how many
        seconds this computer's clock is ahead of the shop's.
        """
        answered = self._exchanged(method, path, headers, query, body)
        if 200 <= answered.status < 300:
            return answered
        raise self._refused(answered, path)

    def change(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        query: str = "",
        body: bytes | None = None,
    ) -> Answered:
        """The same for a request that changes something: it leaves once, whatever happens.

        A Problem means that nothing was done: it never left, or the shop answered no. Raises
        Unclear for every other end.
        """
        try:
            answered = self._exchanged(method, path, headers, query, body)
        except Problem as problem:
            if problem.details["sent"]:
                raise Unclear(problem) from problem
            raise
        if 200 <= answered.status < 300:
            return answered
        refused = self._refused(answered, path)
        if self.denies(answered):
            raise refused
        raise Unclear(refused)

    def _refused(self, answered: Answered, path: str) -> Problem:
        problem = self.explain(answered) or refusal(answered, path)
        if problem.kind is ProblemKind.SIGN_IN_REFUSED:
            problem.details["clock"] = clock_apart(answered)
        return self.about(problem, sent=1)

    def _exchanged(
        self, method: str, path: str, headers: Mapping[str, str], query: str, body: bytes | None
    ) -> Answered:
        end = time.monotonic() + self.seconds
        line = Line(self.address.host, self.address.port, self._addresses(), self._trust(), end)
        try:
            with line.limited():
                line.putrequest(method, self.address.path + path + (f"?{query}" if query else ""))
                for name, value in self._headers(headers, body).items():
                    line.putheader(name, value)
                line.endheaders(body)
                return self._answered(line.getresponse(), line, end)
        except (OSError, HTTPException, ValueError) as fault:
            raise self._problem(fault, line.sent, time.monotonic() >= end) from fault

    def _headers(self, headers: Mapping[str, str], body: bytes | None) -> Mapping[str, str]:
        own = {
            "User-Agent": _AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        sized = {} if body is None else {"Content-Length": str(len(body))}
        return {**own, **sized, **headers}

    def _answered(self, answer: HTTPResponse, line: Line, end: float) -> Answered:
        headers = {name.lower(): value for name, value in answer.getheaders()}
        try:
            body = body_of(answer, lambda: line.wait_at_most(end))
        except TooLarge as large:
            raise self.about(large.problem, sent=1) from large
        if time.monotonic() >= end:  # a line that was cut looks like the end of an answer
            raise TimeoutError
        data: Json = None
        fault = ""
        try:
            data = json_of(body, headers.get("content-type", ""))
        except Unreadable as unreadable:
            fault = str(unreadable)
        answered = Answered(answer.status, headers, data, words_of(body))
        if fault and 200 <= answer.status < 300:
            raise self.about(Problem(ProblemKind.BAD_ANSWER, said=answered.words or fault))
        return answered

    def _addresses(self) -> tuple[str, ...]:
        try:
            return self._resolve()(self.address.host, self.address.port)
        except NotPublic:
            raise self.about(Problem(ProblemKind.NOT_PUBLIC), sent=0) from None
        except (OSError, UnicodeError) as fault:
            raise self._problem(fault, sent=False, late=False) from fault

    def _resolve(self) -> Resolve:
        if self.resolve:
            return self.resolve
        if not self.address.secure:
            return loopback_addresses
        return own_or_public_addresses if self.address.own_network else public_addresses

    def _trust(self) -> ssl.SSLContext | None:
        if not self.address.secure:
            return None
        return self.trust or ssl.create_default_context()

    def _problem(self, fault: Exception, sent: bool, late: bool) -> Problem:
        """What went wrong with the line itself."""
        log.info("a shop did not answer: %s", type(fault).__name__)
        if isinstance(fault, ssl.SSLCertVerificationError):
            untrusted = Problem(ProblemKind.TLS_UNTRUSTED, said=fault.verify_message)
            return self.about(untrusted, sent=0)
        if late or isinstance(fault, TimeoutError):
            slow = Problem(ProblemKind.TOO_SLOW, seconds=round(self.seconds))
            return self.about(slow, sent=int(sent))
        if isinstance(fault, ssl.SSLError) and not sent:
            return self.about(Problem(ProblemKind.TLS_UNAVAILABLE), sent=0)
        said = (fault.strerror if isinstance(fault, OSError) else "") or type(fault).__name__
        return self.about(Problem(ProblemKind.OFFLINE, said=said), sent=int(sent))

    def about(self, problem: Problem, sent: int = 1) -> Problem:
        """A Problem with the shop's host, and less our keys."""
        details = {name: self._shown(value) for name, value in problem.details.items()}
        return Problem(
            problem.kind, **{"what": "shop", **details, "host": self.address.host, "sent": sent}
        )

    def _shown(self, value: str | int | None) -> str | int | None:
        if not isinstance(value, str):
            return value
        for secret in filter(None, self.secrets):
            value = value.replace(secret, "…")
        return value
