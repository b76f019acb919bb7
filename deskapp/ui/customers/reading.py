"""What the record window shows of one customer, read in a lane at one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.people import CustomerRecord
from deskapp.domain.timeline import Contacted, Promise, TimelineAsk, TimelinePage

_MOST_ORDERS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """``orders`` are the newest, for the states and sums of their lines on the axis."""

    record: CustomerRecord
    orders: Sequence[OrderDetail]
    promises: tuple[Promise, ...]
    contacted: Contacted
    page: TimelinePage


def read_record(desk: Desk, customer: CustomerId, ask: TimelineAsk) -> Shown:
    """The record, with the first entries of the axis as it is filtered now."""
    record = desk.customers.record(customer)
    one = record.row.id
    return Shown(
        record,
        desk.orders.for_customer(one, _MOST_ORDERS),
        desk.customers.promises(one),
        desk.customers.contacted(one),
        desk.customers.timeline(one, ask),
    )
