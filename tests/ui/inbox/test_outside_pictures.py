"""Pictures that a mail has elsewhere: nothing is fetched until a person wants it."""

from pytestqt.qtbot import QtBot

from deskapp.domain.mail import FetchedPictures
from deskapp.mail.parse import read_page
from deskapp.ui.inbox.picture_bar import PictureBar
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.inbox.mail_cards import REMOTE, SENDER, Web, button, card_of, letter, web, words_of
from tests.ui.sample_desk import SampleDesk

__all__ = ["web"]


def test_nothing_is_fetched_until_a_person_wants_it(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    bar = card.findChild(PictureBar)
    assert "2 pictures were not loaded" in words_of(bar)
    assert web.asked == [] and "<img" not in card.body.toHtml()
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    assert web.asked == ["https://cdn.example/a.png", "https://cdn.example/b"]
    assert "cdn.example" not in card.body.toHtml()
    assert card.body.toHtml().count("<img") == 2


def test_a_sender_is_allowed_for_good_and_asked_again_when_it_is_taken_back(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    first_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    first = first_card.findChild(PictureBar)
    with qtbot.waitSignal(first.loaded):
        button(first, "Always for this sender").click()
    assert desk.pictures.allowed == {SENDER.key}
    second_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    second = second_card.findChild(PictureBar)
    qtbot.waitUntil(lambda: button(second, "Not always for this sender").isVisible())
    qtbot.waitUntil(lambda: len(web.asked) == 4)
    button(second, "Not always for this sender").click()
    qtbot.waitUntil(lambda: desk.pictures.allowed == set())


def test_pictures_that_do_not_come_are_accounted_for_in_words(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    page = read_page(letter(REMOTE))
    names = list(page.pictures)
    web.answer = FetchedPictures({names[0]: b"<svg/>"}, {names[1]: "private"})
    bar_card = card_of(letter(REMOTE), desk, work, shell, qtbot)
    bar = bar_card.findChild(PictureBar)
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    said = words_of(bar)
    assert "private network" in said and "no picture" in said


def test_a_counting_pixel_is_never_fetched(
    web: Web, desk: SampleDesk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    raw = letter("<p>Hi</p><img src='https://t.example/open?id=7' width=1 height=1>")
    bar_card = card_of(raw, desk, work, shell, qtbot)
    bar = bar_card.findChild(PictureBar)
    with qtbot.waitSignal(bar.loaded):
        button(bar, "Show images").click()
    assert web.asked == [] and "count who reads" in words_of(bar)
