"""Whom a note calls."""

import pytest

from deskapp.domain.ids import AgentId
from deskapp.domain.mentions import begun_mention, mentioned

LAN, LAN_ANH, FANG, ANNA, TRAN = map(AgentId, (1, 2, 3, 4, 5))
STAFF = [
    (LAN, "Lan Nguyễn"),
    (LAN_ANH, "Lan Anh Phạm"),
    (FANG, "王芳"),
    (ANNA, "Анна Петрова"),
    (TRAN, "Trần Đức"),
]


@pytest.mark.parametrize(
    ("note", "called"),
    [
        ("@Lan Nguyễn please call back", (LAN,)),
        ("@Lan Anh Phạm, and then @Lan Nguyễn.", (LAN_ANH, LAN)),
        ("ask @đức", (TRAN,)),
        ("请@王芳看一下", (FANG,)),
        ("请＠王芳，谢谢", (FANG,)),
        ("@анна, посмотри", (ANNA,)),
        ("@Анна Петрова и @Анна", (ANNA,)),
        ("@Lan", ()),  # two people have that name
        ("@Duc", ()),  # marks count: a different name
        ("write to me@Đức.example", ()),
        ("the shop @đức.example", ()),
        ("@Nguyễnvan", ()),
        ("no call at all", ()),
        ("@", ()),
    ],
)
def test_a_note_calls_those_whose_name_stands_behind_an_at_sign(
    note: str, called: tuple[AgentId, ...]
) -> None:
    assert mentioned(note, STAFF) == called


@pytest.mark.parametrize(
    ("before", "begun"),
    [
        ("please @La", "La"),
        ("please @", ""),
        ("请＠王", "王"),
        ("a@b.example", None),
        ("no call", None),
        ("@Lan\nnext line", None),
    ],
)
def test_a_name_being_typed_is_told_from_what_stands_before_the_caret(
    before: str, begun: str | None
) -> None:
    assert begun_mention(before) == begun
