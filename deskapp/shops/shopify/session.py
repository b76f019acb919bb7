"""Talking to Shopify's Admin API: signing in, and what its errors mean."""

import json
import logging
import math
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from deskapp.domain.orders import Gap, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.places import Resolve

from ..acting import before_sending
from ..answers import Answered, Json
from ..line import ShopLine, Unclear
from ..shapes import Shape, shape_of, shapes_of
from .documents import VERSION

log = logging.getLogger(__name__)

_API = f"/admin/api/{VERSION}/graphql.json"
_TOKEN = "/admin/oauth/access_token"
_EARLY = 3600.0  # a token for a day is renewed an hour before its end
_USUAL_WAIT = 2
_SCOPE = re.compile(r"`(\w+)`|\b((?:read|write)_\w+)\b")
_AROUND = ("orders", "order", "nodes")  # where an order stands, which no person needs to read


@dataclass(frozen=True, slots=True)
class Token:
    """An access token of an app that was made in the shop's own admin before 2026 ("shpat_…")."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientKeys:
    """An app of the Dev Dashboard; both are exchanged for a token of one day (the OAuth 2.0
    client credentials grant, RFC 6749 4.4)."""

    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer's data, what it leaves out, and how many seconds Shopify wants to rest now."""

    data: Shape
    shortfalls: tuple[Shortfall, ...]
    rest: float


class Session:
    """One shop and one key; a token that was exchanged lives in memory only."""

    def __init__(
        self,
        address: ShopAddress,
        key: Token | ClientKeys,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._key, self._clock = key, clock
        self._token = key.token.strip() if isinstance(key, Token) else ""
        self._ends = math.inf if self._token else 0.0
        self._secret = "" if isinstance(key, Token) else key.secret.strip()
        self._line = ShopLine(
            address, _explained, (self._token, self._secret), resolve=resolve, trust=trust
        )

    def run(self, document: str, variables: Mapping[str, Json]) -> Told:
        """Asks one question. Raises Problem as ``OrderSource`` does; a token that has become
        invalid is exchanged once."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        try:
            answered = self._post(body)
        except Problem as refused:
            if refused.kind is not ProblemKind.SIGN_IN_REFUSED or isinstance(self._key, Token):
                raise
            self._ends = 0.0
            answered = self._post(body)
        version = answered.headers.get("x-shopify-api-version", VERSION)
        if version != VERSION:
            log.warning("Shopify answered in version %s instead of %s", version, VERSION)
        try:
            return _told(answered)
        except Problem as problem:
            raise self._line.about(problem) from None

    def change(self, document: str, variables: Mapping[str, Json]) -> Shape:
        """Sends one mutation, once, also where the token has become invalid. A Problem means that
        nothing was done; raises Unclear where that is not said."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        with before_sending():
            headers = self._headers()
        answered = self._line.change("POST", _API, headers, body=body)
        try:
            return _changed(answered)
        except Problem as problem:
            raise self._line.about(problem) from None
        except Unclear as unclear:
            raise Unclear(self._line.about(unclear.problem)) from None

    def _post(self, body: bytes) -> Answered:
        return self._line.ask("POST", _API, self._headers(), body=body)

    def _headers(self) -> Mapping[str, str]:
        return {
            "X-Shopify-Access-Token": self._signed_in(),
            "Content-Type": "application/json",
        }

    def _signed_in(self) -> str:
        if isinstance(self._key, ClientKeys) and self._clock() >= self._ends:
            form = {
                "grant_type": "client_credentials",
                "client_id": self._key.client_id.strip(),
                "client_secret": self._secret,
            }
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            answered = self._line.ask("POST", _TOKEN, headers, body=urlencode(form).encode())
            given = shape_of(answered.data)
            self._token = given.text("access_token")
            if not self._token:
                raise self._line.about(Problem(ProblemKind.SIGN_IN_REFUSED))
            self._ends = self._clock() + max((given.count("expires_in") or 0) - _EARLY, 60.0)
        return self._token


def _explained(answered: Answered) -> Problem | None:
    """Shopify's own words in ``errors`` or ``error_description``, and its states of a shop."""
    told = shape_of(answered.data)
    said = told.text("errors") or told.text("error_description") or answered.words
    if answered.status in (400, 401) and told.text("error"):  # RFC 6749 5.2
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=said)
    if answered.status == 401:
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=said)
    if answered.status == 403 and (scope := _scope_in(said)):
        return Problem(ProblemKind.SCOPE_MISSING, scope=scope)
    if answered.status == 404:
        return Problem(ProblemKind.NOT_FOUND)
    if answered.status in (402, 423):  # frozen, locked
        return Problem(ProblemKind.SERVER_DOWN, code=str(answered.status), said=said)
    if answered.status == 429:
        return _throttled(told, answered.wait)
    return None


