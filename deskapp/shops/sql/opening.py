"""One door to all three kinds of databases: the host is judged before anything is said to it."""

import contextlib
from collections.abc import Iterator

from deskapp.domain.hosts import is_loopback
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.web.places import (
    NotPublic,
    Resolve,
    own_or_public_addresses,
    public_addresses,
)

from .address import DatabaseAddress, DatabaseKind
from .asking import Moment, Session


@contextlib.contextmanager
def opened(
    address: DatabaseAddress, moment: Moment, resolve: Resolve | None = None
) -> Iterator[Session]:
    """Drivers are loaded when they are needed: most desks have no such shop.

    Raises Problem as ``OrderSource`` does.
    """
    if address.kind is DatabaseKind.SQLITE:
        from . import sqlite

        with sqlite.session(address, moment) as session:
            yield session
        return
    addresses = _judged(address, moment, resolve)
    if address.kind is DatabaseKind.POSTGRESQL:
        from . import postgres

        with postgres.session(address, addresses, moment) as session:
            yield session
        return
    from . import mysql

    with mysql.session(address, addresses, moment) as session:
        yield session


def _judged(address: DatabaseAddress, moment: Moment, resolve: Resolve | None) -> tuple[str, ...]:
    look_up = resolve or (own_or_public_addresses if address.own_network else public_addresses)
    if is_loopback(address.host) and not address.own_network:
        raise Problem(ProblemKind.NOT_PUBLIC)
    try:
        return look_up(address.host, address.port)
    except NotPublic:
        raise Problem(ProblemKind.NOT_PUBLIC) from None
    except TimeoutError:
        raise moment.slow() from None
    except OSError as fault:
        said = fault.strerror or type(fault).__name__
        raise Problem(ProblemKind.OFFLINE, said=said) from None
