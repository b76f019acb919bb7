"""The live test of a mailbox in words: what each step tries, what came of it, what helps."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.mailboxes import MailboxSettings, StepResult
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.translatable import N

STEPS = ("name", "tls", "sign_in", "folders", "smtp")

_TRIED = {
    "name": N("SetupSteps", "Find the server"),
    "tls": N("SetupSteps", "Protect the connection"),
    "sign_in": N("SetupSteps", "Sign in"),
    "folders": N("SetupSteps", "Look at the folders"),
    "smtp": N("SetupSteps", "Sign in for sending"),
}
_DONE = {
    "name": N("SetupSteps", "Server found"),
    "tls": N("SetupSteps", "Connection is protected"),
    "sign_in": N("SetupSteps", "Signed in"),
    "folders": N("SetupSteps", "Folders can be read"),
    "smtp": N("SetupSteps", "Ready to send"),
}
_UNPROTECTED = N("SetupSteps", "Connected without protection, to this computer itself")
_PASSWORD = {
    "app_password": N(
        "SetupSteps",
        "This provider wants an app password: make one in its web pages under security, "
        "with two-step sign-in on, and check that IMAP is allowed there.",
    ),
    "authorisation_code": N(
        "SetupSteps",
        "This provider wants an authorisation code (授权码): switch IMAP on in its web pages, "
        "it then shows the code. Your usual password is refused.",
    ),
    "mailbox_password": N(
        "SetupSteps",
        "Use the password of the mailbox itself. Where two-step sign-in is on, an app password "
        "is needed instead.",
    ),
}
_NO_NAME = N("SetupSteps", "No server of the name {host} was found. Check how it is spelt.")
_SKIPPED = N("SetupSteps", "not tried")


def _tr(text: str) -> str:
    return QCoreApplication.translate("SetupSteps", text)


def tried(step: str) -> str:
    """What a step is about to try."""
    return _tr(_TRIED.get(step, step))


def not_tried() -> str:
    """For a step that stands on one that failed."""
    return _tr(_SKIPPED)


def password_help(hint: str) -> str:
    """Which password to type, for a key of ``Outside.password_hint``."""
    return _tr(_PASSWORD.get(hint, _PASSWORD["mailbox_password"]))


def done(result: StepResult) -> str:
    """A step that went well; for folders with their names and counts."""
    if result.step == "tls" and not result.said:
        return _tr(_UNPROTECTED)
    said = _tr(_DONE.get(result.step, result.step))
    return f"{said}: {result.said}" if result.step == "folders" and result.said else said


def failed(result: StepResult, settings: MailboxSettings, hint: str) -> str:
    """What went wrong at a step and what helps, in sentences."""
    server = settings.smtp if result.step == "smtp" else settings.imap
    kind = ProblemKind(result.kind) if result.kind in list(ProblemKind) else None
    if kind is None:
        return result.said or tried(result.step)
    if result.step == "name":
        return _tr(_NO_NAME).replace("{host}", server.host)
    told = explain(Problem(kind, host=server.host, said=result.said, address=settings.address))
    if kind is ProblemKind.SIGN_IN_REFUSED:
        return f"{told.happened}\n{password_help(hint)}"
    if kind is ProblemKind.OFFLINE:
        return told.happened
    return f"{told.happened}\n{told.todo}"
