"""The engine as a process: spoken to over its pipes, seen from outside by servers and desk."""

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes
from pathlib import Path

import pytest

from deskapp.data.database import Database
from deskapp.data.queries.leases import holder_of
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem
from deskapp.engine.once import run_once
from deskapp.mail.waiting import Pace
from deskapp.secrets import SecretFile
from deskapp.wiring import open_house
from tests.data.mail_rows import add_mailbox, add_outgoing, new_desk
from tests.engine.running import (
    ADDRESS,
    database,
    engine,
    engine_here,
    mail,
    mailbox_of,
    secrets,
    url_of,
)
from tests.servers.dovecot import ImapAccount
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtp_sink import SmtpSink

__all__ = ["database", "secrets"]


def test_new_mail_is_filed_while_it_waits_and_it_stops_when_told(
    database: Database, imap_account: ImapAccount
) -> None:
    imap_account.deliver(mail(1))
    with engine(url_of(database)) as running:
        running.hear(lambda news: news["news"] == "filed" and news["tickets"] == 1)
        if not any(news.get("state") == "ok" for news in running.heard):
            running.hear_state("ok")  # either may come first
        if sys.platform != "win32":
            mine = os.getpriority(os.PRIO_PROCESS, 0)
            its = os.getpriority(os.PRIO_PROCESS, running.process.pid)
            assert its == min(mine + 5, 19), "it gives way to the window that it works beside"
        imap_account.deliver(mail(2))
        running.hear(lambda news: news["news"] == "filed" and news["tickets"] == 1)
        running.say(do="stop")
        assert running.hear(lambda news: news["news"] == "stopped")
        assert running.process.wait(10) == 0


@pytest.mark.parametrize("how", ["end of the pipe", "SIGTERM"])
def test_it_ends_in_good_order_and_gives_its_lease_back(database: Database, how: str) -> None:
    with engine(url_of(database)) as running:
        running.hear_state("ok")
        if how == "SIGTERM":
            running.process.send_signal(signal.SIGTERM)
        assert running.end() == 0
    with database.reading() as connection:
        assert holder_of(connection, f"mailbox:{mailbox_of(database)}") == ""


def test_a_due_reply_leaves_and_its_copy_lies_in_sent_once(
    database: Database, imap_account: ImapAccount, smtp_sink: SmtpSink
) -> None:
    raw = b"Message-ID: <mine@shop.example>\r\nSubject: hello\r\n\r\nHere.\r\n"
    add_outgoing(database, mailbox_of(database), raw=raw, message_id="mine@shop.example")
    with engine(url_of(database)) as running:
        running.hear(lambda news: news["news"] == "sent")
        assert len(smtp_sink.wait_for(1)) == 1
        assert running.end() == 0
    report = run_once(url_of(database))
    assert (report.sent, report.uncertain) == (0, 0)
    assert len(smtp_sink.mails) == 1
    [copy] = imap_account.mails("Sent")
    assert message_from_bytes(copy)["Subject"] == "hello"


def test_a_wrong_password_is_tried_once_until_another_is_told(
    tmp_path: Path, scripted_imap: ScriptedImap, secrets: SecretFile
) -> None:
    def judge(server: ScriptedImap, tag: str, command: str, send: Callable[[bytes], None]) -> bool:
        if not command.startswith("LOGIN") or "right" in command:
            return False
        send(f"{tag} NO [AUTHENTICATIONFAILED] no\r\n".encode())
        return True

    scripted_imap.answers = [judge]
    scripted_imap.mails = {1: mail(1)}
    secrets.set(ADDRESS, "imap", "wrong")
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with new_desk(url) as database:
        server = Server("127.0.0.1", scripted_imap.port, Security.NONE, "support")
        mailbox = add_mailbox(database, ADDRESS, server)
        with engine(url) as running:
            refused = running.hear_state("sign_in_refused")
            assert "no" in str(refused["detail"])
            running.say(do="send_now")
            running.say(do="nonsense")
            running.say(do="secret", mailbox=mailbox, imap="right")
            running.hear_state("ok")
            assert len(scripted_imap.commands("LOGIN")) == 2
            assert not any("right" in json.dumps(news) for news in running.heard)


