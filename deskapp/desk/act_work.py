"""Acts in shops, as the engine works on them: never sent twice, never left unseen.

SENDING is committed before the shop is called, so that whoever finds it later asks the shop and
does not send. What is confirmed leaves within FIRE_WITHIN, or not at all.
"""

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from deskapp.data.database import Unit
from deskapp.data.queries import act_audit, act_limits, order_acts
from deskapp.data.queries.act_audit import Step
from deskapp.data.queries.orders import order_details
from deskapp.domain.act_states import SENT_STATES, SETTLED_STATES, ActState, ActWhy
from deskapp.domain.ids import OrderActId
from deskapp.domain.order_act_rows import ActRow, OrderFacts, facts_of, shown_of, shown_stored
from deskapp.domain.order_act_stored import act_stored
from deskapp.domain.order_acts import ActEnd, ActPreview, ActReport, OrderAct, PlaceOrder
from deskapp.domain.orders import OrderData
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

FIRE_WITHIN = timedelta(minutes=2)
"""What was confirmed and not sent by then is not done: nothing fires later by surprise."""
ALIVE = timedelta(minutes=3)
"""An engine that began to send longer ago is taken for gone; a call takes seconds."""
LOOKS: tuple[int, ...] = (5, 15, 60, 120, 300, 600, 600, 1800, 3600)
"""Seconds between asking the shop; the last one repeats until MOST_LOOKS."""
MOST_LOOKS = 48

_STATES = {
    ActEnd.DONE: ActState.DONE,
    ActEnd.NOT_DONE: ActState.NOT_DONE,
    ActEnd.UNDER_WAY: ActState.UNDER_WAY,
    ActEnd.UNCLEAR: ActState.UNCLEAR,
}
_WHY = {
    ProblemKind.OFFLINE: ActWhy.OFFLINE,
    ProblemKind.TOO_SLOW: ActWhy.OFFLINE,
    ProblemKind.NO_SECRET: ActWhy.NO_KEY,
    ProblemKind.CHANGED_MEANWHILE: ActWhy.CHANGED,
}


