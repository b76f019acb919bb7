"""Anna writes a reply in her window; another program of the same desk acts on its ticket."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from deskapp.ui.compose.send_button import USUAL, SendChoice
from tests.cli.program import Program
from tests.ui.compose.counter import CHAU, Counter

OURS = "We sent a second parcel this morning."


@dataclass(frozen=True)
class Overtaken:
    """``counter``: Anna's window. ``olga``: each command is a process of its own."""

    counter: Counter
    olga: Program

    @property
    def number(self) -> str:
        """The ticket that Anna answers."""
        return str(self.counter.desk.tickets.row(self.counter.ticket).number)

    @property
    def other(self) -> str:
        return str(self.counter.desk.tickets.row(self.counter.other).number)

    def run(self, *words: str) -> str:
        """What Olga's program prints."""
        return self.olga.run(*words, DESKAPP_AGENT="Olga").out

    def write(self) -> None:
        """A draft stands, typed key by key and kept."""
        self.counter.composer.set_undo_seconds(0)
        self.counter.type(OURS)
        self.counter.until(lambda: "saved" in self.counter.composer.at.state.text().casefold())

    def send(self, choice: SendChoice = USUAL) -> None:
        """Presses the button, and waits for the answer."""
        self.counter.composer.send(choice)
        self.counter.until(lambda: not self.counter.composer.page.held)

    def told(self) -> str:
        notice = self.counter.composer.at.notice
        return "" if notice.isHidden() else notice.words.text()

    def wait_told(self, *words: str) -> None:
        """Until the notice beside the draft says all of these."""
        self.counter.until(lambda: all(word in self.told() for word in words))
        assert self.counter.composer.at.editor.text() == OURS
        assert self.ours() == 0

    def ours(self) -> int:
        """Anna's replies that wait to leave."""
        return sum(row.agent_name == "Anna" for row in self.counter.desk.replies.outbox())

    def messages(self) -> list[str]:
        """The ids of the messages of Anna's ticket."""
        shown = json.loads(self.run("ticket", "show", self.number, "--json"))
        return [str(one["id"]) for one in shown["messages"]]


def customer_writes(at: Overtaken) -> tuple[str, ...]:
    at.counter.customer_writes_again()
    return CHAU.split(" <")[0], "Em cần trước ngày 25."


def note(at: Overtaken) -> tuple[str, ...]:
    at.run("ticket", "note", at.number, "--text", "Kho đã gửi bù hôm qua")
    return "Olga noted", "Kho đã gửi bù hôm qua"


def reply(at: Overtaken) -> tuple[str, ...]:
    at.olga.run(
        *("ticket", "reply", at.number, "--text-file", "-"),
        stdin="The parcel stands at the post office.",
        DESKAPP_AGENT="Olga",
    )
    return "Olga replied", "stands at the post office"


def status(at: Overtaken) -> tuple[str, ...]:
    at.run("ticket", "set", at.number, "--status", "closed")
    return ("Olga closed this ticket",)


def assigned(at: Overtaken) -> tuple[str, ...]:
    at.run("ticket", "set", at.number, "--assignee", "Olga")
    return ("Olga took this ticket",)


def merged_away(at: Overtaken) -> tuple[str, ...]:
    """Anna's ticket goes into the other one."""
    at.run("ticket", "merge", at.number, at.other)
    return f"Olga merged ticket {at.number}", "您好"


def merged_into(at: Overtaken) -> tuple[str, ...]:
    """The other one goes into Anna's."""
    at.run("ticket", "merge", at.other, at.number)
    return f"Olga merged ticket {at.other}", "您好"


def split(at: Overtaken) -> tuple[str, ...]:
    at.run("ticket", "note", at.number, "--text", "the second matter")
    at.run("ticket", "split", at.number, at.messages()[-1])
    return ("Olga split messages off",)


def moved(at: Overtaken) -> tuple[str, ...]:
    at.run("ticket", "note", at.number, "--text", "belongs to the other")
    at.run("ticket", "move", at.number, at.messages()[-1], "--to", at.other)
    return (f"Olga moved messages to ticket {at.other}",)


ACTS: dict[str, Callable[[Overtaken], tuple[str, ...]]] = {
    "customer writes": customer_writes,
    "note": note,
    "reply": reply,
    "status": status,
    "assigned": assigned,
    "merged away": merged_away,
    "merged into": merged_into,
    "split": split,
    "moved": moved,
}
"""What happens meanwhile; each gives the words that must stand beside the draft."""
