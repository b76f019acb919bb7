"""How well typed letters fit a name."""

import pytest

from deskapp.domain.fuzzy import fuzzy_score


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("clo", "close ticket"),
        ("tick", "close ticket"),
        ("lose", "close ticket"),
        ("gti", "go to inbox"),
        ("inbox go", "go to inbox"),
        ("", "anything"),
    ],
)
def test_what_fits(typed: str, name: str) -> None:
    assert fuzzy_score(typed, name) > 0


@pytest.mark.parametrize(("typed", "name"), [("xyz", "close ticket"), ("kcit", "close ticket")])
def test_what_does_not_fit(typed: str, name: str) -> None:
    assert fuzzy_score(typed, name) == 0


def test_whole_names_come_before_starts_before_words_before_insides_before_scattered_letters() -> (
    None
):
    names = ["note", "notes of all", "write a note", "keynotes here", "new open ticket edit"]
    scores = [fuzzy_score("note", name) for name in names]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(names)


def test_the_shorter_of_equals_wins() -> None:
    assert fuzzy_score("re", "reply") > fuzzy_score("re", "reply to everybody here")
