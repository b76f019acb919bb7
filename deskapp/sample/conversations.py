"""Turns a scene into the mails of a thread: bytes, headers that join, quotes that grow."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random

from deskapp.domain.message_ids import make_message_id
from deskapp.sample import attachments, mime
from deskapp.sample.cast import Scene
from deskapp.sample.clients import (
    CLIENTS,
    Client,
    Envelope,
    body_part,
    header_lines,
    received_line,
)
from deskapp.sample.quoting import Tail, Written, quote
from deskapp.sample.rows import SampleMail, SampleShop
from deskapp.sample.texts import LANGUAGES, Person, Turn

OURS = "lotus-outdoor.example"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scene plays: the shop, the mailbox written to, and the source of chance.

    ``secret`` is the desk's, to sign our Message-IDs with; empty: they are merely unique.
    """

    shop: SampleShop
    mailbox: str
    random: Random
    secret: bytes = b""

    def token(self, digits: int = 18) -> str:
        return f"{self.random.getrandbits(4 * digits):0{digits}x}"

    def own_message_id(self) -> str:
        token = self.token(24)
        if self.secret:
            return f"<{make_message_id(self.secret, OURS, token)}>"
        return f"<{token}@{OURS}>"


@dataclass(frozen=True, slots=True)
class Thread:
    """The mails of one scene and their ids, in order."""

    mails: tuple[SampleMail, ...]
    ids: tuple[str, ...]
    subject: str


def play_out(scene: Scene, words: dict[str, str], place: Place) -> Thread:
    """All mails of a scene. ``words`` fill the braces of its talk."""
    subject = scene.talk.subject.format_map(words)
    mails: list[SampleMail] = []
    ids: list[str] = []
    last: Written | None = None
    for turn, at in zip(scene.turns, scene.times, strict=True):
        text = turn.text.format_map(words)
        if turn.by == "agent":
            raw, written = _answer(scene, subject, text, at, last, ids, place)
            mails.append(SampleMail(raw, "Sent", place.mailbox, at))
        else:
            raw, written = _question(scene, turn, subject, text, at, last, ids, place)
            mails.extend(
                SampleMail(raw, "INBOX", mailbox, at + timedelta(seconds=7))
                for mailbox in _reached(scene, place, first=not ids)
            )
        ids.append(written.message_id)
        last = written.shown
    return Thread(tuple(mails), tuple(ids), subject)


def _reached(scene: Scene, place: Place, first: bool) -> tuple[str, ...]:
    if scene.talk.both_mailboxes and first:
        return place.shop.mailboxes
    return (place.mailbox,)


@dataclass(frozen=True, slots=True)
class _Sent:
    message_id: str
    shown: Written


def _question(
    scene: Scene,
    turn: Turn,
    subject: str,
    text: str,
    at: datetime,
    last: Written | None,
    ids: list[str],
    place: Place,
) -> tuple[bytes, _Sent]:
    """A mail from the customer (or a colleague of theirs) to the mailbox."""
    person = scene.person
    name, mail = _writer(scene, turn)
    client = CLIENTS[person.client]
    charset = scene.talk.charset or client.charsets.get(person.language, "utf-8")
    domain = mail.partition("@")[2]
    message_id = f"<{client.id_form.format(token=place.token(), domain=domain)}>"
    tail = _tail(client, person, last, place) if last else Tail()
    own_subject = _reply_subject(client, person.language, subject) if ids else subject
    to = [(place.shop.name, place.mailbox)]
    if scene.talk.both_mailboxes and not ids:
        to = [("", mailbox) for mailbox in place.shop.mailboxes]
    copied = _copied(scene, turn) if ids or turn.by == "colleague" else ()
    zone = timezone(timedelta(hours=person.zone))
    envelope = Envelope(
        message_id, (name, mail), tuple(to), own_subject, at.astimezone(zone), tuple(ids), copied
    )
    boundary = f"----=_{place.token(12)}"
    part = body_part(client, person.language, text, tail, charset, boundary)
    if not ids:
        part = attachments.with_files(scene.talk, part, client, charset, place.random, boundary)
    trace = received_line(domain, at + timedelta(seconds=5), place.random)
    lines = [trace, *header_lines(envelope, charset, client.headers)]
    shown = Written(name, mail, place.mailbox, own_subject, text, tail, at)
    return mime.message(lines, part), _Sent(message_id, shown)


def _writer(scene: Scene, turn: Turn) -> tuple[str, str]:
    if turn.by == "colleague":
        name, _, mail = scene.talk.colleague.partition("|")
        return name.strip(), mail.strip()
    return scene.person.name, scene.person.address


def _copied(scene: Scene, turn: Turn) -> tuple[tuple[str, str], ...]:
    """Who else is in Cc: the colleague on the customer's mails, the customer on theirs."""
    if not scene.talk.colleague:
        return ()
    if turn.by == "colleague":
        return ((scene.person.name, scene.person.address),)
    name, _, mail = scene.talk.colleague.partition("|")
    return ((name.strip(), mail.strip()),)


def _tail(client: Client, person: Person, last: Written, place: Place) -> Tail:
    zone = timezone(timedelta(hours=person.zone))
    local = Written(
        last.name,
        last.mail,
        last.to,
        last.subject,
        last.text,
        last.tail,
        last.when.astimezone(zone),
    )
    return quote(client.quotes, person.language, local)


def _reply_subject(client: Client, language: str, subject: str) -> str:
    prefix = client.replies.get(language, "Re: ")
    return subject if subject.startswith(prefix) else prefix + subject


def _answer(
    scene: Scene,
    subject: str,
    text: str,
    at: datetime,
    last: Written | None,
    ids: list[str],
    place: Place,
) -> tuple[bytes, _Sent]:
    """Our mail to the customer, as the Sent folder keeps it: plain text, signed, with a quote."""
    person = scene.person
    signed = f"{text}\n\n{_signature(scene, place.shop)}"
    tail = quote("gmail", person.language, last) if last else Tail()
    message_id = place.own_message_id()
    envelope = Envelope(
        message_id,
        (place.shop.name, place.mailbox),
        ((person.name, person.address),),
        _reply_subject(CLIENTS["gmail"], person.language, subject) if ids else subject,
        at,
        tuple(ids),
        _copied(scene, Turn("agent", "")),
    )
    body = f"{signed}\n\n{tail.text}\n" if tail.text else f"{signed}\n"
    transfer: mime.Transfer = "quoted-printable" if person.language in ("en", "vi") else "base64"
    part = mime.text_part(body, "plain", "utf-8", transfer)
    raw = mime.message(header_lines(envelope, "utf-8", ("User-Agent: deskapp",)), part)
    to = f"{person.name} <{person.address}>"
    shown = Written(place.shop.name, place.mailbox, to, envelope.subject, signed, tail, at)
    return raw, _Sent(message_id, shown)


def _signature(scene: Scene, shop: SampleShop) -> str:
    agent = next(agent for agent in shop.agents if agent.name == scene.agent)
    language = scene.person.language if scene.person.language in LANGUAGES else "en"
    return agent.signatures.get(language) or agent.signatures["en"]
