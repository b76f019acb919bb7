"""Two people change one thing of the desk's settings: nobody's change goes unseen."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from deskapp.desk import Desk
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.kinds import FieldKind, Security, TicketStatus
from deskapp.domain.last_edits import About
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.order_act_rows import Cap
from deskapp.domain.people_files import PersonField
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import SavedView, Sorting
from deskapp.domain.ticket_facts import TagColour
from deskapp.domain.working_days import SpecialDay, WorkingDays
from deskapp.wiring import open_house


@pytest.fixture
def desk(desk_url: str) -> Iterator[Desk]:
    with closing(open_house(desk_url, create=True, agent_name="Anna")) as made:
        yield made


def _refused(told: "pytest.ExceptionInfo[Problem]") -> dict[str, object]:
    assert told.value.kind is ProblemKind.CHANGED_MEANWHILE
    return dict(told.value.details)


def test_a_mailbox_keeps_what_each_of_two_people_changed_of_it(desk: Desk) -> None:
    server = Server("mail.example", 993, Security.TLS, "help@shop.example")
    box = desk.mailboxes.add(MailboxSettings("help@shop.example", "Shop", server, server))
    seen = desk.mailboxes.get(box).settings
    desk.mailboxes.update(box, replace(seen, signature="Yours", name="The shop"), seen)
    desk.mailboxes.update(box, replace(seen, country="VN"), seen)
    kept = desk.mailboxes.get(box).settings
    assert (kept.signature, kept.name, kept.country) == ("Yours", "The shop", "VN")
    with pytest.raises(Problem) as told:
        desk.mailboxes.update(box, replace(seen, name="Our shop", country="RU"), seen)
    assert _refused(told) == {"what": "mailbox", "fields": "name country"}
    assert desk.mailboxes.get(box).settings == kept


def test_a_pinned_view_keeps_what_each_of_two_people_changed_of_it(desk: Desk) -> None:
    seen = desk.views.save(SavedView(None, "Parcels", "parcel", shared=True))
    desk.views.save(replace(seen, query="parcel status:new"), seen)
    mine = desk.views.save(replace(seen, sorting=Sorting.OLDEST), seen)
    assert (mine.query, mine.sorting) == ("parcel status:new", Sorting.OLDEST)
    with pytest.raises(Problem) as told:
        desk.views.save(replace(seen, query="parcels"), seen)
    assert _refused(told) == {"what": "view", "fields": "query"}


def test_the_week_and_the_single_days_are_two_things(desk: Desk) -> None:
    seen, tet = desk.calendar.get(), SpecialDay(date(2026, 2, 17), "Tết")
    desk.calendar.save(replace(seen, special=(tet,)), seen)
    desk.calendar.save(replace(seen, week=frozenset(range(6))), seen)
    assert desk.calendar.get() == WorkingDays(frozenset(range(6)), (tet,))
    with pytest.raises(Problem) as told:
        desk.calendar.save(replace(seen, week=frozenset(range(4))), seen)
    assert _refused(told) == {"what": "working_days", "fields": "week"}


def test_a_name_or_colour_that_a_colleague_gave_meanwhile_stands(desk: Desk) -> None:
    team = desk.teams.add("Shipping")
    label = desk.labels.add("Parts", TicketStatus.ON_HOLD)
    tag = desk.tags.add("vip", TagColour.RED)
    desk.teams.rename(team, "Parcels", "Shipping")
    desk.labels.rename(label, "Waiting for parts", "Parts")
    desk.tags.colour(tag, TagColour.BLUE, TagColour.RED)
    for write, stands in (
        (lambda: desk.teams.rename(team, "Post", "Shipping"), "Parcels"),
        (lambda: desk.labels.rename(label, "Spares", "Parts"), "Waiting for parts"),
        (lambda: desk.tags.colour(tag, TagColour.GREEN, TagColour.RED), "blue"),
    ):
        with pytest.raises(Problem) as told:
            write()
        assert _refused(told)["value"] == stands


def test_who_was_put_into_another_team_meanwhile_stays_there(desk: Desk) -> None:
    linh = desk.agents.add("Linh", "linh@shop.example", "agent")
    first, second = desk.teams.add("Shipping"), desk.teams.add("Returns")
    desk.teams.join(linh, second)
    desk.teams.leave(linh, first)
    assert {row.name: row.members for row in desk.teams.list()} == {
        "Returns": ("Linh",),
        "Shipping": (),
    }
    desk.teams.leave(linh, second)
    assert not any(row.members for row in desk.teams.list())


def test_what_acts_at_once_is_set_on_what_was_seen(desk: Desk) -> None:
    desk.agent = desk.agents.add("Anna", role="admin")
    linh = desk.agents.add("Linh")
    first, second = desk.teams.add("Shipping"), desk.teams.add("Returns")
    row = next(one for one in desk.teams.list() if one.id == first)
    rules, caps = desk.assigning.rules(), desk.act_limits.caps()
    desk.assigning.set_rule(Scope.DESK, None, Mode.FEWEST, None)
    desk.act_limits.set_cap("agent", "EUR", Decimal(9), Decimal(0))
    desk.teams.join(linh, first)
    desk.returns.set_days(20)
    desk.intake.set_reopen_days(9)
    for write in (
        lambda: desk.assigning.set_rule(Scope.DESK, None, Mode.ROUND_ROBIN, None, rules),
        lambda: desk.act_limits.set_cap("agent", "EUR", Decimal(5), Decimal(0), caps),
        lambda: desk.act_limits.drop_cap(
            "agent", "EUR", (Cap("agent", "EUR", Decimal(1), Decimal(0)),)
        ),
        lambda: desk.teams.put_away(first, row),
        lambda: desk.teams.join(linh, second, (None,)),
        lambda: desk.returns.set_days(30, 14),
        lambda: desk.intake.set_reopen_days(30, 14),
    ):
        with pytest.raises(Problem) as told:
            write()
        assert told.value.kind is ProblemKind.CHANGED_MEANWHILE
    desk.assigning.set_rule(Scope.DESK, None, Mode.FEWEST, None, rules)  # what was wanted anyhow
    desk.teams.join(linh, second, (first,))
    last = desk.last_edits.of(About.ASSIGNMENT)
    assert last is not None and last.who == "Anna"


def test_an_order_that_a_colleague_made_meanwhile_stands(desk: Desk) -> None:
    a, b, c = (desk.fields.add(name, FieldKind.TEXT) for name in "abc")
    views = [desk.views.save(SavedView(None, n, "parcel", shared=True)).id for n in "xyz"]
    x, y, z = (one for one in views if one is not None)
    desk.fields.order([b, a, c], [a, b, c])
    desk.views.reorder([y, x, z], [x, y, z])
    for write, stands in (
        (lambda: desk.fields.order([a, c, b], [a, b, c]), "b, a, c"),
        (lambda: desk.views.reorder([x, z, y], [x, y, z]), "y, x, z"),
    ):
        with pytest.raises(Problem) as told:
            write()
        assert _refused(told)["value"] == stands
    desk.fields.order([b, a, c], [a, b, c])  # the same was wanted
    desk.fields.archive(a)
    desk.fields.order([c, a, b], [b, a, c])  # what came or went since is no other order
    desk.views.delete(y)
    desk.views.reorder([z, y, x], [y, x, z])
    assert [one.name for one in desk.fields.list()] == ["c", "b", "a"]
    assert [one.name for one in desk.views.list()] == ["z", "x"]


def test_a_country_and_a_mapping_are_set_on_what_was_seen(desk: Desk) -> None:
    desk.agent = desk.agents.add("Anna", role="admin")
    server = Server("mail.example", 993, Security.TLS, "help@shop.example")
    box = desk.mailboxes.add(MailboxSettings("help@shop.example", "Shop", server, server))
    wer, who = {PersonField.NAME: "Wer"}, {PersonField.NAME: "Who"}
    desk.mailboxes.set_country(box, "VN", "")
    desk.people_files.save_profile("Old shop", wer, {})
    for write, stands in (
        (lambda: desk.mailboxes.set_country(box, "DE", ""), "VN"),
        (lambda: desk.people_files.save_profile("Old shop", who, {}), "name=Wer"),
    ):
        with pytest.raises(Problem) as told:
            write()
        assert _refused(told)["value"] == stands
    desk.mailboxes.set_country(box, "VN", "")  # the same was wanted
    desk.people_files.save_profile("Old shop", who, wer)
    assert desk.people_files.profiles() == {"Old shop": who}
    last = desk.people_files.last_saved("Old shop")
    assert last is not None and last.who == "Anna"
