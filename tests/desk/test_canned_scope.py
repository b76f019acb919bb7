"""Whose a canned reply is, and what that means for names, includes, renaming and archiving."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.domain.ids import AgentId, CannedId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, Includers

from .canned_rows import ticket_of


@pytest.fixture
def anna(context: Context) -> AgentId:
    return Agents(context).add("Anna")


@pytest.fixture
def boris(context: Context) -> AgentId:
    return Agents(context).add("Boris")


@pytest.fixture
def ticket(context: Context) -> TicketId:
    return ticket_of(context, Customers(context).create("Minh", "minh@example.com"), language="vi")


def _reply(name: str, *texts: tuple[str, str], owner: AgentId | None = None) -> CannedReply:
    return CannedReply(None, name, "", texts or (("en", name),), 0, owner=owner)


def id_of(canned: Canned, reply: CannedReply) -> CannedId:
    kept = canned.save(reply).id
    assert kept is not None
    return kept


def _refused(act: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value


def test_another_agents_own_reply_is_not_there_whatever_is_asked(
    context: Context, canned: Canned, anna: AgentId, boris: AgentId, ticket: TicketId
) -> None:
    context.agent = anna
    mine = canned.save(_reply("Mine", ("en", "secret"), owner=anna))
    one = mine.id
    assert one is not None
    context.agent = boris
    asked: list[Callable[[], object]] = [
        lambda: canned.get(one),
        lambda: canned.by_name("Mine"),
        lambda: canned.render(one, ticket),
        lambda: canned.questions(one, ticket),
        lambda: canned.includers(one),
        lambda: canned.save(mine),
        lambda: canned.save(replace(mine, owner=None)),
        lambda: canned.save(_reply("For her", owner=anna)),
        lambda: canned.archive(one),
        lambda: canned.restore(one),
    ]
    assert {_refused(act).kind for act in asked} == {ProblemKind.NOT_FOUND}
    context.agent = anna
    assert canned.get(one) == mine


def test_what_somebody_calls_their_own_takes_nobody_elses_name(
    context: Context, canned: Canned, anna: AgentId, boris: AgentId
) -> None:
    team = id_of(canned, _reply("Hello"))
    own = {}
    for who in (anna, boris):
        context.agent = who
        own[who] = id_of(canned, _reply("Hello", owner=who))
        assert _refused(lambda: canned.save(_reply("HELLO!", owner=context.agent))).kind is (
            ProblemKind.DUPLICATE
        )
    assert canned.by_name("hello") == own[boris]
    canned.archive(own[boris])
    assert canned.by_name("hello") == team
    canned.restore(own[boris])
    assert canned.by_name("hello") == own[boris]
    context.agent = None
    assert canned.by_name("hello") == team


def test_a_long_chinese_name_is_found_by_itself(canned: Canned) -> None:
    name = "订单" * 90
    assert id_of(canned, _reply(name)) == canned.by_name(name)


def test_an_include_finds_ones_own_before_the_teams_and_nobody_elses(
    context: Context, canned: Canned, anna: AgentId, boris: AgentId, ticket: TicketId
) -> None:
    canned.save(_reply("Bye", ("en", "team")))
    everyones = id_of(canned, _reply("Hi", ("en", 'Hi {% include "Bye" %}')))
    context.agent = anna
    canned.save(_reply("Bye", ("en", "Anna"), owner=anna))
    canned.save(_reply("Alone", ("en", "Anna alone"), owner=anna))
    hers = id_of(canned, _reply("Her hi", ("en", 'Hi {% include "Bye" %}'), owner=anna))
    assert canned.render(hers, ticket).text == "Hi Anna"
    assert canned.render(everyones, ticket).text == "Hi team"
    whole = _reply("Leaks", ("en", 'x\n{% include "Alone" %}'))
    told = _refused(lambda: canned.save(whole)).details
    assert (told["fault"], told["name"], told["line"]) == ("include_own", "Alone", 2)
    context.agent = boris
    assert _refused(lambda: canned.save(whole)).details["fault"] == "include_missing"
    assert [one.name for one in canned.render_text('{% include "Alone" %}', ticket).unresolved] == [
        "Alone"
    ]
    assert canned.render_text('{% include "Bye" %}', ticket).text == "team"


def test_a_new_name_is_written_into_what_includes_it(
    context: Context, canned: Canned, anna: AgentId, ticket: TicketId
) -> None:
    bye = canned.save(_reply("Đơn hàng"))
    outer = canned.save(_reply("Outer", ("en", "{%- include 'don HANG' -%}"), ("vi", "x")))
    context.agent = anna
    hers = id_of(canned, _reply("Hers", ("en", '{% include "Đơn hàng" %}'), owner=anna))
    assert bye.id is not None
    assert outer.id is not None
    assert canned.includers(bye.id) == Includers(("Outer",), ("Hers",))
    context.agent = None
    assert canned.includers(bye.id) == Includers(("Outer",), elsewhere=1)
    context.agent = anna
    canned.save(replace(bye, name='The "order"'))
    changed = canned.get(outer.id)
    assert changed.texts == (("en", "{%- include 'The \"order\"' -%}"), ("vi", "x"))
    assert changed.version == outer.version + 1
    assert canned.render(hers, ticket).text == "Đơn hàng"


def test_what_others_include_cannot_become_ones_own(
    context: Context, canned: Canned, anna: AgentId
) -> None:
    bye = canned.save(_reply("Bye"))
    canned.save(_reply("Outer", ("en", '{% include "Bye" %}')))
    context.agent = anna
    told = _refused(lambda: canned.save(replace(bye, owner=anna)))
    assert (told.details["fault"], told.details["name"]) == ("included", "Outer")
    assert bye.id is not None
    assert canned.get(bye.id) == bye


def test_what_only_colleagues_own_replies_include_cannot_become_ones_own_either(
    context: Context, canned: Canned, anna: AgentId, boris: AgentId, ticket: TicketId
) -> None:
    bye = canned.save(_reply("Bye"))
    context.agent = boris
    his = id_of(canned, _reply("Secret", ("en", '{% include "Bye" %}'), owner=boris))
    context.agent = anna
    told = _refused(lambda: canned.save(replace(bye, owner=anna)))
    assert (told.details["fault"], told.details["name"]) == ("included_elsewhere", "")
    context.agent = boris
    assert canned.render(his, ticket).text == "Bye"
    assert canned.save(replace(bye, owner=boris)).owner == boris
    assert canned.render(his, ticket).text == "Bye"


def test_a_text_being_edited_includes_in_its_own_language(canned: Canned, ticket: TicketId) -> None:
    canned.save(_reply("Bye", ("en", "Bye"), ("ru", "Пока"), ("vi", "Tạm biệt")))
    text = '{% include "Bye" %}'
    assert canned.render_text(text, ticket).text == "Tạm biệt"
    assert canned.render_text(text, ticket, language="ru").text == "Пока"
    german = canned.render_text(text, ticket, language="de")
    assert (german.language, german.borrowed) == ("de", (("Bye", "en"),))


def test_an_included_reply_without_a_text_in_the_language_says_which_stands_in(
    canned: Canned, ticket: TicketId
) -> None:
    canned.save(_reply("Bye", ("en", "Bye"), ("ru", "Пока")))
    canned.save(_reply("Thanks", ("en", "Thanks"), ("vi", "Cảm ơn")))
    text = '{% include "Thanks" %}. {% include "bye" %}.'
    outer = id_of(canned, _reply("Outer", ("en", text), ("vi", text)))
    filled = canned.render(outer, ticket)
    assert (filled.language, filled.text) == ("vi", "Cảm ơn. Bye.")
    assert filled.borrowed == (("bye", "en"),)
    assert canned.render(outer, ticket, language="en").borrowed == ()


def test_a_circle_through_many_replies_is_found_and_the_way_told(canned: Canned) -> None:
    first = canned.save(_reply("R0"))
    for number in range(1, 6):
        canned.save(_reply(f"R{number}", ("en", f'{{% include "R{number - 1}" %}}')))
    told = _refused(lambda: canned.save(replace(first, texts=(("en", '{% include "R5" %}'),))))
    assert told.details["fault"] == "include_circle"
    assert str(told.details["name"]).count("→") == 6


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("don hang", "Đơn hàng chậm"),
        ("ĐƠN", "Đơn hàng chậm"),
        ("ещё счет", "Счёт"),
        ("еще счёт", "Счёт"),
        ("订单", "訂單尺寸"),
        ("訂單", "訂單尺寸"),
        ("换货", "訂單尺寸"),
        ("尺", "訂單尺寸"),
    ],
)
def test_a_reply_is_found_whatever_marks_and_script_are_typed(
    canned: Canned, words: str, found: str
) -> None:
    canned.save(_reply("Đơn hàng chậm", ("vi", "Dạ shop xin lỗi.")))
    canned.save(_reply("Счёт", ("ru", "Вот ещё один счёт.")))
    canned.save(_reply("訂單尺寸", ("zh-Hant", "免費換貨")))
    assert [row.name for row in canned.list(words)] == [found]
