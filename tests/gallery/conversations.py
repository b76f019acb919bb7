"""Conversations of every kind, in the main window and in one of their own."""

from deskapp.domain.kinds import View

from .camera import SMALL, WIDE, Camera
from .stage import Stage

NAMES = (
    "short", "files", "encrypted", "blocked", "huge", "quote", "odd", "many", "talk", "merged",
    "failed", "bounce",
)  # fmt: skip


def play(stage: Stage, camera: Camera) -> None:
    """Each opened as from the list; then what stands above and below the messages."""
    page = stage.inbox
    page.show_view(View.ALL.value)
    camera.settle()
    for name in NAMES:
        page.open_ticket(stage.tickets[name])
        camera.settle()
        camera.window(f"ticket-{name}")
    _talk(stage, camera)
    _folds(stage, camera)
    _find(stage, camera)
    _own_window(stage, camera)


def _talk(stage: Stage, camera: Camera) -> None:
    page = stage.inbox
    page.open_ticket(stage.tickets["talk"])
    camera.settle()
    messages = page.conversation.messages
    for card, name in ((0, "note-and-call"), (3, "on-their-way")):
        messages._go_to(messages.cards[card])
        camera.window(f"ticket-{name}", [WIDE])
    page.conversation.composer.focus_note()
    camera.settle()
    camera.window("ticket-writing-note")


def _folds(stage: Stage, camera: Camera) -> None:
    page = stage.inbox
    page.open_ticket(stage.tickets["quote"])
    camera.settle()
    page.conversation.messages.cards[-1].text._toggle()
    camera.settle()
    camera.window("ticket-unfolded-quote", [WIDE])


def _find(stage: Stage, camera: Camera) -> None:
    page = stage.inbox
    for name, words in (("quote", "VN83920114"), ("many", "деньги"), ("short", "nothing here")):
        page.open_ticket(stage.tickets[name])
        camera.settle()
        page.conversation.find_bar.open()
        page.conversation.find_bar._line.setText(words)
        camera.settle()
        camera.window(f"find-{name}", [SMALL])
        page.conversation.find_bar.close_find()


def _own_window(stage: Stage, camera: Camera) -> None:
    for name in ("files", "talk"):
        window = stage.shell._own_windows.open_ticket(stage.tickets[name])
        camera.settle()
        camera.window(f"own-window-{name}", [(1040, 780)], window)
        window.close()
    camera.settle()