def _told(answered: Answered) -> Told:
    told = shape_of(answered.data)
    data = told.shape("data")
    hidden: set[str] = set()
    for error in shapes_of(told.data.get("errors")):
        code, said = error.text("extensions.code"), error.text("message")
        if code == "THROTTLED":
            raise _throttled(told, answered.wait)
        inner = error.texts("path")
        if code == "ACCESS_DENIED" and len(inner) > 1:
            hidden.add(".".join(part for part in inner if part not in _AROUND))
        elif code == "ACCESS_DENIED":
            raise Problem(ProblemKind.SCOPE_MISSING, scope=_scope_in(said), said=said)
        elif code == "INTERNAL_SERVER_ERROR":
            raise Problem(ProblemKind.SERVER_DOWN, said=said, code=code)
        else:
            raise Problem(ProblemKind.SERVER_REFUSED, said=said)
    if "data" not in told.data:
        raise Problem(ProblemKind.BAD_ANSWER, said=answered.words)
    gaps = (Shortfall(Gap.HIDDEN, tuple(sorted(hidden))),) if hidden else ()
    return Told(data, gaps, _rest(told))


def _changed(answered: Answered) -> Shape:
    """The answer to a mutation. An error without a path, or one of leave, stopped it before it
    began; one below it came after, and one of its idempotency key tells of another like it."""
    told = shape_of(answered.data)
    data = told.shape("data")
    ran = any(data.shape(name).data for name in data.data)
    for error in shapes_of(told.data.get("errors")):
        code, said = error.text("extensions.code"), error.text("message")
        path = error.data.get("path")
        if ran or "idempot" in f"{code} {said}".lower():
            continue
        if code == "THROTTLED":
            raise _throttled(told, answered.wait)
        if code == "ACCESS_DENIED" and (not path or (isinstance(path, list) and len(path) == 1)):
            raise Problem(ProblemKind.SCOPE_MISSING, scope=_scope_in(said), said=said)
        if not path and code != "INTERNAL_SERVER_ERROR":
            raise Problem(ProblemKind.SERVER_REFUSED, said=said)
    if not ran:
        said = " ".join(one.text("message") for one in shapes_of(told.data.get("errors")))
        raise Unclear(Problem(ProblemKind.BAD_ANSWER, said=said or answered.words))
    return data


def _scope_in(said: str) -> str:
    found = _SCOPE.search(said)
    return (found.group(1) or found.group(2)) if found else ""


def _rest(told: Shape) -> float:
    """Seconds until a question as dear as this one can be asked again."""
    cost = told.shape("extensions.cost")
    wanted = cost.money("requestedQueryCost")
    available = cost.money("throttleStatus.currentlyAvailable")
    rate = cost.money("throttleStatus.restoreRate")
    if wanted is None or available is None or not rate or wanted <= available:
        return 0.0
    return float((wanted - available) / rate)


def _throttled(told: Shape, wait: int) -> Problem:
    seconds = max(math.ceil(_rest(told)), wait) or _USUAL_WAIT
    return Problem(ProblemKind.SLOW_DOWN, wait=seconds)
