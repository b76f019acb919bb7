"""The first start: who, where, which mailbox; each trouble in words, and nothing half-made."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.data.places import check_place
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server, StepResult
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.making import Maker
from deskapp.secrets import SessionSecrets
from deskapp.ui.outside import Outside
from deskapp.ui.pieces import form
from deskapp.ui.setup.new_desk import DeskFound, DeskWish
from deskapp.ui.setup.wizard import Wizard
from deskapp.wiring import open_house
from tests.ui.named import nameless, not_plain

KNOWN = (
    Server("imap.shop.example", 993, Security.TLS, "support@shop.example"),
    Server("smtp.shop.example", 465, Security.TLS, "support@shop.example"),
)
PASSWORD = "hunter-42"
ALL_WELL = [StepResult(step, True) for step in ("name", "tls", "sign_in", "folders", "smtp")]
REFUSED = [
    *ALL_WELL[:2],
    StepResult("sign_in", False, "sign_in_refused", "<b>Invalid</b> credentials"),
    StepResult("smtp", True),
]


class OnNetworkDrive(Maker):
    """Says what ``data.places`` says of a folder that is mounted from elsewhere."""

    def make(self, wish: DeskWish) -> DeskFound:
        check_place(Path(wish.place), "nas:/share / nfs4 rw 0 0\n")
        raise AssertionError("a network folder was taken")


def live_test(
    results: list[StepResult], tried: list[MailboxSettings]
) -> Callable[[MailboxSettings, str, str], Iterator[StepResult]]:
    def run(settings: MailboxSettings, imap: str, smtp: str) -> Iterator[StepResult]:
        assert (imap, smtp) == (PASSWORD, PASSWORD)
        tried.append(settings)
        yield from results

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "desks" / "lotus.db"


def wizard_with(qtbot: QtBot, place: Path, maker: Maker, outside: Outside | None = None) -> Wizard:
    made = Wizard(outside or Outside(), maker, place)
    qtbot.addWidget(made)
    made.show()
    return made


def at_mailbox(qtbot: QtBot, place: Path, results: list[StepResult]) -> tuple[Wizard, Outside]:
    outside = Outside(
        suggest_servers=lambda _address: KNOWN,
        password_hint=lambda _address: "app_password",
        live_test=live_test(results, []),
        secrets=SessionSecrets(),
    )
    wizard = wizard_with(qtbot, place, Maker(), outside)
    wizard.who.agent_name.setText("Châu")
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.later.isVisible())
    qtbot.keyClicks(wizard.mailbox.address, "support@shop.example")
    qtbot.keyClicks(wizard.mailbox.password, PASSWORD)
    return wizard, outside


def test_a_network_folder_is_refused_with_the_way_to_postgresql(qtbot: QtBot, place: Path) -> None:
    wizard = wizard_with(qtbot, place, OnNetworkDrive())
    qtbot.keyClicks(wizard.who.agent_name, "Anna")
    wizard.next.click()
    trouble = wizard.who._trouble
    qtbot.waitUntil(trouble.isVisible)
    assert "network or synced folder" in trouble.words.text()
    assert not place.exists()
    trouble._shared.click()
    assert wizard.who.shared.isChecked()
    assert wizard.who.url.isEnabled()


def test_a_folder_that_may_not_be_written_to_is_said_and_typing_is_kept(
    qtbot: QtBot, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    wizard = wizard_with(qtbot, blocked / "desk.db", Maker())
    wizard.who.agent_name.setText("Анна")
    wizard.next.click()
    qtbot.waitUntil(wizard.who._trouble.isVisible)
    assert str(blocked) in wizard.who._trouble.words.text()
    assert wizard.who.agent_name.text() == "Анна"
    assert wizard.next.isEnabled()


def test_nothing_is_made_before_somebody_says_who_they_are(qtbot: QtBot, place: Path) -> None:
    wizard = wizard_with(qtbot, place, Maker())
    assert not wizard.next.isEnabled()
    qtbot.keyClicks(wizard.who.agent_name, "Anna")
    assert wizard.next.isEnabled()


def test_a_mailbox_that_passes_its_test_is_in_the_desk_and_its_password_in_the_store(
    qtbot: QtBot, place: Path
) -> None:
    wizard, outside = at_mailbox(qtbot, place, ALL_WELL)
    assert wizard.mailbox.servers.imap.host.text() == "imap.shop.example"
    form.choose(wizard.mailbox.since, 30)
    wizard.next.click()
    qtbot.waitUntil(lambda: "support@shop.example is coming in" in wizard._done.text())
    wizard.next.click()
    assert wizard.result_ is not None
    assert wizard.result_.desk_url == str(place)
    desk = open_house(str(place), agent_name=wizard.result_.agent_name)
    [box] = desk.mailboxes.list()
    assert box.settings.imap == KNOWN[0]
    assert box.settings.since is not None
    assert (datetime.now(UTC) - box.settings.since).days == 30
    assert desk.agent is not None
    desk.close()
    assert outside.secrets.get("support@shop.example", "imap") == PASSWORD
    assert PASSWORD not in place.read_bytes().decode("latin-1")


def test_a_refused_sign_in_names_the_kind_of_password_and_adds_nothing(
    qtbot: QtBot, place: Path
) -> None:
    wizard, outside = at_mailbox(qtbot, place, REFUSED)
    wizard.next.click()
    qtbot.waitUntil(wizard.untested.isVisible)
    steps = wizard.mailbox.steps
    assert steps.words("tls")
    assert "app password" in steps.words("sign_in")
    assert "<b>Invalid</b> credentials" in steps.words("sign_in")
    assert steps.words("folders") == "not tried"
    assert steps.words("smtp") == "Ready to send"
    assert outside.secrets.get("support@shop.example", "imap") is None
    desk = open_house(str(place))
    assert desk.mailboxes.list() == ()
    desk.close()
    assert not_plain(wizard) == []


def test_a_second_rep_joins_the_desk_that_is_there(qtbot: QtBot, place: Path) -> None:
    maker = Maker()
    maker.make(DeskWish(str(place), "Lotus", "Anna"))
    maker.add_mailbox(str(place), MailboxSettings("support@shop.example", "", *KNOWN))
    wizard = wizard_with(qtbot, place, maker)
    qtbot.keyClicks(wizard.who.agent_name, "Olga")
    wizard.next.click()
    qtbot.waitUntil(lambda: "support@shop.example" in wizard._done.text())
    assert "Lotus" in wizard._done.text()


def test_looking_around_makes_no_desk(qtbot: QtBot, place: Path) -> None:
    wizard = wizard_with(qtbot, place, Maker())
    wizard.sample.click()
    assert wizard.result_ is not None
    assert wizard.result_.sample
    assert not place.exists()


def test_a_bare_password_field_starts_no_test(qtbot: QtBot, place: Path) -> None:
    wizard, _ = at_mailbox(qtbot, place, ALL_WELL)
    wizard.mailbox.password.clear()
    wizard.next.click()
    assert not wizard.mailbox.testing
    assert "password" in wizard.mailbox._told.text()


def test_an_unprotected_server_elsewhere_is_refused_before_any_password_leaves(
    qtbot: QtBot, place: Path
) -> None:
    wizard, _ = at_mailbox(qtbot, place, ALL_WELL)
    security = wizard.mailbox.servers.imap.security
    security.setCurrentIndex(security.findData(Security.NONE))
    wizard.next.click()
    assert not wizard.mailbox.testing
    assert "without TLS" in wizard.mailbox._told.text()


def test_security_brings_its_usual_port_but_not_over_one_of_our_own(
    qtbot: QtBot, place: Path
) -> None:
    wizard, _ = at_mailbox(qtbot, place, ALL_WELL)
    line = wizard.mailbox.servers.smtp
    line.security.setCurrentIndex(line.security.findData(Security.STARTTLS))
    line.security.activated.emit(line.security.currentIndex())
    assert line.port.value() == 587
    line.port.set_value(2525)
    line.security.activated.emit(line.security.currentIndex())
    assert line.port.value() == 2525


def test_every_control_has_a_name(qtbot: QtBot, place: Path) -> None:
    wizard, _ = at_mailbox(qtbot, place, ALL_WELL)
    assert nameless(wizard) == []


def test_a_fault_while_adding_keeps_what_was_typed(qtbot: QtBot, place: Path) -> None:
    wizard, _ = at_mailbox(qtbot, place, ALL_WELL)
    wizard._mailbox_refused(Problem(ProblemKind.DATABASE_UNREACHABLE, place="db.example"))
    assert "db.example" in wizard.mailbox._told.text()
    assert wizard.mailbox.password.text() == PASSWORD


def test_a_link_joins_a_team_with_the_password_and_an_own_one(qtbot: QtBot, place: Path) -> None:
    link = "deskapp-join:minh@db.example:5432/shop?desk=1&tls=bound"
    wished: list[DeskWish] = []

    class Joins(Maker):
        def make(self, wish: DeskWish) -> DeskFound:
            wished.append(wish)
            if wish.password != PASSWORD:
                raise Problem(ProblemKind.SIGN_IN_REFUSED, what="desk", said="no")
            return DeskFound("postgresql://minh@db.example/shop", "Lotus", agent_name="Minh Trần")

    wizard = wizard_with(qtbot, place, Joins())
    who = wizard.who
    who.shared.setChecked(True)
    assert not who.password.isVisible()
    who.url.setText(link)
    assert who.url.cursorPosition() == 0  # who and which server are its beginning
    assert who.password.isVisible() and not who.agent_name.isEnabled()
    assert not wizard.next.isEnabled()
    who.password.setText("wrong")
    who.own_password.setText("too short")
    assert not wizard.next.isEnabled()
    who.own_password.setText("a longer one of mine")
    wizard.next.click()
    qtbot.waitUntil(lambda: len(wished) == 1 and wizard.next.isEnabled())
    assert who.url.text() == link
    who.password.setText(PASSWORD)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.result_ is not None)
    assert wizard.result_ is not None
    assert wizard.result_.agent_name == "Minh Trần"
    assert wished[-1].own_password == "a longer one of mine" and PASSWORD not in repr(wished[-1])