class ActWork:
    """Every function is one short write; the calls to the shop lie between them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def rest(self) -> timedelta | None:
        """How long until there is something to do; None while there is nothing."""
        with self._database.reading() as connection:
            due = order_acts.next_act(connection)
            return None if due is None else due - self._context.team_now(connection)

    def age(self, at: datetime) -> timedelta:
        """How long ago something was, whoever wrote it down."""
        with self._database.reading() as connection:
            return self._context.team_now(connection) - at

    def due(self) -> Sequence[ActRow]:
        """What is to be looked at, sent or asked about now, sent ones of others left out."""
        with self._database.reading() as connection:
            due = order_acts.due_acts(connection, self._context.team_now(connection))
        return [one for one in due if one.state is not ActState.SENDING]

    def orphans(self, is_gone: Callable[[str], bool]) -> Sequence[ActRow]:
        """What an engine was sending that is not there any more."""
        with self._database.reading() as connection:
            now = self._context.team_now(connection)
            sent = order_acts.being_sent(connection)
        return [
            one
            for one in sent
            if is_gone(one.holder) or one.sent_at is None or one.sent_at + ALIVE < now
        ]

    def known(self, row: ActRow) -> OrderFacts | None:
        """The order as the desk has it, to tell what changed."""
        if row.order_id is None:
            return None
        with self._database.reading() as connection:
            for one in order_details(connection, [row.order_id]):
                data = OrderData(
                    number=one.row.number,
                    status=one.row.status_text,
                    payment_status=one.row.payment_text,
                    fulfilment_status=one.row.fulfilment_text,
                    currency=one.row.currency,
                    total=one.row.total,
                    note=one.note,
                    shipping_address=one.address,
                    lines=one.lines,
                    cancelled_at=one.row.cancelled_at,
                    ship_to=one.ship_to,
                    refunds=one.refunds,
                )
                return facts_of(data)
        return None

    def show(self, row: ActRow, preview: ActPreview) -> None:
        """Keeps what the shop said would happen. The act is about the order as it is now."""
        shown = shown_of(preview, self.known(row))
        values: dict[str, Any] = {
            "preview": shown_stored(shown),
            "trouble": "",
        }
        if row.act is not None and preview.before is not None:
            values["body"] = act_stored(_as_seen(row.act, preview.before.changed_at))
        with self._database.writing() as unit:
            values["next_at"] = self._context.team_now(unit.connection) + timedelta(days=1)
            order_acts.step(unit, row.id, (ActState.WANTED,), values)

    def expire(self, row: ActRow) -> None:
        """Nobody confirmed or sent it in time."""
        with self._database.writing() as unit:
            self._end(unit, row, ActWhy.EXPIRED, None, (row.state,))

    def give_up(self, row: ActRow, problem: Problem) -> None:
        """It cannot be looked at or sent now, and is not done: nothing left for the shop."""
        why = _WHY.get(problem.kind, ActWhy.REFUSED)
        with self._database.writing() as unit:
            self._end(unit, row, why, problem, (ActState.WANTED, ActState.APPROVED))

    def later(self, row: ActRow, seconds: float) -> None:
        """Looks at it again after a while, the shop not having been asked."""
        with self._database.writing() as unit:
            at = self._context.team_now(unit.connection) + timedelta(seconds=seconds)
            order_acts.step(unit, row.id, (row.state,), {"next_at": at})

    def begin(self, row: ActRow, holder: str) -> ActRow | None:
        """From here on the act may be at the shop, and is never sent again. None: not to be sent.

        The whole act with its key is committed when this returns.
        """
        with self._database.writing() as unit:
            at = self._context.team_now(unit.connection)
            if row.kind not in act_limits.switched_on(unit.connection, row.source_id):
                self._end(unit, row, ActWhy.SWITCHED_OFF, None, (ActState.APPROVED,))
                return None
            if row.approved_at is None or row.approved_at + FIRE_WITHIN < at:
                self._end(unit, row, ActWhy.EXPIRED, None, (ActState.APPROVED,))
                return None
            values: dict[str, Any] = {"state": ActState.SENDING, "holder": holder, "sent_at": at}
            values |= {"next_at": at + ALIVE}
            if not order_acts.step(unit, row.id, (ActState.APPROVED,), values, row.version):
                return None
            self._note(unit, row.id, ActState.SENDING, row.state)
            return order_acts.act_row(unit.connection, row.id)

    def refused(self, row: ActRow, problem: Problem) -> None:
        """The shop was called and nothing was done there: it said no, or no byte left."""
        why = _WHY.get(problem.kind, ActWhy.REFUSED)
        with self._database.writing() as unit:
            self._end(unit, row, why, problem, SENT_STATES)

    def ended(self, row: ActRow, report: ActReport, *, asked: bool = False) -> None:
        """What the shop said, at once or when ``asked`` afterwards. Nothing goes back: what is
        settled stays, but that a "not done" gives way to the shop's own "done"."""
        state = _STATES[report.end]
        only_from = (*SENT_STATES, ActState.NOT_DONE) if state is ActState.DONE else SENT_STATES
        looks = row.looks + int(asked)
        values: dict[str, Any] = {
            "state": state,
            "trouble": "",
            "said": report.said,
            "looks": looks,
        }
        if report.ref:
            values["ref"] = report.ref[:200]
        if state is ActState.DONE:
            values |= {"link": report.link, "came_to": report.amount}
        if state is ActState.DONE and report.told is not None:
            values["told"] = report.told
        if state in SETTLED_STATES:
            why = ActWhy.NOT_THERE if state is ActState.NOT_DONE else ActWhy.NONE
            values |= {"slot": None, "why": why, "next_at": None}
        with self._database.writing() as unit:
            at = self._context.team_now(unit.connection)
            values |= {"ended_at": at} if state in SETTLED_STATES else {"next_at": _look(at, looks)}
            before = order_acts.act_row(unit.connection, row.id)
            if not order_acts.step(unit, row.id, only_from, values):
                return
            if before.state is not state:
                self._note(unit, row.id, state, before.state, facts=report.ref[:200])

    def no_answer(self, row: ActRow, problem: Problem) -> None:
        """The shop could not be asked what became of it: that is for a person to see."""
        looks = row.looks + 1
        values: dict[str, Any] = {"trouble": _told(problem), "looks": looks}
        with self._database.writing() as unit:
            values["next_at"] = _look(self._context.team_now(unit.connection), looks)
            if order_acts.step(
                unit, row.id, (ActState.SENDING,), {**values, "state": ActState.UNCLEAR}
            ):
                self._note(
                    unit, row.id, ActState.UNCLEAR, ActState.SENDING, facts=problem.kind.value
                )
            else:
                order_acts.step(unit, row.id, SENT_STATES, values)

    def _end(
        self,
        unit: Unit,
        row: ActRow,
        why: ActWhy,
        problem: Problem | None,
        only_from: tuple[ActState, ...],
    ) -> None:
        at = self._context.team_now(unit.connection)
        values: dict[str, Any] = {
            "state": ActState.NOT_DONE,
            "why": why,
            "slot": None,
            "ended_at": at,
        }
        values |= {"next_at": None, "trouble": _told(problem) if problem else ""}
        before = order_acts.act_row(unit.connection, row.id)
        if order_acts.step(unit, row.id, only_from, values):
            self._note(unit, row.id, ActState.NOT_DONE, before.state, facts=why)

    def _note(
        self, unit: Unit, act: OrderActId, state: ActState, old: str, *, facts: str = ""
    ) -> None:
        """By the program: who wanted and approved it stands in the lines before."""
        at = self._context.team_now(unit.connection)
        row = order_acts.act_row(unit.connection, act)
        step = Step(state, at, None, platform.node(), row.amount, row.currency, facts)
        act_audit.write_down(unit, act, step)
        order_acts.tell_ticket(unit, row, old, state, at, None)


def _look(at: datetime, looks: int) -> datetime | None:
    """When the shop is asked next, after so many times."""
    if looks >= MOST_LOOKS:
        return None
    return at + timedelta(seconds=LOOKS[min(looks, len(LOOKS) - 1)])


def _as_seen(act: OrderAct, changed_at: datetime | None) -> OrderAct:
    """The act about the order as the preview shows it; a change after that stops it."""
    if isinstance(act, PlaceOrder):
        return act
    return replace(act, order=replace(act.order, changed_at=changed_at))


def _told(problem: Problem) -> str:
    told = {"kind": problem.kind.value, **problem.details}
    if told.get("what") == "act":  # a kind that this shop does not know
        told["what"] = "act_kind"
    return json.dumps(told, ensure_ascii=False)
