import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest

from deskapp.domain.kinds import WAITS_FOR_US, TicketStatus
from deskapp.domain.message_ids import is_ours
from deskapp.sample import Sample, build_sample

from .conftest import NOW, Read


def test_the_same_moment_and_seed_give_the_same_desk(sample: Sample) -> None:
    assert build_sample(NOW) == sample
    assert build_sample(NOW, seed=8) != sample


def test_a_desk_knows_its_own_ids_by_their_signature() -> None:
    secret = b"secret of a desk"
    sent = [mail.raw for mail in build_sample(NOW, secret=secret).mails if mail.folder == "Sent"]
    names = [message_from_bytes(raw)["Message-ID"] for raw in sent]
    assert len(names) > 100
    assert all(is_ours(secret, name) for name in names)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_sample(datetime(2026, 11, 21, 10, 0))  # noqa: DTZ001


def test_there_is_as_much_as_a_small_shop_has_in_three_months(sample: Sample) -> None:
    assert 185 <= len(sample.tickets_plan) <= 215
    assert 420 <= len(sample.mails) <= 500
    assert 150 <= len(sample.orders) <= 180
    assert len(sample.sources) == 2
    assert len(sample.canned) == 14


def test_every_view_has_a_sensible_count(sample: Sample) -> None:
    plan = sample.tickets_plan
    ours = [setting for setting in plan if setting.status in WAITS_FOR_US]
    owners = Counter(setting.assignee for setting in ours)
    status = Counter(setting.status for setting in plan)
    assert 75 <= len(ours) <= 86
    assert owners["Anna Nowak"] == 14
    assert 4 <= owners[None] <= 7
    assert 35 <= status[TicketStatus.WAITING] <= 45
    assert 4 <= status[TicketStatus.SPAM] <= 8
    assert status[TicketStatus.SOLVED] + status[TicketStatus.CLOSED] > 50


def test_staff_named_in_the_plan_work_here(sample: Sample) -> None:
    names = {agent.name for agent in sample.shop.agents}
    assert {setting.assignee for setting in sample.tickets_plan} <= {None, *names}
    noted = [setting for setting in sample.tickets_plan if setting.note]
    assert len(noted) > 15
    assert all(setting.note_by in names for setting in noted)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2026, 7, 4, 23, 59, 59, 999, tzinfo=UTC),
        datetime(2028, 2, 29, 6, 30, tzinfo=UTC),
    ],
)
def test_everything_lies_in_the_three_months_before_now(now: datetime) -> None:
    sample = build_sample(now)
    times = [mail.arrived_at for mail in sample.mails]
    assert times == sorted(times)
    assert times[-1] <= now
    assert now - times[-1] < timedelta(hours=2)
    assert timedelta(days=60) < now - times[0] < timedelta(days=96)
    assert all(order.placed_at and order.placed_at < now for order in sample.orders)
    parcels = [parcel for order in sample.orders for parcel in order.shipments]
    assert all(parcel.shipped_at and parcel.shipped_at < now for parcel in parcels)
    assert all(parcel.delivered_at is None or parcel.delivered_at < now for parcel in parcels)


def test_each_of_the_five_languages_has_its_share(sample: Sample, reads: list[Read]) -> None:
    language = {customer.address: customer.language for customer in sample.customers}
    senders = {read["Message-ID"]: read.parsed["From"].addresses[0].addr_spec for read in reads}
    counts = Counter(language.get(senders[plan.message_id]) for plan in sample.tickets_plan)
    for name in ("en", "vi", "zh-Hans", "zh-Hant", "ru"):
        assert counts[name] >= 25, counts


def test_customers_have_phones_that_can_be_dialled_and_facts_worth_knowing(sample: Sample) -> None:
    phones = [customer.phone for customer in sample.customers if customer.phone]
    assert len(phones) > 15
    assert all(re.fullmatch(r"\+[1-9][0-9]{8,14}", phone) for phone in phones)
    assert sum(bool(customer.must_know) for customer in sample.customers) >= 8
    assert max(len(customer.name) for customer in sample.customers) >= 60


def test_canned_replies_lack_a_language_now_and_then(sample: Sample) -> None:
    known = {"en", "vi", "zh-Hans", "zh-Hant", "ru"}
    assert all(set(reply.texts) <= known and reply.texts for reply in sample.canned)
    assert 3 <= sum(set(reply.texts) != known for reply in sample.canned) < len(sample.canned)
    names = re.compile(r"\{\{\s*([a-z_.]+)")
    used = {
        name
        for reply in sample.canned
        for text in reply.texts.values()
        for name in names.findall(text)
    }
    assert used == {
        "customer.greeting",
        "customer.first_name",
        "order.number",
        "order.tracking_url",
        "agent.name",
    }


def test_building_takes_less_than_a_second_and_a_half() -> None:
    before = time.process_time()
    build_sample(NOW)
    assert time.process_time() - before < 1.5
