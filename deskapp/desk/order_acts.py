"""Acting on orders in their shops, as people do it: wanted, looked at, typed, approved, settled.

Nothing here talks to a shop. The engine finds what is wanted or confirmed (``act_work``), and an
act that nothing sends within moments is not done rather than done later by surprise.
"""

import platform
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from deskapp.data.database import Unit
from deskapp.data.queries import act_audit, act_limits, order_acts
from deskapp.data.queries.act_audit import Step
from deskapp.data.queries.orders import order_details
from deskapp.domain.act_states import BY_PERSON, NOT_SENT, ActState, ActWhy
from deskapp.domain.ids import OrderActId, OrderId, OrderSourceId, TicketId
from deskapp.domain.order_act_rows import ActRow, amount_of, is_typed
from deskapp.domain.order_act_stored import act_stored, kind_of
from deskapp.domain.order_acts import OrderAct, PlaceOrder, RefundOrder
from deskapp.domain.people import AgentRow
from deskapp.domain.plain import plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .act_list import ActList
from .roles import acting

FORGOTTEN = timedelta(minutes=15)
"""A preview that nobody confirmed stands in nobody's way after that."""


class OrderActs(ActList):
    """Each step is committed with its line in the audit and in the ticket's history."""

    def want(
        self,
        act: OrderAct,
        source: OrderSourceId,
        *,
        order: OrderId | None = None,
        ticket: TicketId | None = None,
    ) -> OrderActId:
        """Writes the act down with its key; the engine then asks the shop what would happen.

        Raises Problem INVALID (what="nobody_acts", "act_off", "refund_positive"), NOT_FOUND (also
        for an order that is not this source's), or DUPLICATE (what="order_act") while something
        else for this order is not settled.
        """
        if isinstance(act, RefundOrder) and not (act.amount.is_finite() and act.amount > 0):
            raise Problem(ProblemKind.INVALID, what="refund_positive", value=str(act.amount))
        by = self._context.agent
        with self._database.writing() as unit:
            at = self._context.team_now(unit.connection)
            acting(unit.connection, by)
            if kind_of(act) not in act_limits.switched_on(unit.connection, source):
                raise Problem(ProblemKind.INVALID, what="act_off", value=kind_of(act))
            number = self._number(unit, act, source, order)
            slot = f"order:{order}" if order is not None else f"place:{ticket}:{by}"
            self._forget(unit, slot)
            made = order_acts.insert_act(
                unit,
                {
                    "act_key": uuid.uuid4().hex,
                    "slot": slot,
                    "source_id": source,
                    "order_id": order,
                    "ticket_id": ticket,
                    "order_number": number,
                    "kind": kind_of(act),
                    "body": act_stored(act),
                    "state": ActState.WANTED,
                    "asked_by": by,
                    "asked_at": at,
                    "next_at": at,
                },
            )
            self._note(unit, made, ActState.WANTED, "")
        return made

    def confirm(self, act: OrderActId, typed: str, version: int | None = None) -> ActRow:
        """After the preview: the person typed the order's number or the amount. It leaves now, or
        waits for a second person above what the role may do alone.

        Raises Problem TOO_LATE (what="order_act"), CHANGED_MEANWHILE, INVALID (what="act_typed",
        "act_amount", "act_no_cap", "act_cap", "act_off").
        """
        with self._database.writing() as unit:
            row = self._here(unit, act, version)
            me = acting(unit.connection, self._context.agent)
            if row.state is not ActState.WANTED or row.shown is None or row.act is None:
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)
            if row.asked_by != me.id:
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)
            self._still_on(unit, row)
            moves, amount = amount_of(row.act, row.shown)
            if moves and amount is None:
                raise Problem(ProblemKind.INVALID, what="act_amount")
            mail = row.act.mail if isinstance(row.act, PlaceOrder) else ""
            if not is_typed(typed, row.order_number, amount, mail):
                raise Problem(ProblemKind.INVALID, what="act_typed", value=typed.strip()[:60])
            alone = self._within(unit, me, row, amount, row.shown.currency)
            values = {"amount": amount, "currency": row.shown.currency, "told": row.shown.told}
            if alone:
                self._approve(unit, row, values)
            else:
                self._step(unit, row, ActState.WAITING, {**values, "next_at": None})
            return order_acts.act_row(unit.connection, act)

    def approve(self, act: OrderActId, version: int | None = None) -> ActRow:
        """The second person says yes, and it leaves now. Raises Problem as ``confirm``, and
        INVALID (what="act_own") for who asked for it."""
        with self._database.writing() as unit:
            row = self._here(unit, act, version)
            me = acting(unit.connection, self._context.agent)
            if row.state is not ActState.WAITING:
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)
            if row.asked_by == me.id:
                raise Problem(ProblemKind.INVALID, what="act_own")
            self._still_on(unit, row)
            self._within(unit, me, row, row.amount, row.currency)
            self._approve(unit, row, {})
            return order_acts.act_row(unit.connection, act)

    def decline(self, act: OrderActId, words: str, version: int | None = None) -> ActRow:
        """The second person says no, and why. Raises Problem EMPTY (what="act_words")."""
        return self._drop(act, ActWhy.DECLINED, self._words(words), version, (ActState.WAITING,))

    def withdraw(self, act: OrderActId, version: int | None = None) -> ActRow:
        """Before it left. Raises Problem TOO_LATE (what="order_act") once it may have."""
        return self._drop(act, ActWhy.WITHDRAWN, "", version, NOT_SENT)

    def ask_again(self, act: OrderActId) -> None:
        """Has the engine ask the shop now what became of it. Raises Problem(TOO_LATE)."""
        with self._database.writing() as unit:
            at = self._context.team_now(unit.connection)
            if not order_acts.step(unit, act, BY_PERSON, {"next_at": at}):
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)

    def settle(self, act: OrderActId, done: bool, words: str, version: int | None = None) -> ActRow:
        """A person looked in the shop and says whether it was done, with their name and words.

        Raises Problem EMPTY (what="act_words"), TOO_LATE where nothing is unclear.
        """
        said, by = self._words(words), self._context.agent
        with self._database.writing() as unit:
            row = self._here(unit, act, version)
            acting(unit.connection, by)
            if row.state not in BY_PERSON:
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)
            state = ActState.DONE if done else ActState.NOT_DONE
            why = ActWhy.NONE if done else ActWhy.BY_HAND
            told = {"settled_by": by, "settled_words": said, "why": why}
            self._step(unit, row, state, told, words=said, facts="by hand")
            return order_acts.act_row(unit.connection, act)

    def _drop(
        self,
        act: OrderActId,
        why: ActWhy,
        words: str,
        version: int | None,
        only_from: tuple[ActState, ...],
    ) -> ActRow:
        with self._database.writing() as unit:
            row = self._here(unit, act, version)
            acting(unit.connection, self._context.agent)
            if row.state not in only_from:
                raise Problem(ProblemKind.TOO_LATE, what="order_act", id=act)
            told: dict[str, Any] = {"why": why}
            if words:
                told |= {"settled_by": self._context.agent, "settled_words": words}
            self._step(unit, row, ActState.NOT_DONE, told, words=words, facts=why)
            return order_acts.act_row(unit.connection, act)

    def _approve(self, unit: Unit, row: ActRow, values: dict[str, Any]) -> None:
        at = self._context.team_now(unit.connection)
        approved = {"approved_by": self._context.agent, "approved_at": at, "next_at": at}
        self._step(unit, row, ActState.APPROVED, {**values, **approved})

    def _step(
        self,
        unit: Unit,
        row: ActRow,
        state: ActState,
        values: dict[str, Any],
        *,
        words: str = "",
        facts: str = "",
    ) -> None:
        ends = state in (ActState.DONE, ActState.NOT_DONE)
        at = self._context.team_now(unit.connection)
        told = {"state": state, **values} | ({"slot": None, "ended_at": at} if ends else {})
        if not order_acts.step(unit, row.id, (row.state,), told):
            raise Problem(ProblemKind.TOO_LATE, what="order_act", id=row.id)
        self._note(unit, row.id, state, row.state, words=words, facts=facts)

    def _note(
        self,
        unit: Unit,
        act: OrderActId,
        state: ActState,
        old: str,
        *,
        words: str = "",
        facts: str = "",
    ) -> None:
        at, by = self._context.team_now(unit.connection), self._context.agent
        row = order_acts.act_row(unit.connection, act)
        step = Step(state, at, by, platform.node(), row.amount, row.currency, facts, words)
        act_audit.write_down(unit, act, step)
        order_acts.tell_ticket(unit, row, old, state, at, by)

    def _within(
        self, unit: Unit, me: AgentRow, row: ActRow, amount: Decimal | None, currency: str
    ) -> bool:
        """Whether ``me`` may move this alone. Raises Problem where not even with another.

        What the same person moved for the same order before counts: a limit that holds for each
        part alone is none.
        """
        if amount is None:
            return True
        cap = act_limits.cap_of(unit.connection, me.role, currency)
        if cap is None:
            raise Problem(ProblemKind.INVALID, what="act_no_cap", currency=currency)
        before = order_acts.moved_before(unit.connection, row, currency)
        if amount + before > cap.most:
            money = {"value": amount, "most": cap.most, "before": before}
            facts = {name: f"{value:f}" for name, value in money.items()}
            what = "act_cap_sum" if before else "act_cap"
            raise Problem(ProblemKind.INVALID, what=what, currency=currency, **facts)
        return amount == 0 or amount + before <= cap.alone

    def _still_on(self, unit: Unit, row: ActRow) -> None:
        if row.kind not in act_limits.switched_on(unit.connection, row.source_id):
            raise Problem(ProblemKind.INVALID, what="act_off", value=row.kind)

    def _forget(self, unit: Unit, slot: str) -> None:
        """What nobody confirmed: my own at once, a colleague's after a while."""
        row = order_acts.act_in_slot(unit.connection, slot)
        if row is None or row.state is not ActState.WANTED:
            return
        mine = row.asked_by == self._context.agent
        if mine or row.asked_at + FORGOTTEN < self._context.team_now(unit.connection):
            why = ActWhy.WITHDRAWN if mine else ActWhy.EXPIRED
            self._step(unit, row, ActState.NOT_DONE, {"why": why}, facts=why)

    def _number(
        self, unit: Unit, act: OrderAct, source: OrderSourceId, order: OrderId | None
    ) -> str:
        """Of the order that the act is about: two shops count their orders alike."""
        if order is None and isinstance(act, PlaceOrder):
            return ""
        for one in order_details(unit.connection, [] if order is None else [order]):
            same = isinstance(act, PlaceOrder) or act.order.ref == one.ref
            if same and one.row.source_id == source:
                return one.row.number
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)

    def _here(self, unit: Unit, act: OrderActId, version: int | None) -> ActRow:
        row = order_acts.act_row(unit.connection, act)
        if version is not None and row.version != version:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="order_act", id=act)
        return row

    def _words(self, words: str) -> str:
        said = plain_text(words).strip()
        if not said:
            raise Problem(ProblemKind.EMPTY, what="act_words")
        return said
