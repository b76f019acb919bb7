"""An act is done once: by restored and copied desks, beside clocks set wrong, in parts, and odd."""

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from deskapp.data import team_clock
from deskapp.data.database import Database
from deskapp.desk import Desk
from deskapp.desk.orders import Orders
from deskapp.desk.upkeep import restore
from deskapp.domain.act_states import ActState
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import (
    ActEnd,
    ActKind,
    ActReport,
    OrderAct,
    OrderActs,
    PlaceOrder,
)
from deskapp.domain.orders import PostalAddress
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.engine.holders import new_holder
from deskapp.engine.order_acts import ActClerk
from tests.desk.bought import order_data
from tests.desk.ground import Ground

from .act_counter import Counter, counter, refused
from .till_shop import Fault, TillShop

__all__ = ["counter"]

PLACE = PlaceOrder("lan@customer.example", (), PostalAddress("Lan"), "", True)


class Heard(TillShop):
    """Tells which age of the act it is asked by."""

    ages: list[timedelta]
    now: datetime

    def outcome(
        self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
    ) -> ActReport:
        assert sent_at is not None
        self.ages.append(self.now - sent_at)
        return ActReport(ActEnd.UNDER_WAY)


def _desk(counter: Counter, path: Path) -> Desk:
    ground = counter.ground
    return Desk(
        Database(str(path)), ground.context.mail, agent=ground.olga, now=lambda: ground.time
    )


def _waiting(counter: Counter) -> ActRow:
    row = counter.desk.order_acts.confirm(counter.want(PLACE), "60")
    assert row.state is ActState.WAITING
    return row


def _turn(counter: Counter, desk: Desk) -> None:
    ActClerk(desk, new_holder(), lambda _: counter.shop, lambda: counter.ground.time).turn()


@pytest.mark.parametrize("done_meanwhile", [True, False])
def test_a_restored_desk_asks_the_shop_and_sends_nothing(
    counter: Counter, tmp_path: Path, done_meanwhile: bool
) -> None:
    act = _waiting(counter)
    counter.desk.upkeep.backup(tmp_path / "backup.db")
    if done_meanwhile:
        counter.olga.order_acts.approve(act.id)
        counter.clerk().turn()
    restore(str(tmp_path / "new.db"), tmp_path / "backup.db")
    desk = _desk(counter, tmp_path / "new.db")
    try:
        with pytest.raises(Problem):
            desk.order_acts.approve(act.id)
        assert desk.order_acts.get(act.id).state is ActState.UNCLEAR
        counter.ground.later(minutes=2_000_000)  # the backup was restored by the real clock
        _turn(counter, desk)
        end = desk.order_acts.get(act.id)
        steps = [one.step for one in reversed(desk.order_acts.audit(act.id))]
        assert end.state is (ActState.DONE if done_meanwhile else ActState.NOT_DONE)
        assert steps == ["wanted", "waiting", "unclear", end.state]
        assert counter.shop.calls() == int(done_meanwhile)
        assert desk.order_acts.broken_seals() == [] and desk.upkeep.check() == ()
        with pytest.raises(Exception, match="append-only"), desk.database.writing() as unit:
            unit.connection.execute(text("DELETE FROM act_audit"))
    finally:
        desk.database.close()


def test_what_a_copy_of_the_desk_has_done_is_found_by_its_key(
    counter: Counter, tmp_path: Path
) -> None:
    act = _waiting(counter).id
    counter.desk.upkeep.backup(tmp_path / "copy.db")
    shutil.copyfile(tmp_path / "copy.db", tmp_path / "other.db")
    copy = _desk(counter, tmp_path / "other.db")
    counter.ground.later(minutes=3)
    try:
        for desk in (counter.olga, copy):
            desk.order_acts.approve(act)
            _turn(counter, desk)
            assert desk.order_acts.get(act).state is ActState.DONE
        assert len(counter.shop.books()) == 1
    finally:
        copy.database.close()


