"""Acts in shops as people look at them."""

from collections.abc import Callable
from typing import TypeVar

from deskapp.data.database import Connection
from deskapp.data.queries import act_audit, act_limits, order_acts
from deskapp.data.queries.orders import order_details
from deskapp.domain.act_states import ActState
from deskapp.domain.ids import OrderActId, OrderId, OrderSourceId, TicketId
from deskapp.domain.order_act_rows import ActRow, AuditLine
from deskapp.domain.order_acts import ActKind, Seen
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

T = TypeVar("T")


class ActList:
    """What is wanted, what waits for whom, and the audit."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def get(self, act: OrderActId) -> ActRow:
        """Raises Problem(NOT_FOUND, what="order_act")."""
        return self._read(lambda connection: order_acts.act_row(connection, act))

    def open(self) -> list[ActRow]:
        """What is not settled, the oldest first."""
        return self._read(order_acts.open_acts)

    def all(self, limit: int = 200) -> list[ActRow]:
        """The newest first."""
        return self._read(lambda connection: order_acts.all_acts(connection, limit))

    def of_ticket(self, ticket: TicketId) -> list[ActRow]:
        """What was wanted from a ticket, the newest first."""
        return self._read(lambda connection: order_acts.acts_of_ticket(connection, ticket))

    def of_order(self, order: OrderId) -> list[ActRow]:
        """What was wanted for an order, the newest first."""
        return self._read(lambda connection: order_acts.acts_of_order(connection, order))

    def for_me(self) -> list[ActRow]:
        """What waits for a second person and may be approved by the acting agent."""
        me = self._context.agent
        with self._database.reading() as connection:
            waiting = [
                one for one in order_acts.open_acts(connection) if one.state is ActState.WAITING
            ]
            return [one for one in waiting if me is not None and one.asked_by != me]

    def audit(self, act: OrderActId | None = None, limit: int = 500) -> list[AuditLine]:
        """The newest lines first; without an act, all of them."""
        return self._read(lambda connection: act_audit.audit_lines(connection, act, limit))

    def broken_seals(self) -> list[int]:
        """Lines of the audit that were changed, or before which one is missing."""
        return self._read(act_audit.broken_seals)

    def allowed(self, source: OrderSourceId) -> frozenset[ActKind]:
        """What an admin switched on for a source."""
        return self._read(lambda connection: act_limits.switched_on(connection, source))

    def seen(self, order: OrderId) -> Seen:
        """The order as the desk knows it, for an act. Raises Problem NOT_FOUND, or INVALID
        (what="act_source") for one of a file, which nobody can write to."""
        with self._database.reading() as connection:
            for one in order_details(connection, [order]):
                if not one.ref:
                    raise Problem(ProblemKind.INVALID, what="act_source", value=one.row.source)
                return Seen(one.ref, one.row.changed_at)
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)

    def _read(self, asked: Callable[[Connection], T]) -> T:
        with self._database.reading() as connection:
            return asked(connection)
