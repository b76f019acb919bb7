"""Tries a mailbox's settings for real, step by step, before anybody relies on them."""

import socket
from collections.abc import Iterator

from imapclient import IMAPClient

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server, StepResult
from deskapp.domain.problem import Problem, ProblemKind

from .connection import ImapConnection
from .imap_open import connect, drop, sign_in
from .lines import said
from .smtp_line import SmtpLine
from .watched import check_views, watched_folders

TEST_SECONDS = 20.0


def test_mailbox(
    settings: MailboxSettings, imap_password: str, smtp_password: str
) -> Iterator[StepResult]:
    """Yields each step as it ends: name, tls, sign_in, folders, smtp.

    After a failed step those that stand on it are not tried; smtp always is. Nothing is sent.
    """
    yield from _imap_steps(settings, imap_password)
    yield _smtp_step(settings.smtp, smtp_password)


def _imap_steps(settings: MailboxSettings, password: str) -> Iterator[StepResult]:
    server = settings.imap
    try:
        _resolve(server)
    except Problem as problem:
        yield _failed("name", problem)
        return
    yield StepResult("name", True)
    try:
        client = connect(server, answer_seconds=TEST_SECONDS)
    except Problem as problem:
        yield _failed("tls", problem)
        return
    try:
        protected = "" if server.security is Security.NONE else server.security.value
        yield StepResult("tls", True, said=protected)
        step = "sign_in"
        try:
            sign_in(client, server, password)
            yield StepResult("sign_in", True)
            step = "folders"
            yield StepResult("folders", True, said=_folders(client, settings))
        except Problem as problem:
            yield _failed(step, problem)
    finally:
        drop(client)


def _folders(client: IMAPClient, settings: MailboxSettings) -> str:
    connection = ImapConnection(client, settings.imap)
    names = []
    listed = connection.folders()
    wrong = check_views(listed, settings.folders)
    if wrong is not None:
        raise wrong
    for folder in watched_folders(listed, settings.folders):
        opened = connection.select(folder.name)
        names.append(f"{folder.name} ({opened.exists})")
    return ", ".join(names)


def _smtp_step(server: Server, password: str) -> StepResult:
    try:
        SmtpLine.open(server, password, answer_seconds=TEST_SECONDS).close()
    except Problem as problem:
        return _failed("smtp", problem)
    return StepResult("smtp", True)


def _resolve(server: Server) -> None:
    try:
        socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Problem(ProblemKind.OFFLINE, host=server.host, said=said(error)) from error


def _failed(step: str, problem: Problem) -> StepResult:
    return StepResult(step, False, problem.kind.value, str(problem.details.get("said") or ""))
