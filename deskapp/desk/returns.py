"""Return cases: what comes back, why, by when, and what was given for it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import returns, returns_write
from deskapp.data.queries.agents import agent_row
from deskapp.data.queries.desk_info import refuse_other_days, return_days, set_return_days
from deskapp.data.queries.orders import order_details
from deskapp.data.queries.ticket_lists import ticket_rows
from deskapp.domain.ids import CustomerId, OrderId, ReturnId, TicketId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    RefundState,
    ReturnCase,
    ReturnEdit,
    ReturnEvent,
    ReturnItem,
    ReturnKind,
    ReturnState,
)
from deskapp.domain.return_rules import checked_items, checked_refund, next_states

from .context import Context
from .return_fit import check_fit
from .return_steps import changed, fields, restored, step_of
from .roles import require_admin

T = TypeVar("T")
_LONGEST = {"carrier": 120, "tracking_number": 120, "label_link": 2000}


class Returns:
    """Each write is held against what was bought, and told in the history of case and ticket."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def open(self, limit: int = 500) -> list[ReturnCase]:
        """What is not closed, the nearest deadline first."""
        return self._read(lambda connection: returns.open_returns(connection, limit))

    def all(self, limit: int = 500) -> list[ReturnCase]:
        """The newest first, closed ones too."""
        return self._read(lambda connection: returns.all_returns(connection, limit))

    def late(self) -> int:
        """How many open cases are past their deadline."""
        return self._read(lambda connection: returns.late_returns(connection, self._today()))

    def get(self, case: ReturnId) -> ReturnCase:
        """Raises Problem(NOT_FOUND, what="return")."""
        return self._read(lambda connection: returns.return_detail(connection, case))

    def history(self, case: ReturnId) -> tuple[ReturnEvent, ...]:
        """What was done to a case, in order."""
        return self._read(lambda connection: returns.return_events(connection, case))

    def of_order(self, order: OrderId) -> list[ReturnCase]:
        """The cases about an order, the newest first."""
        return self._read(lambda connection: returns.returns_of_orders(connection, [order]))

    def of_ticket(self, ticket: TicketId) -> list[ReturnCase]:
        """The cases on a ticket, the newest first."""
        return self._read(lambda connection: returns.returns_of_ticket(connection, ticket))

    def of_customer(self, customer: CustomerId) -> list[ReturnCase]:
        """The cases of a customer's orders and tickets, the newest first."""
        return self._read(lambda connection: returns.returns_of_customer(connection, customer))

    def left(self, order: OrderId, but: ReturnId | None = None) -> dict[str, Decimal]:
        """By line key, how many pieces other cases have taken of what was bought."""
        return self._read(lambda connection: returns.gone_pieces(connection, order, but)[0])

    def days(self) -> int:
        """Within how many days goods are expected here, unless a case says otherwise."""
        return self._read(return_days)

    def set_days(self, days: int, seen: int | None = None) -> None:
        """Admins only. Raises Problem INVALID (what="return_days") unless 1 to 365, and
        CHANGED_MEANWHILE where they are not any more what was ``seen``."""
        if not 1 <= days <= 365:
            raise Problem(ProblemKind.INVALID, what="return_days", value=days)
        with self._database.writing() as unit:
            require_admin(unit.connection, self._context.agent)
            refuse_other_days(unit, "return_days", seen, days)
            set_return_days(unit, days)

    def add(
        self,
        kind: ReturnKind,
        given: ReturnEdit,
        *,
        order: OrderId | None = None,
        order_number: str = "",
        ticket: TicketId | None = None,
    ) -> ReturnId:
        """A new case about an order, on a ticket, or both; its deadline is the desk's usual one
        unless ``given`` says otherwise. Raises Problem EMPTY (what="return_about"), NOT_FOUND,
        and what ``checked_items`` and ``checked_refund`` raise.
        """
        if order is None and ticket is None:
            raise Problem(ProblemKind.EMPTY, what="return_about")
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            of = self._order(unit, order)
            self._known(unit, ticket)
            items = self._items(unit, kind, given.items or (), of, None)
            usual = at.astimezone().date().toordinal() + return_days(unit.connection)
            values = self._values(unit, given, of, None)
            if given.deadline is None and not given.no_deadline:
                values["deadline"] = date.fromordinal(usual)
            state = given.state or ReturnState.ASKED
            number = of.row.number if of else one_line(order_number, 120)
            made = {"kind": kind, "state": state, "order_id": order, "order_number": number}
            values |= made | {"ticket_id": ticket, "created_by": by}
            if state is ReturnState.CLOSED:
                raise Problem(ProblemKind.INVALID, what="return_state", value=state)
            case = returns_write.insert_case(unit, values, items, at)
            returns_write.update_case(unit, case, None, {}, at)
            returns_write.tell_ticket(unit, ticket, case, "", state, (at, by))
        return case

    def edit(self, case: ReturnId, given: ReturnEdit, version: int | None = None) -> ReturnCase:
        """Changes what is given, with an event for each field that really changed.

        Raises Problem CHANGED_MEANWHILE, NOT_FOUND, INVALID (what="return_state" for a step that
        does not lead anywhere from here), and what ``add`` raises.
        """
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            before = self._here(unit, case, version)
            of = self._order(unit, before.order_id)
            values = self._values(unit, given, of, before)
            if given.ticket_id is not None:
                self._known(unit, given.ticket_id)
                values["ticket_id"] = given.ticket_id
            items = before.items
            if given.items is not None:
                items = self._items(unit, before.kind, given.items, of, case)
            if given.state is not None and given.state is not before.state:
                values |= (step := self._step(before, given.state))
                check_fit(unit, of, before, step, items)
            told = changed(before, values, items)
            if told:
                self._write(unit, before, version, values, items)
                returns_write.note(unit, case, at, by, told)
                self._tell(unit, case, before, told)
            return returns.return_detail(unit.connection, case)

    def take_back(self, case: ReturnId, version: int | None = None) -> ReturnCase:
        """Undoes the last thing that the acting agent did to a case, if nobody did anything since.

        Raises Problem TOO_LATE (what="return") where there is nothing of theirs to take back, and
        what ``check_fit`` raises.
        """
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            before = self._here(unit, case, version)
            me = self._name(unit.connection)
            events = returns.return_events(unit.connection, case)
            step = step_of(events, me)
            if not step:
                raise Problem(ProblemKind.TOO_LATE, what="return", id=case)
            values, items = restored(step, before)
            check_fit(unit, self._order(unit, before.order_id), before, values, items)
            told = changed(before, values, items)
            self._write(unit, before, version, values, items)
            returns_write.note(unit, case, at, by, told, {one.what: one.id for one in step})
            self._tell(unit, case, before, told)
            return returns.return_detail(unit.connection, case)

    def can_take_back(self, case: ReturnId) -> bool:
        """Whether ``take_back`` would find something."""
        with self._database.reading() as connection:
            return bool(step_of(returns.return_events(connection, case), self._name(connection)))

    def _write(
        self,
        unit: Unit,
        before: ReturnCase,
        version: int | None,
        values: dict[str, Any],
        items: tuple[ReturnItem, ...],
    ) -> None:
        values = dict(values)
        if "state" in values:
            closes = values["state"] == ReturnState.CLOSED
            values["closed_at"] = self._context.now() if closes else None
            values["ended_as"] = before.state if closes else ""
        returns_write.update_case(unit, before.id, version, values, self._context.now())
        if items != before.items:
            returns_write.put_items(unit, before.id, items)

    def _tell(
        self, unit: Unit, case: ReturnId, before: ReturnCase, told: list[returns_write.Told]
    ) -> None:
        by = (self._context.now(), self._context.agent)
        ticket = returns.return_detail(unit.connection, case).ticket_id
        for what, old, new in told:
            if what == "state":
                returns_write.tell_ticket(unit, ticket, case, old, new, by)
        if all(what != "state" for what, _, _ in told):
            returns_write.tell_ticket(unit, ticket, case, "", told[0][0], by)

    def _values(
        self, unit: Unit, given: ReturnEdit, of: OrderDetail | None, before: ReturnCase | None
    ) -> dict[str, Any]:
        values = fields(given, _LONGEST)
        asked = given.refund_amount, given.refund_currency
        if given.refund_state is RefundState.NONE:
            values |= {"refund_amount": None}
        elif any(one is not None for one in asked) or given.refund_state is not None:
            values |= self._refund(unit, given, of, before)
        return values

    def _refund(
        self, unit: Unit, given: ReturnEdit, of: OrderDetail | None, before: ReturnCase | None
    ) -> dict[str, Any]:
        """The refund whole: a state wants an amount, and an amount a currency."""
        amount = given.refund_amount
        if amount is None and before is not None:
            amount = before.refund_amount
        if amount is None:
            raise Problem(ProblemKind.EMPTY, what="return_refund")
        own = of.row.currency if of else ""
        kept = before.refund_currency if before else ""
        currency = one_line(given.refund_currency or "", 3).upper() or kept or own
        if not currency:
            raise Problem(ProblemKind.EMPTY, what="return_currency")
        paid = of.row.total if of else None
        money = Decimal(0)
        if of is not None:
            but = before.id if before else None
            _, money = returns.gone_pieces(unit.connection, of.row.id, but)
        checked_refund(amount, currency, paid, own, money, given.over_paid)
        state = given.refund_state or (before.refund_state if before else RefundState.NONE)
        if state is RefundState.NONE:
            state = RefundState.WANTED
        return {"refund_amount": amount, "refund_currency": currency, "refund_state": state}

    def _step(self, before: ReturnCase, to: ReturnState) -> dict[str, Any]:
        if to not in next_states(before.kind, before.state, before.ended_as):
            raise Problem(ProblemKind.INVALID, what="return_state", value=to)
        return {"state": to}

    def _items(
        self,
        unit: Unit,
        kind: ReturnKind,
        items: tuple[ReturnItem, ...],
        of: OrderDetail | None,
        case: ReturnId | None,
    ) -> tuple[ReturnItem, ...]:
        gone: Mapping[str, Decimal] = {}
        if of is not None and kind is not ReturnKind.COMPLAINT:
            gone, _ = returns.gone_pieces(unit.connection, of.row.id, case)
        return checked_items(items, of.lines if of else (), gone)

    def _order(self, unit: Unit, order: OrderId | None) -> OrderDetail | None:
        if order is None:
            return None
        returns_write.lock_order(unit, order)
        [found] = order_details(unit.connection, [order])
        return found

    def _known(self, unit: Unit, ticket: TicketId | None) -> None:
        if ticket is not None and not ticket_rows(unit.connection, [ticket], None):
            raise Problem(ProblemKind.NOT_FOUND, what="ticket", id=ticket)

    def _here(self, unit: Unit, case: ReturnId, version: int | None) -> ReturnCase:
        before = returns.return_detail(unit.connection, case)
        if version is not None and before.version != version:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="return", id=case)
        return before

    def _name(self, connection: Connection) -> str:
        me = self._context.agent
        return "" if me is None else agent_row(connection, me).name

    def _today(self) -> date:
        return self._context.now().astimezone().date()

    def _read(self, asked: Callable[[Connection], T]) -> T:
        with self._database.reading() as connection:
            return asked(connection)
