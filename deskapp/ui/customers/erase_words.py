"""What erasing a customer means, in sentences."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from deskapp.domain.erasing import EraseCounts, EraseMode, ErasePreview, EraseProof
from deskapp.ui import text


def counted(owner: QWidget, counts: EraseCounts) -> str:
    """Everything that there is of somebody, in one line."""
    named = (
        (counts.records, owner.tr("%n record(s)", "", counts.records)),
        (counts.contacts, owner.tr("%n contact(s)", "", counts.contacts)),
        (counts.tickets, owner.tr("%n ticket(s)", "", counts.tickets)),
        (counts.messages, owner.tr("%n message(s)", "", counts.messages)),
        (counts.attachments, owner.tr("%n file(s)", "", counts.attachments)),
        (counts.orders, owner.tr("%n order(s)", "", counts.orders)),
        (counts.notes, owner.tr("%n note(s)", "", counts.notes)),
        (counts.drafts, owner.tr("%n draft(s)", "", counts.drafts)),
    )
    return ", ".join(words for count, words in named if count)


def obstacles(owner: QWidget, preview: ErasePreview) -> list[str]:
    """What must be settled first; without any it can be done."""
    said = []
    if preview.hold:
        held = owner.tr("A legal hold forbids it: {reason}")
        said.append(held.replace("{reason}", preview.hold))
    if preview.waiting:
        said.append(
            owner.tr(
                "%n reply(s) wait to be sent: cancel them, or let them leave.", "", preview.waiting
            )
        )
    if preview.uncertain:
        said.append(
            owner.tr(
                "%n reply(s) may have been sent: settle that in the outbox.", "", preview.uncertain
            )
        )
    if preview.acts:
        said.append(
            owner.tr("%n act(s) are under way in a shop: wait until they end.", "", preview.acts)
        )
    return said


def remarks(owner: QWidget, preview: ErasePreview) -> list[str]:
    """What somebody should know who decides."""
    said = []
    if preview.open_tickets:
        still = owner.tr("Still open: {tickets}. Whoever works on them loses them.")
        said.append(still.replace("{tickets}", _numbers(preview.open_tickets)))
    if preview.of_others:
        said.append(
            owner.tr("%n message(s) of other people stand on their tickets.", "", preview.of_others)
        )
    if preview.counts.elsewhere:
        count = preview.counts.elsewhere
        said.append(
            owner.tr("%n message(s) of theirs on tickets of others lose their words.", "", count)
        )
    if preview.quoted_on:
        quoted = owner.tr("Words of other people on {tickets} name them; those stay.")
        said.append(quoted.replace("{tickets}", _numbers(preview.quoted_on)))
    said.append(
        owner.tr(
            "Not reached: the mail server, the own log of a PostgreSQL server, and backups made "
            "before now. Delete those, or let them age out within 35 days. Restoring one over "
            "this desk erases the person again; elsewhere it brings them back."
        )
    )
    return said


def proof_text(owner: QWidget, proof: EraseProof) -> str:
    """The proof sheet as a page of text."""
    done = {
        EraseMode.ERASE: owner.tr("Erased"),
        EraseMode.ANONYMISE: owner.tr("Anonymised; tickets and orders stay without the person"),
    }[proof.mode]
    wiped = owner.tr("The free space of the database is wiped.")
    if proof.cleaned_at is None:
        wiped = owner.tr("The free space of the database is not wiped yet: others are working.")
    lines = [
        owner.tr("Proof sheet {number}").replace("{number}", str(proof.id)),
        f"{text.full(proof.at)} · {proof.agent_name}".rstrip(" ·"),
        done,
        counted(owner, proof.counts),
        wiped,
        "",
        owner.tr("Identifiers, as hashes under the secret of this desk:"),
        *proof.identifiers,
    ]
    return "\n".join(lines)


def bulleted(lines: Iterable[str]) -> str:
    return "\n".join(f"•  {line}" for line in lines)


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"#{one}" for one in numbers[:8])
    return f"{shown} …" if len(numbers) > 8 else shown
