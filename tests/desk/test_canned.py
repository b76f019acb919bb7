"""Canned replies: found, edited by two people, and filled in with what is known of a ticket."""

from dataclasses import replace

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.mailboxes import Mailboxes
from deskapp.domain.ids import CannedId
from deskapp.domain.kinds import Security, TicketStatus
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply

from .canned_rows import PARCEL, add_minh, id_of, ticket_of


def test_a_canned_reply_comes_back_with_all_its_texts(canned: Canned) -> None:
    kept = canned.save(PARCEL)
    assert kept == replace(PARCEL, id=kept.id, version=1)
    assert canned.get(id_of(kept)) == kept
    assert canned.by_name("WHERE is my parcel") == kept.id
    [row] = canned.list()
    assert (row.languages, row.uses) == (("en", "vi", "zh-Hant"), 0)
    assert row.preview.startswith("{{ customer.greeting }} Order")


def test_a_name_is_taken_once_however_it_is_spelt(canned: Canned) -> None:
    canned.save(replace(PARCEL, name="Đơn hàng"))
    with pytest.raises(Problem) as refused:
        canned.save(replace(PARCEL, name="don HANG!"))
    assert refused.value.kind is ProblemKind.DUPLICATE
    other = canned.save(PARCEL)
    with pytest.raises(Problem) as refused:
        canned.save(replace(other, name="Don hang"))
    assert refused.value.kind is ProblemKind.DUPLICATE
    assert canned.get(id_of(other)) == other


def test_the_second_of_two_edits_of_one_version_is_refused(canned: Canned) -> None:
    seen = canned.save(PARCEL)
    first = canned.save(replace(seen, texts=(("en", "Soon."),)))
    with pytest.raises(Problem) as refused:
        canned.save(replace(seen, texts=(("en", "Never."),)))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert canned.get(id_of(seen)) == first


def test_text_that_is_no_template_is_refused_with_its_language_and_line(canned: Canned) -> None:
    with pytest.raises(Problem) as refused:
        canned.save(replace(PARCEL, texts=(("en", "Hi"), ("ru", "Да\n{% if order.number %}"))))
    assert refused.value.kind is ProblemKind.TEMPLATE_ERROR
    assert refused.value.details["language"] == "ru"
    assert "line" in refused.value.details
    assert canned.list() == ()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (replace(PARCEL, name="  "), ProblemKind.EMPTY),
        (replace(PARCEL, texts=()), ProblemKind.EMPTY),
        (replace(PARCEL, texts=(("en", " \n"),)), ProblemKind.EMPTY),
        (replace(PARCEL, texts=(("en", "a"), ("EN", "b"))), ProblemKind.INVALID),
        (replace(PARCEL, id=CannedId(77), version=1), ProblemKind.NOT_FOUND),
    ],
)
def test_what_makes_no_canned_reply_is_refused(
    canned: Canned, reply: CannedReply, kind: ProblemKind
) -> None:
    with pytest.raises(Problem) as refused:
        canned.save(reply)
    assert refused.value.kind is kind


def test_the_most_used_stand_first_and_words_narrow_by_name_before_text(canned: Canned) -> None:
    rare = canned.save(replace(PARCEL, name="Refund", texts=(("en", "The parcel came back."),)))
    often = canned.save(replace(PARCEL, name="Returns", texts=(("en", "Send it back."),)))
    parcel = canned.save(PARCEL)
    for _ in range(2):
        canned.used(id_of(often))
    canned.used(id_of(rare))
    assert [row.id for row in canned.list()] == [often.id, rare.id, parcel.id]
    assert [row.uses for row in canned.list()] == [2, 1, 0]
    assert [row.id for row in canned.list("parcel")] == [parcel.id, rare.id]
    assert [row.id for row in canned.list("RE back")] == [often.id, rare.id]
    assert [row.id for row in canned.list("don hang")] == [parcel.id]
    assert [row.id for row in canned.list("订单")] == [parcel.id]
    assert canned.list("nothing like it") == ()


def test_an_archived_reply_gives_its_name_up(canned: Canned) -> None:
    old = canned.save(PARCEL)
    canned.archive(id_of(old))
    assert canned.list() == ()
    new = canned.save(PARCEL)
    assert canned.by_name(PARCEL.name) == new.id
    assert canned.get(id_of(old)).name == PARCEL.name
    for late in (lambda: canned.archive(id_of(old)), lambda: canned.by_name("no such name")):
        with pytest.raises(Problem) as refused:
            late()
        assert refused.value.kind is ProblemKind.NOT_FOUND


def _reply(name: str, *texts: tuple[str, str]) -> CannedReply:
    return CannedReply(id=None, name=name, folder="", texts=texts, version=0)


def test_one_edit_of_an_included_reply_changes_all_that_include_it(
    context: Context, canned: Canned
) -> None:
    farewell = canned.save(_reply("Farewell", ("en", "Bye, {{ ask.who }}"), ("vi", "Chào nhé")))
    outer = id_of(canned.save(_reply("Outer", ("en", 'Hi. {% include "farewell" %}'))))
    one = ticket_of(context, None)
    assert canned.questions(outer, one) == ("who",)
    assert canned.render(outer, one, answers={"who": "Kim"}).text == "Hi. Bye, Kim"
    assert [mark.name for mark in canned.render(outer, one).unresolved] == ["ask.who"]
    canned.save(replace(farewell, texts=(("en", "See you"),)))
    assert canned.render(outer, one).text == "Hi. See you"
    canned.archive(id_of(farewell))
    assert [mark.name for mark in canned.render(outer, one).unresolved] == ["farewell"]


