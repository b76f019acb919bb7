"""Icons are our own drawings in the theme's colours."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from pytestqt.qtbot import QtBot

from deskapp.paths import resource
from deskapp.ui.icons import icon, pixmap
from deskapp.ui.theme import theme

DRAWN = sorted(file.stem for file in Path(resource("icons")).glob("*.svg"))


def _strongest(image: QImage) -> tuple[str, float]:
    """The colour and opacity of the pixel that shows most."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    found = max(pixels, key=lambda pixel: pixel.alphaF())
    return found.name(), found.alphaF()


@pytest.mark.parametrize("name", DRAWN)
def test_every_drawing_shows_in_the_colour_asked_for(name: str, qtbot: QtBot) -> None:
    colour, opacity = _strongest(pixmap(name, 32, "accent").toImage())
    assert colour == theme().colours.accent.lower()
    assert opacity > 0.9


def test_an_icon_that_cannot_be_used_is_pale(qtbot: QtBot) -> None:
    pale = icon("new").pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert 0.3 < _strongest(pale.toImage())[1] < 0.5


def test_the_checked_state_has_its_own_colour(qtbot: QtBot) -> None:
    chosen = icon("inbox", "muted", "accent").pixmap(
        QSize(32, 32), QIcon.Mode.Normal, QIcon.State.On
    )
    assert _strongest(chosen.toImage())[0] == theme().colours.accent.lower()


def test_on_a_screen_of_double_density_an_icon_has_double_the_pixels(qtbot: QtBot) -> None:
    drawn = icon("search").pixmap(QSize(16, 16), 2.0)
    assert (drawn.width(), drawn.deviceIndependentSize().width()) == (32, 16)


def test_a_meaning_without_a_drawing_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError, match="icons/spaceship"):
        icon("spaceship")
