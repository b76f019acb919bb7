"""Talking to Magento's REST API: signing in, searching, and what its errors mean."""

import json
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress
from deskapp.web.places import Resolve

from ..answers import Answered, Json
from ..line import ShopLine, Unclear
from ..shapes import Shape, shape_of
from .signing import FourKeys, Parameters, authorization, query_of

_API = "/rest/all/V1"
ANSWER = "answer"
_SLOT = re.compile(r"%(\w+)")


@dataclass(frozen=True, slots=True)
class Bearer:
    """An integration's access token alone; shops take it only where an admin has allowed that
    (Stores, Configuration, Services, OAuth, Consumer Settings)."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition of a search; ``how`` is Magento's word (eq, in, like, gteq)."""

    name: str
    value: str
    how: str = "eq"


@dataclass(frozen=True, slots=True)
class Search:
    """Groups of filters: one of each group must fit."""

    groups: Sequence[Sequence[Filter]]
    sort: str
    newest: bool
    size: int
    page: int = 1

    @property
    def parameters(self) -> Parameters:
        told: list[tuple[str, str]] = []
        for place, group in enumerate(self.groups):
            for within, one in enumerate(group):
                head = f"searchCriteria[filter_groups][{place}][filters][{within}]"
                told += [
                    (f"{head}[field]", one.name),
                    (f"{head}[value]", one.value),
                    (f"{head}[condition_type]", one.how),
                ]
        return [
            *told,
            ("searchCriteria[sortOrders][0][field]", self.sort),
            ("searchCriteria[sortOrders][0][direction]", "DESC" if self.newest else "ASC"),
            ("searchCriteria[pageSize]", str(self.size)),
            ("searchCriteria[currentPage]", str(self.page)),
        ]


class Session:
    """One shop and one integration's keys."""

    def __init__(
        self,
        address: ShopAddress,
        keys: FourKeys | Bearer,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._address, self._keys = address, keys
        secrets = (keys.token,) if isinstance(keys, Bearer) else _secrets(keys)
        explain = _bearer_explained if isinstance(keys, Bearer) else explained
        self._line = ShopLine(address, explain, secrets, resolve=resolve, trust=trust)

    @property
    def host(self) -> str:
        return self._address.host

    def get(self, path: str, parameters: Parameters = ()) -> Shape:
        """Asks for ``path`` below the API. Raises Problem as ``OrderSource`` does."""
        headers = {"Authorization": self._signed("GET", path, parameters)}
        return shape_of(self._line.ask("GET", _API + path, headers, query_of(parameters)).data)

    def items(self, path: str, search: Search) -> tuple[Shape, ...]:
        """What fits a search, of which nothing must be said too. Raises Problem(BAD_ANSWER)."""
        told = self.get(path, search.parameters)
        if told.text("total_count").isdecimal():
            return told.shapes("items")
        raise self._line.about(Problem(ProblemKind.BAD_ANSWER, said=told.text("message")))

    def list(self, path: str, parameters: Parameters = ()) -> Json:
        """The same where the answer is a list and no object."""
        headers = {"Authorization": self._signed("GET", path, parameters)}
        return self._line.ask("GET", _API + path, headers, query_of(parameters)).data

    def change(self, method: str, path: str, body: Mapping[str, Json]) -> Shape:
        """Sends a change once. The answer, which may be a bare number or truth, stands under
        ANSWER. A Problem means that nothing was done; raises Unclear where that is not said.

        The keys were good for reading before, so that a refusal here is about leave.
        """
        headers = {
            "Authorization": self._signed(method, path, ()),
            "Content-Type": "application/json",
        }
        packed = json.dumps(body, default=float).encode()  # exact amounts, as numbers
        try:
            answered = self._line.change(method, _API + path, headers, body=packed)
        except Problem as problem:
            scope = problem.details.get("scope")
            if problem.kind is not ProblemKind.SIGN_IN_REFUSED or not scope:
                raise
            missing = Problem(ProblemKind.SCOPE_MISSING, **{**problem.details, "what": "shop"})
            raise missing from problem
        if answered.data is None:
            raise Unclear(self._line.about(Problem(ProblemKind.BAD_ANSWER)))
        return Shape({ANSWER: answered.data})

    def _signed(self, method: str, path: str, parameters: Parameters) -> str:
        if isinstance(self._keys, Bearer):
            return f"Bearer {self._keys.token.strip()}"
        url = self._address.origin + self._address.path + _API + path
        return authorization(self._keys, method, url, parameters)


def _secrets(keys: FourKeys) -> tuple[str, ...]:
    return (keys.consumer_secret, keys.token, keys.token_secret)


def explained(answered: Answered) -> Problem | None:
    """Magento's ``message`` with its ``parameters``. Leave that is missing comes as 401 too."""
    told = shape_of(answered.data)
    said = _filled(told)
    scope = told.text("parameters.resources")
    if answered.status in (401, 403) and scope:
        return Problem(ProblemKind.SCOPE_MISSING, scope=scope, said=said)
    if answered.status == 401:
        return Problem(ProblemKind.SIGN_IN_REFUSED, said=said or answered.words)
    if answered.status == 404 and told.text("message").startswith("The entity"):
        return Problem(ProblemKind.NOT_FOUND, what="order")
    if answered.status == 400 and said:
        return Problem(ProblemKind.SERVER_REFUSED, said=said)
    return None


def _bearer_explained(answered: Answered) -> Problem | None:
    """A token that is not known makes a guest of us, who lacks every leave: the three causes
    cannot be told apart."""
    problem = explained(answered)
    if problem and problem.kind is ProblemKind.SCOPE_MISSING:
        details = {**problem.details, "what": "bearer"}
        return Problem(ProblemKind.SIGN_IN_REFUSED, **details)
    return problem


def _filled(told: Shape) -> str:
    """ "%resources" and "%1" stand in the message for what is beside it."""
    named = told.shape("parameters")
    listed = told.texts("parameters")

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.isdecimal():
            return listed[int(name) - 1] if 0 < int(name) <= len(listed) else match.group()
        return named.text(name) or match.group()

    return _SLOT.sub(part, told.text("message"))
