"""What servers did to mail programs, each as one scripted lie with what it may cost."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import Answer, Cut, ScriptedImap, Send

MAILS = {uid: b"Subject: %d\r\n\r\nmail %d\r\n" % (uid, uid) for uid in (3, 5, 8, 13)}
NEWER = {21: b"Subject: 21\r\n\r\nnewer"}
RENUMBERED = {uid + 1: MAILS[uid] for uid in MAILS}
"""The same mails after a change of UIDVALIDITY from 7 to 8: 9 now has what 8 had."""
LARGE = b"Subject: 8\r\n\r\n" + b"".join(b"%07d\r\n" % line for line in range(150_000))
EPOCHS = {0: MAILS, 7: {**MAILS, **NEWER}, 8: {**RENUMBERED, **NEWER}}
ALL = frozenset(MAILS)

Reply = Callable[[ScriptedImap, int], bytes]


@dataclass(frozen=True)
class Lie:
    """``tell`` makes the server lie until it is made honest again.

    Meanwhile the mails ``behind`` may stay behind, and no other. ``kind`` is the trouble a person
    is told of, with the words ``says`` among the server's own; None where all is well.
    """

    what: str
    tell: Callable[[ScriptedImap], None]
    behind: Collection[int] = frozenset()
    kind: ProblemKind | None = None
    says: str = ""


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def answering(*answers: Answer) -> Callable[[ScriptedImap], None]:
    """Keeps giving these answers."""

    def tell(server: ScriptedImap) -> None:
        server.answers = list(answers)

    return tell


def attribute(**values: object) -> Callable[[ScriptedImap], None]:
    """Sets the server up in another way."""

    def tell(server: ScriptedImap) -> None:
        for name, value in values.items():
            setattr(server, name, value)

    return tell


def to(start: str, reply: bytes, *, cut: bool = False, end: str = "OK done") -> Answer:
    """Answers each command that begins with ``start`` by ``reply``; ``end`` is its tagged line,
    none where it is empty. ``{tag}`` in the reply is the command's tag.
    """

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.upper().startswith(start):
            return False
        send(reply.replace(b"{tag}", tag.encode()))
        if cut:
            raise Cut
        if end:
            send(f"{tag} {end}\r\n".encode())
        return True

    return answer


def once(answer: Answer) -> Answer:
    """Lies the first time and is honest afterwards."""
    told: list[str] = []

    def first(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if told:
            return False
        told.append(command)
        if answer(server, tag, command, send):
            return True
        told.clear()
        return False

    return first


def bodies(command: str) -> bool:
    return command.startswith("UID FETCH") and "BODY" in command


def mail(reply: Reply, uid: int = 8, *, then: str = "") -> Callable[[ScriptedImap], None]:
    """Answers the fetch of bodies as usual, but for one mail with ``reply``.

    ``then`` is "cut" to hang up after it, "stall" to fall silent, else the tagged line to end it.
    """

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not bodies(command):
            return False
        asked = sorted(server._asked(command.upper()))
        for one in asked:
            send(reply(server, one) if one == uid else server.fetched(one))
            if one == uid and then == "cut":
                raise Cut
            if one == uid and then == "stall":
                return True
        refused = uid in asked and then
        send(f"{tag} {then if refused else 'OK done'}\r\n".encode())
        return True

    return answering(answer)


def sizes(reply: Reply, uid: int = 8) -> Callable[[ScriptedImap], None]:
    """Answers the question for sizes with ``reply`` for one mail."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("UID FETCH") or "RFC822.SIZE" not in command:
            return False
        for one in sorted(server._asked(command.upper())):
            honest = b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (one, len(server.mails[one]))
            send(reply(server, one) if one == uid else honest)
        send(f"{tag} OK done\r\n".encode())
        return True

    return answering(answer)
