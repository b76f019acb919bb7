"""Kill -9 at every place of an act in a shop, under every fault of the shop; then both books are
compared: the shop's own, and what the desk says."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from deskapp.desk import Desk
from deskapp.domain.act_states import ActState
from deskapp.domain.ids import OrderActId
from deskapp.domain.order_acts import (
    ActKind,
    CancelOrder,
    ChangeAddress,
    ChangeNote,
    OrderAct,
    Pieces,
    PlaceOrder,
    RefundOrder,
    ReturnItems,
)
from deskapp.domain.orders import PostalAddress
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from deskapp.wiring import open_house
from tests.desk.bought import order_data
from tests.engine.till_shop import Fault, TillShop

from .act_victim import ASKING, LOOKING, SENDING

FAULTS = (
    Fault.NONE,
    Fault.OFFLINE,
    Fault.NO,
    Fault.CHANGED,
    Fault.CUT_BEFORE,
    Fault.CUT_AFTER,
    Fault.SLOW,
    Fault.SLOW_NO,
)
_ASKED_ABOUT = (Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SLOW, Fault.SLOW_NO)
Trial = tuple[ActKind, Fault, str]


def all_trials() -> list[Trial]:
    """Every kind, fault and place that can meet."""
    return [
        (kind, fault, place)
        for kind in ActKind
        for fault in FAULTS
        for place in (*SENDING, *LOOKING, *ASKING)
        if _can_meet(fault, place)
    ]


def few_trials() -> list[Trial]:
    """Each place once, the kinds and the faults that matter there in turn."""
    kinds, found = list(ActKind), []
    for number, place in enumerate((*SENDING, *LOOKING, *ASKING)):
        fault = Fault.CUT_AFTER if place in ASKING else Fault.NONE
        found.append((kinds[number % len(kinds)], fault, place))
    return found


def _can_meet(fault: Fault, place: str) -> bool:
    if place in ("call", "done", *LOOKING):
        return fault is Fault.NONE
    if place in ASKING:
        return fault in _ASKED_ABOUT
    return True


def kill_engines(
    url: str, folder: Path, trials: Sequence[Trial], tell: Callable[[str], None]
) -> None:
    """Each trial on the same desk. Fails for an act done twice, or done and not called done."""
    desk = open_house(url, create=True)
    twice = unseen = lies = 0
    ends: Counter[str] = Counter()
    try:
        desk.agent = desk.agents.add("Tuấn", role="admin")
        desk.orders.save("Till", "shopify", "", [order_data()])
        source = desk.order_sources.list()[0].id
        for kind in ActKind:
            desk.act_limits.switch(source, kind, True)
        desk.act_limits.set_cap("admin", "EUR", Decimal(10**6), Decimal(10**6))
        with _victims() as kill:
            for number, (kind, fault, place) in enumerate(trials):
                till = TillShop(folder / f"till-{number}", order_data())
                told = f"{kind} {fault} {place}"
                act = _one(desk, till, folder / f"till-{number}", kill, kind, fault, place, told)
                row, keys = desk.order_acts.get(act), [one.key for one in till.books()]
                done = row.state is ActState.DONE
                twice += len(keys) > 1 or till.calls() > 1
                unseen += bool(keys) and not done
                lies += done and keys != [row.key]
                ends[row.state.value] += 1
                assert not row.is_open, told
        assert _is_whole(desk)
    finally:
        desk.close()
    told_ends = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    tell(f"{len(trials)} kills: {twice} done twice, {unseen} done unseen; {told_ends}")
    assert (twice, unseen, lies) == (0, 0, 0)


def _one(
    desk: Desk,
    till: TillShop,
    folder: Path,
    kill: Callable[..., None],
    kind: ActKind,
    fault: Fault,
    place: str,
    told: str,
) -> OrderActId:
    order = desk.orders.ids()[0]
    about = None if kind is ActKind.PLACE else order
    source = desk.orders.detail(order).row.source_id
    act = desk.order_acts.want(_made(desk, kind), source, order=about)
    if place in LOOKING:
        kill(at=place, url=desk.database.address, till=str(folder), told=told)
    _turn(desk, till, timedelta())
    shown = desk.order_acts.get(act)
    assert shown.shown is not None, told
    desk.order_acts.confirm(act, "60" if kind is ActKind.PLACE else "1001")
    if place in LOOKING:
        _turn(desk, till, timedelta())
        return act
    till.tell(Fault({"call": "kill_before", "done": "kill_after"}.get(place, fault)))
    kill(at=place, url=desk.database.address, till=str(folder), told=told)
    after = Fault.NONE if fault is Fault.OFFLINE else fault
    till.tell(after, looks=1)
    for step in range(6):
        _turn(desk, till, timedelta(minutes=11 * step))
    return act


def _turn(desk: Desk, till: TillShop, later: timedelta) -> None:
    """What the next engine makes of it, so much later."""

    def now() -> datetime:
        return datetime.now(UTC) + later

    next_engine = open_house(desk.database.address)
    try:
        next_engine._context.machine = now
        ActClerk(next_engine, new_holder(), lambda _: till, now).turn()
    finally:
        next_engine.close()


def _made(desk: Desk, kind: ActKind) -> OrderAct:
    seen, pieces = desk.order_acts.seen(desk.orders.ids()[0]), (Pieces("line-1", Decimal(1)),)
    address = PostalAddress("Lan", ("12 Lê Lợi",), "550000", "Đà Nẵng", "", "VN")
    made: dict[ActKind, OrderAct] = {
        ActKind.NOTE: ChangeNote(seen, "请按门铃"),
        ActKind.ADDRESS: ChangeAddress(seen, address),
        ActKind.CANCEL: CancelOrder(seen, "customer", True, True, True),
        ActKind.REFUND: RefundOrder(seen, Decimal(20), "EUR", (), "Late", False, True, True),
        ActKind.RETURN: ReturnItems(seen, pieces, "size", (), True),
        ActKind.PLACE: PlaceOrder("lan@customer.example", pieces, address, "", True),
    }
    return made[kind]


def _is_whole(desk: Desk) -> bool:
    from deskapp.data.queries.act_audit import broken_seals

    with desk.database.reading() as connection:
        return broken_seals(connection) == []


@contextmanager
def _victims() -> Iterator[Callable[..., None]]:
    command = [sys.executable, "-m", "tests.exams.act_victim"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        to, back = process.stdin, process.stdout

        def kill(*, at: str, url: str, till: str, told: str) -> None:
            to.write(json.dumps({"at": at, "url": url, "till": till}) + "\n")
            to.flush()
            assert json.loads(back.readline())["killed"], f"came through alive: {told}"

        yield kill
        to.close()
