"""A senior's own version of a junior's reply: both are kept, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from deskapp.data.tables.people import agent
from deskapp.data.tables.tickets import message_body
from deskapp.desk.approvals import Approvals
from deskapp.desk.reviewing import Reviewing
from deskapp.desk.signatures import Signatures
from deskapp.domain.approvals import ApprovalState
from deskapp.domain.ids import AgentId, ApprovalId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.reply_changes import Edit, altered
from deskapp.domain.signatures import Signature

from .ground import Ground
from .letters import letter
from .test_approvals import WORDS, handed_in, of, queued, role, ticket, written

__all__ = ["ticket"]
HTML = "<p>Chào chị Lan, hàng sẽ đến vào <strong>thứ sáu</strong>.</p>"
SON = Address("Sơn", "son@customer.example")


def reviewing(ground: Ground, who: AgentId) -> Reviewing:
    ground.context.agent = who
    return Reviewing(ground.context)


def colleague(ground: Ground, name: str = "Minh") -> AgentId:
    with ground.database.writing() as unit:
        values = {"name": name, "created_at": ground.time}
        made = unit.connection.execute(agent.insert().values(values).returning(agent.c.id))
        return AgentId(made.scalar_one())


def with_file(ground: Ground, ticket: TicketId) -> ApprovalId:
    draft = replace(written(ground, ticket), html=HTML, cc=(SON,))
    draft = ground.replies.attach(draft, "giá.pdf", "application/pdf", b"%PDF-1")
    return Approvals(ground.context).submit(draft)


def edited(ground: Ground, one: ApprovalId) -> Draft:
    """Anna's version: other words, no Cc, another file."""
    mine = reviewing(ground, ground.anna).begin(one)
    mine = ground.replies.detach(mine, mine.files[0].sha256)
    mine = ground.replies.attach(mine, "mới.pdf", "application/pdf", b"%PDF-2")
    body = WORDS.replace("sáu", "hai")
    html = HTML.replace("sáu", "hai")
    return ground.replies.save(replace(mine, body=body, html=html, cc=()))


def test_forms_people_and_files_are_edited_and_both_versions_are_kept(
    ground: Ground, ticket: TicketId
) -> None:
    one = with_file(ground, ticket)
    seniors = of(ground, ground.anna)
    sent = seniors.approve(one, 1, edited(ground, one))
    row = seniors.open(one).row
    assert row.final is not None
    told = altered(row.given, row.final)
    assert [(edit, who.address) for edit, _role, who in told.people] == [
        (Edit.REMOVED, SON.address)
    ]
    assert [(edit, file.filename) for edit, file in told.files] == [
        (Edit.REMOVED, "giá.pdf"),
        (Edit.ADDED, "mới.pdf"),
    ]
    assert not told.forms and "thứ hai</strong>" in row.final.html
    assert ground.replies.ended(row.draft_id).files[0].filename == "giá.pdf"  # type: ignore[union-attr]
    shown = ground.messages(ticket)[-1]
    assert [file.filename for file in shown.attachments] == ["mới.pdf"]
    assert (shown.agent_id, [one.address for one in shown.cc]) == (ground.olga, [])
    with ground.database.reading() as connection:
        asked = select(message_body.c.html).where(message_body.c.message_id == sent.message)
        html = connection.execute(asked).scalar_one()
    assert "thứ hai</b>" in html, "what was bold leaves bold"
    assert reviewing(ground, ground.anna).open_draft(ticket) is None


