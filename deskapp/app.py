"""The windowed program: everything is built here once, and closed in reverse order."""

import gc
import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QTimer

from . import logs, paths, settings, wiring
from .desk import Desk
from .domain.desk_address import is_server, without_password
from .domain.order_sources import SourceSettings
from .domain.problem import Problem, ProblemKind
from .mail.providers import password_hint, suggest
from .making import Maker
from .moving import DeskMover
from .secrets import OpenedLater, SecretStore, SessionSecrets, keep_password, with_kept_password
from .settings import Settings
from .shop_wiring import test_source
from .ui import clock
from .ui.application import prepare_application
from .ui.bridge import Bridge
from .ui.bug_report import BugReport
from .ui.engine_process import EngineProcess
from .ui.errors import show_problem
from .ui.notices.notices import Notices
from .ui.notices.tray import Tray
from .ui.outside import Outside
from .ui.remembered import Remembered
from .ui.shell import Shell
from .ui.work import SHOPS, Work
from .watching import watching
from .wiring import open_house

log = logging.getLogger(__name__)

_ENGINE_AFTER_MS = 300  # the first rows come first: the engine is a start of Python of its own


def run(desk_url: str = "") -> int:
    """Opens the windows on a desk: the one named, else the one opened last, else the wizard."""
    logs.start("window")
    mine = settings.load()
    app = prepare_application(appearance=mine.appearance)
    secrets = OpenedLater()
    default = paths.default_desk()
    url = desk_url or mine.desk_url or (str(default) if default.exists() else "")
    if not url:
        from .ui.setup.wizard import Wizard  # only the first start needs it

        wizard = Wizard(outside(mine, secrets), Maker(secrets))
        wizard.exec()
        if wizard.result_ is None:
            return 0
        if wizard.result_.sample:
            return demo()
        url, mine.agent_name = wizard.result_.desk_url, wizard.result_.agent_name
    ended = _work_on(url, mine, secrets, app.exec)
    while ended is None:  # the desk moved; the windows open where it is now
        ended = _work_on(mine.desk_url, mine, secrets, app.exec, arrived=True)
    return ended


def _work_on(
    url: str,
    mine: Settings,
    secrets: SecretStore,
    work: Callable[[], int],
    *,
    arrived: bool = False,
) -> int | None:
    """The windows on one desk, until they are closed; None where they close since it moved."""
    moved: list[Windows] = []

    def reopen() -> None:
        moved.append(windows)
        windows.shell.quit()

    with ExitStack() as house:
        bridge = Bridge()
        try:
            opened = open_asked(with_kept_password(url, secrets), mine, bridge, secrets)
        except Problem as problem:
            show_problem(None, problem)
            return 1
        if opened is None:
            return 1
        desk, address = opened
        house.callback(desk.close)
        mine.open_at(remembered_place(address, secrets))
        learn_agent(desk, mine)
        mine.save()
        windows = build(desk, bridge, mine, secrets, house, reopen)
        windows.shell.show()
        if arrived:
            from .ui.settings.page import SettingsPage  # shown on demand, as every page

            page = windows.shell.show_page("settings")
            assert isinstance(page, SettingsPage)
            page.show_section("data")  # where the desk was, and how the move is taken back
        QTimer.singleShot(_ENGINE_AFTER_MS, windows.shell, lambda: begin_work(windows, secrets))
        ended = work()
    return None if moved else ended


def open_asked(
    address: str, mine: Settings, bridge: Bridge, secrets: SecretStore
) -> tuple[Desk, str] | None:
    """The desk and the address that opened it; None when somebody knew no password for it, or
    would not wait for it to come back."""

    def desk_at(address: str, waits: Callable[[], None]) -> Desk:
        return open_house(
            address,
            agent_name=mine.agent_name,
            announce=bridge.changed.emit,
            tell_line=bridge.line.emit,
            waiting=waits,
        )

    from .ui.setup.desk_away import Left, open_waiting

    try:
        if not is_server(address):
            return open_waiting(desk_at)(address), address
        from .ui.setup.ask_desk_password import open_asking

        return open_asking(open_waiting(desk_at), address, lambda: secrets.lasting)
    except Left:
        return None


def remembered_place(address: str, secrets: SecretStore) -> str:
    """The address for the settings; its password goes where passwords are kept."""
    try:
        return keep_password(address, secrets)
    except Problem as problem:
        log.warning("the desk's password was not kept (%s) and is asked for again", problem.kind)
        return paths.from_anywhere(without_password(address))


