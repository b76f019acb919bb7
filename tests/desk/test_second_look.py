"""A reply is looked at a second time against what the desk knows of people and orders."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from deskapp.data.tables.mail import mailbox
from deskapp.data.tables.orders import order_source, shop_order
from deskapp.desk.customers import Customers
from deskapp.domain.cautions import CautionKind
from deskapp.domain.kinds import Purpose, View
from deskapp.domain.orders import number_key
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft, News

from .ground import Ground
from .letters import START, letter

MINH = "Nguyễn Văn Minh <minh@customer.example>"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(
        letter("Where is order #10482?", message_id="a@customer.example"),
        letter("Order #20555 is broken", sender=MINH, subject="Hỏng", message_id="b@c.example"),
    )
    return ground


def _draft(ground: Ground, body: str) -> Draft:
    ids = ground.tickets.view_ids(View.ALL)
    [one] = [one for one in ids if ground.tickets.row(one).customer_name == "Mai Lan"]
    return replace(ground.replies.draft(one), body=body)


def _kinds(ground: Ground, body: str) -> list[CautionKind]:
    return [one.kind for one in ground.replies.cautions(_draft(ground, body))]


def _order(ground: Ground, number: str, email: str) -> None:
    with ground.database.writing() as unit:
        source = insert(order_source).values(name=number, kind="file")
        made = unit.connection.execute(source.returning(order_source.c.id)).scalar_one()
        unit.connection.execute(
            insert(shop_order).values(
                source_id=made,
                number=number,
                number_key=number_key(number),
                email=email,
                email_key=email,
                status="open",
                total=Decimal("1"),
                seen_at=START,
            )
        )


def test_the_customers_own_name_and_order_pass(asked: Ground) -> None:
    _order(asked, "#10482", "mai@customer.example")
    assert _kinds(asked, "Chào chị Lan,\nđơn hàng #10482 đang tới.") == []


def test_another_customers_name_is_told_and_a_colleagues_is_not(asked: Ground) -> None:
    assert _kinds(asked, "Chào anh Tuấn,\nxin lỗi anh.") == [CautionKind.OTHER_NAME]
    assert _kinds(asked, "Hello Lan,\nNguyễn Văn Minh has it.") == [CautionKind.OTHER_NAME]
    assert _kinds(asked, "Hello Lan,\nyours, Anna") == []
    assert _kinds(asked, "Hello Lan,\n> Nguyễn Văn Minh has it.") == []


def test_an_order_of_somebody_else_is_told_unless_the_customer_named_it(asked: Ground) -> None:
    _order(asked, "#20555", "minh@customer.example")
    _order(asked, "#10482", "husband@home.example")
    assert _kinds(asked, "Your order #20555 is coming.") == [CautionKind.OTHER_ORDER]
    assert _kinds(asked, "Your order #10482 is coming.") == []
    assert _kinds(asked, "Your order #99999 is coming.") == []


def test_who_wants_no_mail_is_asked_about_first(asked: Ground) -> None:
    customers = Customers(asked.context)
    mai = customers.by_address("mai@customer.example")
    assert mai is not None
    customers.consent(mai, Purpose.MAIL, False, reason="Asked by phone")
    [found] = asked.replies.cautions(_draft(asked, "Hello Mai, it is on its way."))
    assert (found.kind, found.words) == (CautionKind.NO_MAIL, "Asked by phone")


def test_the_servers_size_is_what_counts(asked: Ground) -> None:
    draft = asked.replies.attach(_draft(asked, "Here"), "a.bin", "application/x", b"x" * 90_000)
    assert asked.replies.cautions(draft) == ()
    with asked.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(smtp_size=100_000))
    [caution] = asked.replies.cautions(draft)
    assert (caution.kind, caution.limit) == (CautionKind.TOO_LARGE, 100_000)
    assert caution.size > 120_000


def test_an_empty_reply_leaves_when_a_person_wants_it(asked: Ground) -> None:
    draft = _draft(asked, "")
    assert [one.kind for one in asked.replies.cautions(draft)] == [CautionKind.EMPTY]
    asked.replies.send(draft, anyway=True)
    assert len(asked.replies.outbox()) == 1


def test_a_merge_that_brings_older_messages_stops_a_colleagues_reply_and_shows_them(
    asked: Ground,
) -> None:
    older, kept = sorted(asked.tickets.view_ids(View.ALL))
    olga = asked.as_olga()
    draft = replace(olga.replies.draft(kept), body="Hello")
    asked.tickets.merge(older, kept)
    with pytest.raises(Problem) as stopped:
        olga.replies.send(draft)
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    [news] = [what for what in olga.replies.news(draft) if isinstance(what, News)]
    assert (news.author, news.snippet) == ("Mai Lan", "Where is order #10482?")
    olga.replies.send(draft, force=True)


def test_who_merged_and_who_began_afterwards_are_not_stopped(asked: Ground) -> None:
    older, kept = sorted(asked.tickets.view_ids(View.ALL))
    draft = replace(asked.replies.draft(kept), body="Hello")
    asked.tickets.merge(older, kept)
    olga = asked.as_olga()
    late = replace(olga.replies.draft(kept), body="Hello too")
    assert late.seen_event == asked.tickets.conversation(kept).newest_event > 0
    assert olga.replies.news(late) == ()
    asked.replies.send(draft)


def test_a_picture_that_was_taken_out_of_the_text_again_is_no_attachment(asked: Ground) -> None:
    words = "Please find attached the label."
    draft = replace(_draft(asked, words), html=f"<p>{words}</p>")
    gone = asked.replies.attach(draft, "a.png", "image/png", b"x", "picture@draft")
    assert [one.kind for one in asked.replies.cautions(gone)] == [CautionKind.NO_ATTACHMENT]
