"""Fills a desk with the sample shop: mail through the ledger and the real intake, then the rest.

A face like ``app.py``: it joins rooms, so that what the demo shows went the way real mail goes.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from .data.queries import folders, ledger
from .data.queries.blobs import pack
from .data.queries.desk_info import desk_secret
from .data.queries.filing_facts import FactsAsked, facts_for
from .desk import Desk
from .domain.ids import AgentId, CustomerId, MailboxId, TicketId
from .domain.kinds import ContactKind, Security
from .domain.mailboxes import MailboxSettings, Server
from .domain.people import CustomerEdit
from .domain.problem import Problem, ProblemKind
from .domain.replies import CannedReply
from .domain.tickets import TicketEdit
from .sample import Sample, SampleMail, build_sample

_EPOCH = 1_700_000_000  # the UIDVALIDITY of folders that no server has
_BATCH = 200


def fill_sample_desk(desk: Desk, now: datetime | None = None) -> Sample:
    """Puts the whole sample into an empty desk; afterwards the first agent acts."""
    with desk.database.reading() as connection:
        secret = desk_secret(connection)
    sample = build_sample(now or datetime.now(UTC), secret=secret)
    agents = _agents(desk, sample)
    _orders(desk, sample)
    _mail(desk, sample)
    _settings(desk, sample, agents)
    _customers(desk, sample)
    _canned(desk, sample)
    desk.agent = next(iter(agents.values()))
    return sample


def _agents(desk: Desk, sample: Sample) -> dict[str, AgentId]:
    made = {}
    for one in sample.shop.agents:
        made[one.name] = desk.agents.add(one.name, one.address)
        signature = one.signatures.get("en") or next(iter(one.signatures.values()), "")
        desk.agents.edit(made[one.name], signature=signature)
    return made


def _orders(desk: Desk, sample: Sample) -> None:
    for source in sample.sources:
        desk.orders.save(source.name, "files", "sample", source.orders)


def _mail(desk: Desk, sample: Sample) -> None:
    nowhere = Server("127.0.0.1", 1, Security.NONE, "sample")
    by_folder: dict[tuple[str, str], list[SampleMail]] = defaultdict(list)
    for mail in sample.mails:
        by_folder[mail.mailbox, mail.folder].append(mail)
    for address in sample.shop.mailboxes:
        box = desk.mailboxes.add(MailboxSettings(address, sample.shop.name, nowhere, nowhere))
        for name, role in (("INBOX", "inbox"), ("Sent", "sent")):
            _deliver(desk, box, name, role, by_folder[address, name])
    while unfiled := desk.intake.next_unfiled(_BATCH):
        desk.intake.file([desk.intake.read(one) for one in unfiled])


def _deliver(desk: Desk, box: MailboxId, name: str, role: str, mails: list[SampleMail]) -> None:
    """Stores the mails as a pull would have, and the ledger with them."""
    now = datetime.now(UTC)
    with desk.database.writing() as unit:
        place = folders.ensure_folder(unit.connection, box, name, role)
        ledger.begin_epoch(unit, place, _EPOCH)
        fetched = [
            ledger.FetchedMail(uid, pack(mail.raw), mail.arrived_at)
            for uid, mail in enumerate(mails, 1)
        ]
        ledger.store_batch(unit, place, _EPOCH, fetched, now)
        folders.note_check(unit, place, exists=len(mails), at=now)
        folders.note_state(unit, box, "ok", "", now, success=True)


def _settings(desk: Desk, sample: Sample, agents: dict[str, AgentId]) -> None:
    found = _tickets_of(desk, [one.message_id.strip("<>") for one in sample.tickets_plan])
    for setting in sample.tickets_plan:
        ticket = found.get(setting.message_id.strip("<>"))
        if ticket is None:
            continue
        desk.agent = agents.get(setting.note_by or setting.assignee or "")
        assignee = agents.get(setting.assignee or "")
        edit = TicketEdit(status=setting.status, assignee_id=assignee, add_tags=setting.tags)
        desk.tickets.edit(ticket, edit)
        if setting.note:
            desk.tickets.note(ticket, setting.note)


def _tickets_of(desk: Desk, message_ids: Sequence[str]) -> dict[str, TicketId]:
    found: dict[str, TicketId] = {}
    with desk.database.reading() as connection:
        facts = facts_for(connection, FactsAsked(ids=set(message_ids)))
    for message_id, messages in facts.by_message_id.items():
        found[message_id] = messages[0].ticket
    return found


def _customers(desk: Desk, sample: Sample) -> None:
    for one in sample.customers:
        number = desk.customers.by_address(one.address)
        if number is None:
            number = desk.customers.create(one.name, one.address)
        desk.customers.edit(
            number, CustomerEdit(language=one.language or None, must_know=one.must_know or None)
        )
        if one.phone:
            _add_phone(desk, number, one.phone)


def _add_phone(desk: Desk, customer: CustomerId, phone: str) -> None:
    try:
        desk.customers.add_contact(customer, ContactKind.PHONE, phone)
    except Problem as problem:
        if problem.kind is not ProblemKind.DUPLICATE:
            raise


def _canned(desk: Desk, sample: Sample) -> None:
    for one in sample.canned:
        texts = tuple(one.texts.items())
        desk.canned.save(CannedReply(None, one.name, one.folder, texts, 1))
