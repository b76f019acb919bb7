"""Presence and taking over on a team desk, where the database guards whose row is whose."""

import threading
from dataclasses import replace

import pytest

from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.presence import Doing
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit
from tests.servers.team_desk import TeamDesk

from .letters import letter

_PATIENCE = 60


@pytest.mark.parametrize("asker", ["lead", "junior"])
def test_people_of_each_role_see_each_other_and_take_over(team_desk: TeamDesk, asker: str) -> None:
    with team_desk.opened("agent") as holder, team_desk.opened(asker) as other:
        holder.intake.import_mails([letter(message_id=f"{asker}@customer.example")])
        ticket = holder.tickets.view_ids(View.ALL)[0]
        holder.tickets.edit(ticket, TicketEdit(status=TicketStatus.OPEN, assignee_id=holder.agent))
        written = threading.Event()
        holder.presence.stands(1, ticket, Doing.WRITING)
        with holder.presence.kept(lambda _room: written.set()):
            assert written.wait(_PATIENCE)
            assert [one.name for one in other.presence.on(ticket)] == ["Agent"]
            draft = holder.replies.save(replace(holder.replies.draft(ticket), body="Dear Lan"))
            assert holder.agent is not None and draft.id is not None
            request = other.take_overs.ask(ticket, holder.agent)
            with pytest.raises(Problem) as refused:
                other.take_overs.give(request.id)
            assert refused.value.kind is ProblemKind.TOO_LATE
            holder.take_overs.give(request.id)
            assert other.take_overs.take(request.id) == ticket
            assert other.replies.draft(ticket).body == "Dear Lan"
            assert holder.take_overs.let_go(request.id, draft.id, "Dear Lan")
            assert other.tickets.row(ticket).assignee_name == asker.capitalize()
        assert other.presence.on(ticket) == ()
