"""The desk that the exams of a team begin with."""

from contextlib import closing

from deskapp.domain.replies import CannedReply
from deskapp.wiring import open_house
from tests.data.mail_rows import add_mailbox
from tests.exams.team_acts import CUSTOMER, SHARED, TAGS


def furnish(url: str, staff: int) -> None:
    """A desk with staff, tickets, customers, canned replies and tags."""
    with closing(open_house(url, create=True)) as desk:
        for number in range(staff):
            desk.agents.add(f"Agent {number}")
        desk.agent = desk.agents.add(SHARED)
        box = add_mailbox(desk.database)
        for number in range(150):
            one = desk.tickets.new_ticket(CUSTOMER, f"first {number}", box)
            for turn in range(3):
                desk.tickets.note(one, f"first note {number} {turn}")
        for number in range(60):
            desk.customers.create(f"Person {number}", f"p{number}@customer.example")
        for number in range(12):
            texts = (("en", f"first text {number}"),)
            desk.canned.save(CannedReply(None, f"reply {number}", "", texts, 0))
        for name in (*TAGS, *(f"named {number}" for number in range(20))):
            desk.tags.add(name)
