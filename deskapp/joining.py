"""Joining a team's desk by link: the same for the wizard and the command."""

from collections.abc import Callable
from dataclasses import dataclass

from .desk import Desk
from .domain.desk_address import with_password, without_password
from .domain.join_link import join_link
from .domain.problem import Problem, ProblemKind
from .secrets import SecretStore, keep_password
from .wiring import open_house


@dataclass(frozen=True, slots=True)
class Joined:
    """Where one is now, and as whom. ``place`` is the address for the settings."""

    place: str
    desk_name: str
    name: str
    role: str


def join_desk(
    text: str, password: str, choose_own: Callable[[], str], secrets: SecretStore
) -> Joined:
    """Signs in with the link and keeps the password; ``choose_own`` is asked for another one where
    the first runs out ("" leaves it for later).

    Raises Problem INVALID (what "join_link"), DUPLICATE (what="wrong_desk"), PLAIN_NOT_LOOPBACK,
    SIGN_IN_REFUSED and what opening a desk raises.
    """
    link = join_link(text)
    place = link.address()
    desk = _signed_in(with_password(place, password))
    try:
        if desk.identity() != link.desk:
            raise Problem(ProblemKind.INVALID, what="wrong_desk", value=desk.name())
        me = desk.signed_in
        if me.agent is None:
            raise Problem(ProblemKind.NOT_ALLOWED, what="no_agent", login=link.login)
        if desk.staff.is_first_password() and (own := choose_own()):
            desk.staff.own_password(own)
            password = own
        keep_password(with_password(place, password), secrets)
        name = desk.agents.get(me.agent).name
        return Joined(without_password(place), desk.name(), name, me.role)
    finally:
        desk.close()


def _signed_in(address: str) -> Desk:
    """A refusal is told as one who joins can use it: the password was given with the link."""
    try:
        return open_house(address)
    except Problem as problem:
        refused = problem.kind is ProblemKind.SIGN_IN_REFUSED
        if not refused or problem.details.get("what") != "desk":
            raise
        raise Problem(problem.kind, **{**problem.details, "what": "join"}) from problem
