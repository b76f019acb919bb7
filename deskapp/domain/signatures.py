"""Which signature stands below a reply: the one made most closely for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .ids import AgentId, MailboxId
from .language_choice import same_language


@dataclass(frozen=True, slots=True)
class Signature:
    """``agent`` None: the mailbox's own. ``mailbox`` None: from any. ``language`` "": in any."""

    agent: AgentId | None
    mailbox: MailboxId | None
    language: str
    text: str


def choose_signature(
    known: Sequence[Signature], agent: AgentId | None, mailbox: MailboxId, language: str
) -> Signature | None:
    """The agent's before the mailbox's, then one in the language, then one of the mailbox.

    An empty text counts as none.
    """
    fitting = [one for one in known if _fits(one, agent, mailbox, language)]
    return max(fitting, key=_closeness, default=None)


def _fits(one: Signature, agent: AgentId | None, mailbox: MailboxId, language: str) -> bool:
    return (
        bool(one.text.strip())
        and one.agent in (None, agent)
        and one.mailbox in (None, mailbox)
        and (not one.language or same_language(one.language, language))
    )


def _closeness(one: Signature) -> tuple[bool, bool, bool]:
    return one.agent is not None, bool(one.language), one.mailbox is not None


def without_gaps(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """A filled-in signature without the lines in which a value is missing: nobody is asked for
    them, and none may leave. ``marks`` are their places."""
    kept, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if not any(first <= end and last > start for first, last in marks):
            kept.append(line)
        start = end + 1
    return "\n".join(kept).strip("\n")