def test_an_engine_whose_clock_is_hours_ahead_waits_like_the_others(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = Ground(postgres_url)
    try:
        ground.time = datetime.now(UTC).replace(microsecond=0)
        counter = Counter(ground, tmp_path / "till")
        row = counter.desk.order_acts.confirm(counter.want(), "20")
        assert counter.desk.act_work.begin(row, "elsewhere:0000:1:abcd") is not None

        def fast() -> datetime:
            return datetime.now(UTC) + timedelta(hours=7)

        monkeypatch.setattr(team_clock, "machine_time", fast)
        shop = Heard(tmp_path / "till", order_data())
        shop.ages, shop.now = [], fast()
        ahead = Desk(ground.database, ground.context.mail, now=fast)
        clerk = ActClerk(ahead, new_holder(), lambda _: shop, fast)
        clerk.turn()
        assert shop.ages == [], "it is being sent, for all that is known"
        clerk._ask(counter.desk.order_acts.get(row.id))
        assert shop.ages[0] < timedelta(minutes=2)
    finally:
        ground.database.close()


def test_a_clock_that_jumps_does_not_age_what_was_just_sent(
    counter: Counter, tmp_path: Path
) -> None:
    shop = Heard(tmp_path / "till", order_data())
    shop.ages, ground, ticks = [], counter.ground, [100.0]
    shop.now = ground.time
    act = counter.want()
    counter.desk.order_acts.confirm(act, "20")
    shop.tell(Fault.CUT_BEFORE)

    def now() -> datetime:
        return ground.time

    clerk = ActClerk(counter.desk, new_holder(), lambda _: shop, now, ticks=lambda: ticks[0])
    clerk.turn()
    ground.later(minutes=600)
    shop.now, ticks[0] = ground.time, 107.0
    clerk.turn()
    assert shop.ages[-1] == timedelta(seconds=7)


def test_parts_for_one_order_add_up_to_one_limit(counter: Counter) -> None:
    acts = counter.desk.order_acts
    acts.confirm(counter.want(counter.refund("40")), "40")
    counter.clerk().turn()
    second = counter.want(counter.refund("10.01"))
    assert acts.confirm(second, "10.01").state is ActState.WAITING
    counter.olga.order_acts.approve(second)
    counter.clerk().turn()
    third = counter.want(counter.refund("50.00"))
    with pytest.raises(Problem) as above:
        acts.confirm(third, "50.00")
    assert refused(above) == "act_cap_sum"
    assert above.value.details["before"] == "50.01"
    assert len(counter.shop.books()) == 2
    acts.withdraw(third)
    olga = counter.olga.order_acts
    mine = olga.want(counter.refund("50.00"), counter.source, order=counter.order)
    counter.clerk().turn()
    assert olga.confirm(mine, "50.00").state is ActState.APPROVED, "somebody else's limit"


def test_a_word_that_it_was_not_done_makes_no_room_under_the_limit(counter: Counter) -> None:
    acts = counter.desk.order_acts
    first = counter.want(counter.refund("40"))
    acts.confirm(first, "40")
    counter.shop.tell(Fault.CUT_AFTER, looks=99)
    counter.clerk().turn()
    acts.settle(first, False, "I see nothing")
    second = counter.want(counter.refund("40"))
    assert acts.confirm(second, "40").state is ActState.WAITING


def test_new_orders_do_not_add_up(counter: Counter) -> None:
    acts = counter.olga.order_acts
    counter.limits.set_cap("agent", "EUR", Decimal(100), Decimal(100))
    for _ in range(2):
        made = acts.want(PLACE, counter.source)
        counter.clerk().turn()
        assert acts.confirm(made, "60").state is ActState.APPROVED
        counter.clerk().turn()


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-5", "0"])
def test_what_is_no_amount_is_not_even_asked_for(counter: Counter, amount: str) -> None:
    with pytest.raises(Problem) as bad:
        counter.want(counter.refund(amount))
    assert refused(bad) == "refund_positive"


def test_an_act_is_for_an_order_of_the_very_shop_it_goes_to(counter: Counter) -> None:
    orders = Orders(counter.ground.context)
    orders.save("Second shop", "woocommerce", "", (order_data("#2002"),))
    other = orders.numbered("#2002")[0]
    away = counter.desk.orders.detail(other).row.source_id
    acts = counter.desk.order_acts
    counter.limits.switch(away, ActKind.REFUND, True)
    for source, order in ((away, counter.order), (counter.source, other), (away, other)):
        with pytest.raises(Problem) as wrong:
            acts.want(counter.refund(), source, order=order)
        assert wrong.value.kind is ProblemKind.NOT_FOUND
    with pytest.raises(Problem):
        acts.want(counter.refund(), counter.source)


def test_an_odd_answer_about_one_act_does_not_keep_the_others_waiting(
    counter: Counter, tmp_path: Path
) -> None:
    odd = counter.want()
    row = counter.desk.order_acts.confirm(odd, "20")
    assert counter.desk.act_work.begin(row, "gone") is not None
    counter.ground.later(minutes=4)
    placed = counter.olga.order_acts.want(PLACE, counter.source)

    class Odd(TillShop):
        def outcome(
            self, act: OrderAct, key: str, sent_at: datetime | None = None, ref: str = ""
        ) -> ActReport:
            raise KeyError("nobody thought of this")

    shop: OrderActs = Odd(tmp_path, order_data())

    def chosen(_one: object) -> object:
        return shop

    ActClerk(counter.desk, new_holder(), chosen, lambda: counter.ground.time).turn()
    acts = counter.desk.order_acts
    assert acts.get(odd).state is ActState.UNCLEAR
    assert acts.get(placed).shown is not None