def learn_agent(desk: Desk, mine: Settings) -> None:
    """Who acts here, when the settings name nobody that this desk knows."""
    me = desk.signed_in
    if me.team_desk and not me.fixed:
        show_problem(None, Problem(ProblemKind.NOT_ALLOWED, what="owner_works", login=me.login))
    if desk.agent is not None:
        return
    from .ui.setup.who_am_i import who_am_i  # asked once in a desk's life on this machine

    chosen = who_am_i(desk.agents.list())
    if chosen is not None:
        desk.agent, mine.agent_name = chosen.id, chosen.name


def demo(picture: Path | None = None) -> int:
    """A sample desk in a temporary folder; with ``picture`` a PNG of each window instead."""
    from .ui.pictures import picture_pages, without_platform_noise

    app = prepare_application()
    with ExitStack() as house:
        if picture is not None:
            house.enter_context(without_platform_noise())
        folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="deskapp-demo-")))
        shell = sample(folder, house).shell
        shell.show()
        if picture is None:
            return app.exec()
        picture_pages(shell, picture)
        shell.close()
        return 0


def sample(folder: Path, house: ExitStack) -> "Windows":
    """Windows on a new sample desk; what is tried out in them stays in ``folder``.

    The sample's mailboxes have no servers, so no engine is to be started for them.
    """
    from .demo import fill_sample_desk

    bridge = Bridge()
    url = str(folder / "desk.db")
    desk = open_house(url, create=True, name="Lotus Outdoor", announce=bridge.changed.emit)
    house.callback(desk.close)
    fill_sample_desk(desk)
    return build(desk, bridge, Settings(desk_url=url, folder=folder), SessionSecrets(), house)


@dataclass(frozen=True, slots=True)
class Windows:
    """What is built for one desk. The engine is not started yet."""

    shell: Shell
    work: Work
    engine: EngineProcess


def build(
    desk: Desk,
    bridge: Bridge,
    mine: Settings,
    secrets: SecretStore,
    house: ExitStack,
    moved: Callable[[], None] = lambda: None,
) -> Windows:
    """Main window and engine, which ``house`` closes; ``moved`` opens them where the desk went."""
    work = Work(desk)
    house.callback(work.close)
    house.enter_context(clock.following(desk.now))
    house.enter_context(watching(desk, bridge.changed.emit))

    def told_passwords() -> list[Mapping[str, object]]:
        return wiring.engine_greeting(desk, secrets)

    engine = EngineProcess(desk.database.address, bridge.engine_news.emit, told_passwords)
    house.callback(engine.stop)
    remembered = Remembered(mine.home / "windows.ini")
    mover = DeskMover(desk.database.address, mine, secrets, engine.rest, engine.resume, moved)
    lent = replace(outside(mine, secrets, engine.restart), mover=mover)
    shell = Shell(work, bridge, remembered, desk.name(), lent)
    shell.sync_wanted.connect(engine.sync_now)
    shell.shell_actions.shops_asked.connect(engine.ask_shops)
    shell.shell_actions.colleagues.join(desk.presence, bridge)
    house.enter_context(desk.presence.kept(bridge.room.emit))
    Notices(work, bridge, shell, Tray(shell))
    report = BugReport(shell)
    work.bug.connect(report.show_fault)
    return Windows(shell, work, engine)


def outside(
    mine: Settings, secrets: SecretStore, restart: Callable[[], None] = lambda: None
) -> Outside:
    """What windows need of rooms they may not enter."""
    return Outside(
        suggest_servers=suggest,
        password_hint=password_hint,
        live_test=wiring.live_test,
        test_source=test_source,
        preview_orders=wiring.preview_orders,
        read_orders=wiring.read_orders,
        preview_people=wiring.preview_people,
        read_people=wiring.read_people,
        read_mail=wiring.read_mail,
        read_file=wiring.read_file,
        read_page=wiring.read_page,
        fetch_pictures=wiring.fetch_pictures,
        profiles=wiring.order_profiles,
        secrets=secrets,
        restart_engine=restart,
        settings=mine,
    )


def begin_work(windows: Windows, secrets: SecretStore) -> None:
    """Ends the start: starts the engine; where nothing keeps passwords, asks for them first.

    The keyring is asked in a lane: finding it takes 0.1 s, and a locked one asks its owner.
    """

    # What the start has made stays: a later collection need not go through it within a frame.
    gc.freeze()

    def ask_and_start(missing: tuple[list[str], list[tuple[str, SourceSettings]]]) -> None:
        boxes, sources = missing
        if boxes or sources:
            from .ui.setup.ask_password import AskPassword

            AskPassword(boxes, secrets, windows.shell, sources).exec()
        windows.engine.start()

    windows.work.ask(
        lambda desk: (wiring.unknown_passwords(desk, secrets), wiring.unknown_keys(desk, secrets)),
        ask_and_start,
        owner=windows.shell,
        lane=SHOPS,
    )