def test_a_second_engine_waits_for_the_lease_and_takes_over(
    database: Database, imap_account: ImapAccount
) -> None:
    url = url_of(database)
    with engine(url) as first, closing(open_house(url)) as desk:
        first.hear_state("ok")
        with engine_here(desk, Pace(lease=0.1, second_look=0.1)) as second:
            second.until(news="state", state="lease_held")
            report = run_once(url)
            assert report.mailboxes[0].problem is not None
            assert report.mailboxes[0].problem.kind == "lease_held"
            assert first.end() == 0
            imap_account.deliver(mail(1))
            second.until(news="filed", tickets=1)


def test_a_killed_engine_is_followed_at_once(database: Database, imap_account: ImapAccount) -> None:
    with engine(url_of(database)) as first:
        first.hear_state("ok")
    imap_account.deliver(mail(1))
    report = run_once(url_of(database))
    assert (report.mailboxes[0].problem, report.mailboxes[0].new) == (None, 1)


def test_one_round_says_in_numbers_what_it_did(
    database: Database, imap_account: ImapAccount
) -> None:
    imap_account.deliver(mail(1), b"", mail(2))
    imap_account.deliver(mail(3), folder="Sent")
    told = run_once(url_of(database), mailbox=ADDRESS).as_json()
    boxes = told["mailboxes"]
    assert isinstance(boxes, list)
    [box] = boxes
    assert {name: box[name] for name in ("address", "on_server", "new", "state")} == {
        "address": ADDRESS,
        "on_server": 4,
        "new": 4,
        "state": "ok",
    }
    assert (box["stored"], box["held"]) == (3, 1)
    assert (told["sent"], told["uncertain"]) == (0, 0)
    assert run_once(url_of(database)).mailboxes[0].new == 0


def test_an_unknown_mailbox_is_a_problem_and_a_server_away_is_in_the_report(
    database: Database, tmp_path: Path, secrets: SecretFile
) -> None:
    with pytest.raises(Problem, match="not_found"):
        run_once(url_of(database), mailbox="nobody@shop.example")
    add_mailbox(database, "other@shop.example")
    secrets.set("other@shop.example", "imap", "x")
    report = run_once(url_of(database), mailbox="other@shop.example")
    assert report.mailboxes[0].problem is not None
    assert report.mailboxes[0].problem.kind == "offline"


def test_the_environment_gives_the_password_of_a_single_mailbox(
    database: Database,
    secrets: SecretFile,
    imap_account: ImapAccount,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secrets.forget(ADDRESS, "imap")
    problem = run_once(url_of(database)).mailboxes[0].problem
    assert problem is not None
    assert problem.kind == "no_secret"
    monkeypatch.setitem(os.environ, "DESKAPP_PASSWORD", imap_account.password)
    assert run_once(url_of(database)).mailboxes[0].problem is None


def test_the_diary_of_a_pull_carries_nothing_of_the_mails(
    database: Database, imap_account: ImapAccount, own_home: Path, smtp_sink: SmtpSink
) -> None:
    canary = (
        "From: Canaryname <canaryfrom@example.org>\r\nTo: canaryto@shop.example\r\n"
        "Subject: canarysubject\r\nMessage-ID: <canaryid@example.org>\r\n\r\ncanarybody\r\n"
    )
    image = canary.replace(
        "\r\n\r\n", '\r\nContent-Type: image/png; name="canaryfile"; charset=canaryset\r\n\r\n'
    )
    imap_account.deliver(canary.encode())
    imap_account.deliver(image.replace("canaryid", "canaryid2").encode())
    imap_account.deliver(b"\x00canaryheld")
    add_outgoing(database, MailboxId(1), "canaryreply@example.org")
    with engine(str(database.address)) as running:
        running.hear(lambda news: news["news"] == "filed")
        smtp_sink.wait_for(1)
        assert running.end() == 0
    diary = (own_home / "logs" / "engine.log").read_text(encoding="utf-8")
    assert " INFO " in diary
    assert "canary" not in diary.lower()
    assert ADDRESS not in diary