def test_a_reply_that_would_include_itself_or_nothing_is_refused_with_the_way(
    canned: Canned,
) -> None:
    first = canned.save(_reply("First", ("en", "1")))
    canned.save(_reply("Second", ("en", '2 {% include "First" %}')))
    with pytest.raises(Problem) as refused:
        canned.save(replace(first, texts=(("en", '1\n{% include "Second" %}'),)))
    assert refused.value.kind is ProblemKind.TEMPLATE_ERROR
    assert refused.value.details["name"] == "first → second → first"
    with pytest.raises(Problem) as refused:
        canned.save(_reply("Third", ("en", 'Hi\n{% include "Nobody" %}')))
    assert refused.value.details == {
        "line": 2,
        "fault": "include_missing",
        "name": "Nobody",
        "language": "en",
    }


def test_an_agents_own_replies_are_offered_to_nobody_else(context: Context, canned: Canned) -> None:
    anna, boris = Agents(context).add("Anna"), Agents(context).add("Boris")
    context.agent = anna
    canned.save(replace(_reply("Mine", ("en", "x")), owner=anna))
    canned.save(_reply("Ours", ("en", "x")))
    seen = {}
    for who in (anna, boris, None):
        context.agent = who
        seen[who] = [row.name for row in canned.list()]
    assert seen == {anna: ["Mine", "Ours"], boris: ["Ours"], None: ["Ours"]}


def test_a_ticket_is_offered_the_replies_of_its_mailbox_and_first_what_its_like_got(
    context: Context, canned: Canned
) -> None:
    here = Server("127.0.0.1", 1, Security.NONE, "")
    shop, trade = (
        Mailboxes(context).add(MailboxSettings(address, "", here, here))
        for address in ("shop@shop.example", "trade@shop.example")
    )
    minh = add_minh(context)
    one = ticket_of(context, minh, language="vi", mailbox=shop)
    like = ticket_of(context, minh, language="vi", mailbox=shop)
    other = ticket_of(context, minh, language="ru", mailbox=trade)
    often = id_of(canned.save(_reply("Often, elsewhere", ("en", "x"))))
    fits = id_of(canned.save(_reply("Fits", ("en", "x"))))
    canned.save(replace(_reply("Trade only", ("en", "x")), mailbox_id=trade))
    canned.save(_reply("Never", ("en", "x")))
    for _ in range(4):
        canned.used(often, other)
    canned.used(fits, like)
    assert next(row.name for row in canned.list()) == "Often, elsewhere"
    assert [row.name for row in canned.list(ticket=one)] == ["Fits", "Often, elsewhere", "Never"]
    assert [row.name for row in canned.list("ever", one)] == []
    assert "Trade only" in [row.name for row in canned.list(ticket=other)]


def test_files_and_actions_come_back_and_files_are_stored_once(canned: Canned) -> None:
    form = canned.keep_file("Return form\n.pdf", "application/pdf", b"%PDF-1.4")
    again = canned.keep_file("Same.pdf", "application/pdf", b"%PDF-1.4")
    assert (form.filename, form.sha256) == ("Return form .pdf", again.sha256)
    actions = CannedActions(TicketStatus.WAITING, to_me=True, add_tags=("return",))
    kept = canned.save(replace(_reply("Return", ("en", "x")), files=(form,), actions=actions))
    assert (kept.files, kept.actions) == ((form,), actions)
    [row] = canned.list()
    assert (row.acts, row.files) == (True, 1)
    plain = canned.save(replace(kept, files=(), actions=CannedActions()))
    assert canned.get(id_of(plain)) == plain
    assert [(row.acts, row.files) for row in canned.list()] == [(False, 0)]


def test_how_often_a_text_had_to_be_edited_is_counted(context: Context, canned: Canned) -> None:
    reply = id_of(canned.save(PARCEL))
    uses = [canned.used(reply, ticket_of(context, None), "vi") for _ in range(3)]
    canned.sent([(uses[0], True), (uses[1], False)])
    [row] = canned.list()
    assert (row.uses, row.sent, row.edited) == (3, 2, 1)


def test_what_another_window_saved_archived_or_used_is_found_at_the_next_letter(
    context: Context, canned: Canned
) -> None:
    elsewhere = Canned(context)
    assert canned.list("late") == ()
    late = elsewhere.save(_reply("Late parcel", ("vi", "Đơn hàng bị trễ"), ("ru", "посылка")))
    assert [row.name for row in canned.list("don hang")] == ["Late parcel"]
    assert [row.name for row in canned.list("посылки")] == ["Late parcel"]
    elsewhere.save(replace(late, texts=(("zh-Hant", "訂單延遲"),)))
    assert canned.list("don hang") == ()
    assert [row.languages for row in canned.list("订单")] == [("zh-Hant",)]
    elsewhere.used(id_of(late))
    [row] = canned.list()
    assert (row.uses, row.last_used) == (1, context.now())
    elsewhere.archive(id_of(late))
    assert canned.list() == ()


def test_an_archived_reply_comes_back_unless_its_name_was_taken(canned: Canned) -> None:
    late = canned.save(_reply("Late", ("en", "x")))
    canned.archive(id_of(late))
    canned.restore(id_of(late))
    assert [row.name for row in canned.list()] == ["Late"]
    canned.archive(id_of(late))
    canned.save(_reply("late", ("en", "y")))
    with pytest.raises(Problem) as refused:
        canned.restore(id_of(late))
    assert refused.value.kind is ProblemKind.DUPLICATE
    with pytest.raises(Problem):
        canned.restore(CannedId(999))
