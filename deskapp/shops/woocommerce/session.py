"""Talking to WooCommerce's REST API v3: signing in, paths, and what its errors mean."""

import base64
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.places import Resolve

from ..answers import Answered, Json, denied
from ..line import ShopLine, Unclear
from ..shapes import Shape, shape_of

_API = "/wp-json/wc/v3"
_PLAIN = "/wc/v3"  # where permalinks are off, and the path goes into rest_route
_NO_VIEW = ("woocommerce_rest_cannot_view", "rest_forbidden", "woocommerce_rest_cannot_read")
_NO_CHANGE = ("woocommerce_rest_cannot_edit", "woocommerce_rest_cannot_create")
_NO_REFUND = "woocommerce_rest_cannot_create_order_refund"


@dataclass(frozen=True, slots=True)
class RestKeys:
    """A key pair of WooCommerce, Settings, Advanced, REST API ("ck_…", "cs_…"). Read is enough
    for looking; changing orders needs Read/Write.

    ``in_query`` is for hosts that take the Authorization header away.
    """

    consumer_key: str
    secret: str = field(repr=False)
    in_query: bool = False


class Session:
    """One shop and one key pair."""

    def __init__(
        self,
        address: ShopAddress,
        keys: RestKeys,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._keys = keys
        secrets = (keys.secret, keys.consumer_key)
        self._line = ShopLine(
            address, _explained, secrets, resolve=resolve, trust=trust, denies=_denied
        )
        self._permalinks = True

    @property
    def host(self) -> str:
        return self._line.address.host

    def get(self, path: str, query: Mapping[str, str]) -> Answered:
        """Asks the other way where the usual path is not known, and goes on so if that works."""
        try:
            return self._ask(path, query)
        except Problem as problem:
            if not (self._permalinks and problem.details.get("what") == "shop_path"):
                raise
            unknown = problem
        self._permalinks = False
        try:
            return self._ask(path, query)
        except Problem as problem:
            self._permalinks = True
            if problem.kind in (ProblemKind.BAD_ANSWER, ProblemKind.NOT_FOUND):
                raise unknown from None  # no shop here: a home page answers anything
            raise

    def change(self, method: str, path: str, body: Mapping[str, Json]) -> Shape:
        """Sends a change once, by the way that the last question took. A Problem means that
        nothing was done; raises Unclear where that is not said.

        The key was good for that question, so that a refusal here is about leave to write.
        """
        where, headers, query = self._way(path, {})
        packed = json.dumps(body).encode()
        headers = {**headers, "Content-Type": "application/json"}
        try:
            answered = self._line.change(method, where, headers, query, packed)
        except Problem as problem:
            if problem.kind is not ProblemKind.SIGN_IN_REFUSED:
                raise
            said = problem.details.get("said")
            missing = Problem(ProblemKind.SCOPE_MISSING, scope="Read/Write", said=said)
            raise self._line.about(missing) from problem
        if not shape_of(answered.data).data:
            said = answered.words
            raise Unclear(self._line.about(Problem(ProblemKind.BAD_ANSWER, said=said)))
        return shape_of(answered.data)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answered:
        return self._line.ask("GET", *self._way(path, query))

    def _way(self, path: str, query: Mapping[str, str]) -> tuple[str, Mapping[str, str], str]:
        """Path, headers and query of a request."""
        headers: dict[str, str] = {}
        wanted = dict(query)
        if self._keys.in_query:
            wanted["consumer_key"] = self._keys.consumer_key.strip()
            wanted["consumer_secret"] = self._keys.secret.strip()
        else:
            pair = f"{self._keys.consumer_key.strip()}:{self._keys.secret.strip()}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        if self._permalinks:
            return _API + path, headers, urlencode(wanted)
        wanted["rest_route"] = _PLAIN + path
        return "/", headers, urlencode(wanted)


def _explained(answered: Answered) -> Problem | None:
    """WordPress' own codes (``code``, ``message``)."""
    told = shape_of(answered.data)
    code, said = told.text("code"), told.text("message")
    if code in _NO_VIEW and answered.status in (401, 403):
        # Without any key the same words come, and then it is the key that did not arrive.
        kind = ProblemKind.SCOPE_MISSING if answered.status == 403 else ProblemKind.SIGN_IN_REFUSED
        return Problem(kind, scope="Read", said=said)
    if code in _NO_CHANGE and answered.status in (401, 403):
        return Problem(ProblemKind.SCOPE_MISSING, scope="Read/Write", said=said)
    if answered.status == 401:
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=said or answered.words)
    if answered.status in (400, 404) and code == "woocommerce_rest_shop_order_invalid_id":
        return Problem(ProblemKind.NOT_FOUND, what="order")
    if said and (answered.status == 400 or code == _NO_REFUND):
        return Problem(ProblemKind.SERVER_REFUSED, said=said)
    return None


def _denied(answered: Answered) -> bool:
    """A refund that was not made is told with status 500, in words of its own."""
    return denied(answered) or shape_of(answered.data).text("code") == _NO_REFUND