def test_other_forms_alone_are_a_change(ground: Ground, ticket: TicketId) -> None:
    one = with_file(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    of(ground, ground.anna).approve(one, 1, replace(mine, html=f"<p>{WORDS}</p>"))
    row = of(ground, ground.anna).open(one).row
    assert row.final is not None and row.changed and altered(row.given, row.final).forms


def test_an_untouched_version_is_no_change(ground: Ground, ticket: TicketId) -> None:
    one = with_file(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    of(ground, ground.anna).approve(one, 1, mine)
    assert not of(ground, ground.anna).open(one).row.changed


def test_it_leaves_with_its_writers_signature(ground: Ground, ticket: TicketId) -> None:
    signatures = Signatures(ground.context)
    for who, said in ((ground.anna, "Anna, lead"), (ground.olga, "Olga, support")):
        signatures.put(Signature(who, None, "", said))
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    assert reviewing(ground, ground.anna).signing(mine).text == "Olga, support"
    assert "Olga, support" in ground.replies.preview(mine).text
    of(ground, ground.anna).approve(one, 1, mine)
    text = ground.messages(ticket)[-1].text
    assert "Olga, support" in text and "Anna" not in text


def test_two_seniors_have_a_version_each_and_the_second_is_told(
    ground: Ground, ticket: TicketId
) -> None:
    one, minh = handed_in(ground, ticket), colleague(ground)
    annas = reviewing(ground, ground.anna).begin(one)
    minhs = reviewing(ground, minh).begin(one)
    assert annas.id != minhs.id and reviewing(ground, minh).begin(one).id == minhs.id
    minhs = ground.replies.save(replace(minhs, body="Minh's words"))
    assert of(ground, ground.anna).open(one).editing == ("Minh",)
    of(ground, ground.anna).approve(one, 1, replace(annas, body="Anna's words"))
    with pytest.raises(Problem) as told:
        of(ground, minh).approve(one, 1, minhs)
    assert (told.value.kind, told.value.details["what"]) == (
        ProblemKind.CHANGED_MEANWHILE,
        "approval",
    )
    assert len(queued(ground)) == 1
    kept = reviewing(ground, minh).open_draft(ticket)
    assert kept is not None and (kept.body, kept.reviews) == ("Minh's words", one)
    row = of(ground, minh).open(one).row
    assert (row.final_body, row.body) == ("Anna's words", WORDS)


def test_withdrawn_meanwhile_the_seniors_version_stays_and_nothing_leaves(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    mine = ground.replies.save(replace(mine, body="Better words"))
    assert of(ground, ground.olga).withdraw(one).body == WORDS
    with pytest.raises(Problem) as told:
        of(ground, ground.anna).approve(one, 2, mine)
    assert told.value.details["what"] == "approval"
    assert queued(ground) == []
    kept = reviewing(ground, ground.anna).open_draft(ticket)
    assert kept is not None and kept.body == "Better words"
    with pytest.raises(Problem):
        reviewing(ground, colleague(ground)).begin(one)


def test_changed_in_another_window_of_the_same_senior_it_stops(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    ground.replies.save(replace(mine, body="In the other window"))
    with pytest.raises(Problem) as told:
        of(ground, ground.anna).approve(one, 1, replace(mine, body="Here"))
    assert told.value.details["what"] == "draft"
    assert queued(ground) == [], "the whole write is undone"
    assert of(ground, ground.anna).open(one).row.state is ApprovalState.WAITING


def test_taken_back_the_seniors_version_is_theirs_again_and_leaves_again(
    ground: Ground, ticket: TicketId
) -> None:
    one = with_file(ground, ticket)
    sent = of(ground, ground.anna).approve(one, 1, edited(ground, one))
    back = ground.replies.undo(sent.outbox_id)
    assert (back.agent_id, back.kind, back.reviews) == (ground.anna, "review", one)
    assert "hai" in back.body and back.files[0].filename == "mới.pdf"
    row = of(ground, ground.anna).open(one).row
    assert (row.state, row.final, row.body) == (ApprovalState.WAITING, None, WORDS)
    of(ground, ground.anna).approve(one, row.version, back)
    assert len(queued(ground)) == 2
    ground.context.agent = ground.olga
    assert ground.replies.draft(ticket).body == "", "the junior's stays closed"


def test_words_of_a_command_come_back_with_an_undo(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    given = of(ground, ground.anna).open(one).draft
    sent = of(ground, ground.anna).approve(one, 1, replace(given, body="From a file"))
    assert ground.replies.undo(sent.outbox_id).body == "From a file"
    minh = colleague(ground)
    row = of(ground, ground.anna).open(one).row
    again = of(ground, ground.anna).approve(
        one, row.version, of(ground, ground.anna).open(one).mine
    )
    ground.context.agent = minh
    assert ground.replies.undo(again.outbox_id).body == WORDS, "to another the handed-in one"
    kept = reviewing(ground, ground.anna).open_draft(ticket)
    assert kept is not None and kept.body == "From a file"


def test_returned_with_a_proposal_its_writer_sees_what_was_meant(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    mine = replace(mine, body=WORDS.replace("sáu", "hai"))
    of(ground, ground.anna).give_back(one, 1, "Monday, I think", mine)
    [row] = of(ground, ground.olga).standing().last_rounds()
    assert row.final is not None and (row.changed, row.final.body) == (True, mine.body)
    assert ground.replies.draft(ticket).body == WORDS, "the writer's text is the writer's"
    assert reviewing(ground, ground.anna).open_draft(ticket) is None


def test_a_customer_who_writes_meanwhile_stops_the_senior_with_the_version_kept(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    mine = ground.replies.save(replace(mine, body="Better words"))
    ground.arrive(letter(message_id="b@customer.example", answers=("a@customer.example",)))
    with pytest.raises(Problem) as told:
        of(ground, ground.anna).approve(one, 1, mine)
    assert told.value.details["what"] == "ticket"
    assert len(ground.replies.news(mine)) == 1
    sent = of(ground, ground.anna).approve(one, 1, mine, force=True, status=TicketStatus.CLOSED)
    assert ground.tickets.conversation(ticket).ticket.status is TicketStatus.CLOSED
    assert sent.not_before - ground.context.now() <= timedelta(seconds=15)


def test_a_junior_and_its_writer_edit_no_version(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    with pytest.raises(Problem) as told:
        reviewing(ground, ground.olga).begin(one)
    assert told.value.details["what"] == "approve_junior"
    role(ground, ground.olga, "agent")
    with pytest.raises(Problem) as told:
        reviewing(ground, ground.olga).begin(one)
    assert told.value.details["what"] == "approve_own"


def test_a_version_goes_along_with_a_merge(ground: Ground, ticket: TicketId) -> None:
    one = handed_in(ground, ticket)
    mine = reviewing(ground, ground.anna).begin(one)
    ground.replies.save(replace(mine, body="Better words"))
    ground.arrive(letter(subject="Other", message_id="other@customer.example"))
    [into] = [row.id for row in ground.rows() if row.id != ticket]
    ground.tickets.merge(ticket, into)
    mine_now = reviewing(ground, ground.anna).open_draft(into)
    assert mine_now is not None
    sent = of(ground, ground.anna).approve(one, 1, mine_now, force=True)
    assert ground.messages(into)[-1].id == sent.message


def test_a_reply_returned_handed_in_again_and_withdrawn_is_a_draft_and_no_more(
    ground: Ground, ticket: TicketId
) -> None:
    one = handed_in(ground, ticket)
    of(ground, ground.anna).give_back(one, 1, "Which day?")
    junior = of(ground, ground.olga)
    [row] = junior.standing().last_rounds()
    assert row.state is ApprovalState.RETURNED
    second = junior.submit(ground.replies.draft(ticket))
    [row] = junior.standing().last_rounds()
    assert (row.id, row.state) == (second, ApprovalState.WAITING)
    junior.withdraw(second)
    assert junior.standing().last_rounds() == ()
    assert ground.replies.draft(ticket).body == WORDS
