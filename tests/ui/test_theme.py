"""The look's promise of contrast, computed, and that colours live in one file."""

import re
from pathlib import Path

import pytest

import deskapp.ui
from deskapp.ui.theme import DARK, LIGHT, Appearance, Colours, contrast, theme

PAIRS = {
    "text": ("window", "surface", "sunken", "accent_soft", "note", "ours", "side", "draft"),
    "muted": ("window", "surface", "sunken", "accent_soft", "note", "ours", "side", "draft"),
    "accent": ("window", "surface", "sunken", "accent_soft", "note", "ours", "side"),
    "side_edge": ("side",),
    "warn": ("window", "surface", "sunken", "accent_soft"),
    "bad": ("window", "surface", "sunken", "accent_soft", "ours"),
    "good": ("window", "surface", "sunken", "accent_soft"),
    "on_accent": ("accent", "accent_strong"),
    "draft_edge": ("draft", "surface"),
    "ink": ("paper",),
    "ink_muted": ("paper",),
    "ink_link": ("paper",),
}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", PAIRS)
def test_text_can_be_read_on_every_ground_it_stands_on(colours: Colours, text: str) -> None:
    for ground in PAIRS[text]:
        ratio = contrast(getattr(colours, text), getattr(colours, ground))
        assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_choice_of_appearance_repaints_and_can_be_taken_back(qapp: object, qtbot: object) -> None:
    look = theme()
    seen: list[bool] = []
    look.changed.connect(lambda: seen.append(look.colours.dark))
    look.choose(Appearance.DARK)
    look.choose(Appearance.LIGHT)
    assert seen == [True, False]
    assert look is theme()


def test_no_colour_is_spelt_outside_the_theme() -> None:
    room = Path(deskapp.ui.__file__).parent
    spelt = re.compile(
        r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?=[\"';])|Qt\.GlobalColor\.(?!transparent)"
    )
    guilty = [
        f"{file.relative_to(room)}: {line.strip()}"
        for file in room.rglob("*.py")
        if file.name != "theme.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if spelt.search(line)
    ]
    assert not guilty
