"""The facts of a ticket as chips above its conversation: what stands first matters most."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import WAITS_FOR_US, TicketStatus
from deskapp.domain.presence import OnTicket
from deskapp.domain.tickets import TicketRow
from deskapp.ui import fact_words, presence_words, text, words
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.pieces.row_chips import TAG_TOKENS

from .fact_menus import PRESSING, waits
from .row_look import DUE_SOON

_MOST_TAGS = 4


def head_chips(row: TicketRow, now: datetime, people: Sequence[OnTicket] = ()) -> list[Chip]:
    """Colleagues on the ticket, status and who is waited for, snooze, trouble, priority, due date,
    team, tags."""
    chips = [*_people(people), _status(row), *_snooze(row, now)]
    if row.returned:
        chips.append(Chip(words.delivery_failed(), tone="bad"))
    if row.priority in PRESSING:
        said = _tr("{priority} priority").replace("{priority}", fact_words.priority(row.priority))
        chips.append(Chip(said, tone=PRESSING[row.priority], picture=f"priority-{row.priority}"))
    if row.due_at is not None and (said := fact_words.due(row, now)):
        tone = "warn" if row.due_at - now < DUE_SOON else "muted"
        due = Chip(said, tone="bad" if row.is_overdue(now) else tone, picture="clock")
        due.setToolTip(_tr("Due {time}").replace("{time}", fact_words.due_time(row.due_at)))
        chips.append(due)
    if row.team_name:
        chips.append(Chip(_tr("Team {name}").replace("{name}", row.team_name)))
    if row.follower_names:
        chips.append(_followers(row.follower_names))
    return chips + _tags(row)


def _status(row: TicketRow) -> Chip:
    ours = row.status in WAITS_FOR_US
    tone, ground = ("accent", "accent_soft") if ours else ("muted", "sunken")
    if row.status is TicketStatus.SPAM:
        tone = "bad"
    said = " · ".join(part for part in (fact_words.status_of(row), waits(row)) if part)
    chip = Chip(said, tone=tone, ground=ground)
    meaning = fact_words.status_meaning(row.status, row.label)
    if row.label:
        meaning += f"\n{fact_words.status(row.status)}"
    chip.setToolTip(plain_tip(meaning))
    return chip


def _people(people: Sequence[OnTicket]) -> list[Chip]:
    """A sentence for each thing they do; the tool tip has every name whole."""
    chips = []
    for said in presence_words.sentences(people):
        tone, ground = presence_words.TOKENS[said.doing]
        picture = presence_words.PICTURES[said.doing]
        brief = said.brief if len(said.names) > 1 else said.words
        chips.append(Chip(brief, tone=tone, ground=ground, picture=picture))
        every = said.names if len(said.names) > 2 else ()
        chips[-1].setToolTip(plain_tip("\n".join((said.words, *every))))
        chips[-1].setAccessibleName(said.words)
    return chips


def _snooze(row: TicketRow, now: datetime) -> list[Chip]:
    if row.is_back(now):
        return [Chip(_tr("Came back"), tone="accent", ground="accent_soft")]
    if not row.snooze:
        return []
    until = row.snooze.until
    said = _tr("Snoozed until a reply")
    if until is not None:
        said = _tr("Snoozed until {time}").replace("{time}", text.ahead(until, now))
    chip = Chip(said)
    chip.setToolTip(plain_tip(words.snooze_words(row.snooze)))
    return [chip]


def _followers(names: tuple[str, ...]) -> Chip:
    said = _tr("Followed by {name}").replace("{name}", names[0])
    if len(names) > 1:
        said = QCoreApplication.translate("HeadChips", "%n follower(s)", "", len(names))
    chip = Chip(said)
    chip.setToolTip(plain_tip(", ".join(names)))
    return chip


def _tags(row: TicketRow) -> list[Chip]:
    chips = []
    for tag, colour in row.coloured_tags()[:_MOST_TAGS]:
        chip = Chip(tag, mark=TAG_TOKENS.get(colour.value, ""))
        if colour:
            chip.setToolTip(plain_tip(f"{tag} ({fact_words.colour(colour)})"))
        chips.append(chip)
    if rest := row.tags[_MOST_TAGS:]:
        chips.append(Chip(f"+{len(rest)}"))
        chips[-1].setToolTip(plain_tip(", ".join(rest)))
    return chips


def _tr(said: str) -> str:
    return QCoreApplication.translate("HeadChips", said)
