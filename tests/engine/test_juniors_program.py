"""A junior's program on a team desk leaves every mailbox to those who may send."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from deskapp.desk import Desk
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import Security, View
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import ProblemKind
from deskapp.engine.once import run_once
from deskapp.mail.waiting import Pace
from deskapp.secrets import SecretFile
from tests.engine.running import ADDRESS, engine_here, mail, secrets
from tests.servers.dovecot import ImapAccount
from tests.servers.postgres import Postgres
from tests.servers.smtp_sink import SmtpSink
from tests.servers.team_desk import TeamDesk, make_team_desk

__all__ = ["secrets"]

QUICK = Pace(lease=0.1, second_look=0.1)


@pytest.fixture
def ready(
    postgres: Postgres, imap_account: ImapAccount, smtp_sink: SmtpSink, secrets: SecretFile
) -> Iterator[TeamDesk]:
    """A team desk with one mailbox on real servers."""
    imap = Server("127.0.0.1", imap_account.port, Security.NONE, imap_account.user)
    smtp = Server("127.0.0.1", smtp_sink.port, Security.NONE, ADDRESS)
    secrets.set(ADDRESS, "imap", imap_account.password)
    with make_team_desk(postgres) as made:
        with made.opened() as desk:
            desk.mailboxes.add(MailboxSettings(ADDRESS, "", imap, smtp))
        yield made


def test_what_others_send_leaves_though_a_junior_opened_first(
    ready: TeamDesk,
    imap_account: ImapAccount,
    smtp_sink: SmtpSink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imap_account.deliver(mail(1))
    with ready.opened("junior") as junior, ready.opened("agent") as agent:
        began = Event()
        monkeypatch.setattr(junior.assigning, "give_out", began.set)
        with engine_here(junior, QUICK):
            assert began.wait(20)
            with engine_here(agent, QUICK) as paper:
                paper.until(news="filed", tickets=1)
                _answered(agent)
                paper.until(news="sent", count=1)
        assert len(smtp_sink.mails) == 1
        [report] = run_once(ready.url("junior")).mailboxes
        assert report.problem is not None
        assert report.problem.kind is ProblemKind.NOT_ALLOWED


def test_who_becomes_a_junior_meanwhile_lets_go_of_the_mailbox(ready: TeamDesk) -> None:
    with (
        ready.opened("admin") as admin,
        ready.opened("agent") as agent,
        ready.opened("engine") as other,
    ):
        with engine_here(agent, QUICK) as first:
            first.until(news="state", state="ok")
            assert agent.carries_mail()
            with engine_here(other, QUICK) as second:
                second.until(news="state", state="lease_held")
                admin.agents.edit(AgentId(ready.agents["agent"]), role="junior")
                second.until(news="state", state="ok")
        assert not agent.carries_mail()


def _answered(desk: Desk) -> None:
    [ticket] = desk.tickets.view_ids(View.ALL_OPEN)
    desk.replies.send(replace(desk.replies.draft(ticket), body="On its way"), delay=timedelta())
