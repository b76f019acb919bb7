"""``deskapp self-test``: does this installation have all it needs? Made for packaged programs."""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import typer

from deskapp import paths
from deskapp.domain.problem import Problem

from .errors import FAILED, sentence
from .options import Json
from .output import show_json

app = typer.Typer()
log = logging.getLogger(__name__)


@app.command("self-test")
def self_test(as_json: Json = False) -> None:
    """Open a desk, every resource, the keyring and the windows; exit 0 when all of it works."""
    steps = []
    with tempfile.TemporaryDirectory(prefix="deskapp-self-test-") as folder:
        for name, step in _STEPS.items():
            ok, said = _tried(step, Path(folder))
            steps.append({"step": name, "ok": ok, "said": said})
            if not as_json:
                typer.echo(f"{'ok' if ok else 'FAILED':8}{name}: {said}")
    sound = all(step["ok"] for step in steps)
    if as_json:
        show_json({"ok": sound, "steps": steps})
    if not sound:
        raise typer.Exit(FAILED)


def _tried(step: Callable[[Path], str], folder: Path) -> tuple[bool, str]:
    try:
        return True, step(folder)
    except Problem as problem:
        return False, sentence(problem)
    except Exception as fault:  # what is broken here is not foreseen: each step says what it met
        log.exception("a step of the self-test failed")
        return False, f"{type(fault).__name__}: {fault}"


def _need(fits: bool, otherwise: str) -> None:
    if not fits:
        raise RuntimeError(otherwise)


def _desk(folder: Path) -> str:
    from deskapp.wiring import open_house

    desk = open_house(str(folder / "desk.db"), create=True, name="Self-test")
    try:
        letter = b"From: a@shop.example\r\nSubject: =?utf-8?b?6KiC5Zau?=\r\n\r\nHello\r\n"
        filed = desk.intake.import_mails([letter])
        _need(filed.messages == 1, "a mail was not filed")
        _need(bool(desk.search.find("订单")), "订单 did not find 訂單")
        _need(not desk.upkeep.check(), "the audit found something")
        desk.upkeep.backup(folder / "backup.db")
    finally:
        desk.close()
    return "made, filled, searched in both Chinese scripts, audited, backed up"


def _resources(folder: Path) -> str:
    root = paths.resource("sample").parent
    files = [file for file in root.rglob("*") if file.is_file()]
    for file in files:
        _need(bool(file.read_bytes() or file.name == ".gitkeep"), f"{file.name} is empty")
    return f"{len(files)} files read"


def _keyring(folder: Path) -> str:
    from deskapp.secrets import Keyring, SecretFile, open_secrets

    secrets = open_secrets()
    entry = "self-test@deskapp.invalid"
    secrets.set(entry, "imap", "words")
    try:
        _need(secrets.get(entry, "imap") == "words", "what was stored did not come back")
    finally:
        secrets.forget(entry, "imap")
    if isinstance(secrets, Keyring):
        return "the system's keyring keeps passwords"
    if isinstance(secrets, SecretFile):
        return "the file in DESKAPP_SECRETS keeps passwords"
    return "there is no keyring here: passwords are asked at each start"


def _windows(folder: Path) -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from deskapp.app import demo  # Qt, and only for this step

    pictures = folder / "pictures"
    demo(pictures)
    drawn = list(pictures.glob("*.png"))
    _need(bool(drawn), "no window could be drawn")
    return f"{len(drawn)} pictures of windows on the sample desk"


_STEPS: dict[str, Callable[[Path], str]] = {
    "desk": _desk,
    "resources": _resources,
    "keyring": _keyring,
    "windows": _windows,
}
