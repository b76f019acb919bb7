"""Two people change one canned reply: nothing of either is lost unseen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.canned_merge import merged
from deskapp.domain.ids import AgentId, CannedId
from deskapp.domain.replies import CannedReply

BASE = CannedReply(CannedId(1), "Late", "Old", (("en", "late"), ("vi", "trễ")), 3)


def test_changes_in_different_places_are_both_kept() -> None:
    mine = replace(BASE, folder="New", texts=(("en", "very late"), ("vi", "trễ")))
    theirs = replace(BASE, version=4, name="Delay", texts=(("vi", "muộn"), ("ru", "поздно")))
    made = merged(BASE, mine, theirs)
    assert made.languages == ("en",)  # they took it out, here it was edited
    assert made.fields == ()
    assert (made.reply.name, made.reply.folder, made.reply.version) == ("Delay", "New", 4)
    assert dict(made.reply.texts) == {"en": "very late", "vi": "muộn", "ru": "поздно"}
    assert made.theirs_kept


@pytest.mark.parametrize(
    ("mine", "theirs", "fields", "languages"),
    [
        (replace(BASE, name="A"), replace(BASE, name="B"), ("name",), ()),
        (replace(BASE, name="A"), replace(BASE, name="A"), (), ()),
        (replace(BASE, owner=AgentId(1)), replace(BASE, owner=AgentId(2)), ("scope",), ()),
        (
            replace(BASE, texts=(("en", "x"), ("vi", "trễ"))),
            replace(BASE, texts=(("en", "y"), ("vi", "trễ"))),
            (),
            ("en",),
        ),
        (replace(BASE, texts=(("en", "late"),)), replace(BASE, folder="x"), (), ()),
    ],
)
def test_they_disagree_where_both_changed_the_same(
    mine: CannedReply, theirs: CannedReply, fields: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    made = merged(BASE, mine, replace(theirs, version=4))
    assert (made.fields, made.languages) == (fields, languages)
    for field in fields:
        if field == "name":
            assert made.reply.name == mine.name


_texts = st.dictionaries(
    st.sampled_from(["en", "vi", "ru", "zh-Hans"]), st.sampled_from("ab"), max_size=4
).map(lambda texts: tuple(texts.items()))
_replies = st.builds(replace, st.just(BASE), name=st.sampled_from("xyz"), texts=_texts)


@given(_replies, _replies, _replies)
def test_what_only_one_changed_stands_and_what_both_did_is_named(
    base: CannedReply, mine: CannedReply, theirs: CannedReply
) -> None:
    made = merged(base, mine, theirs)
    before, here, there, now = (dict(one.texts) for one in (base, mine, theirs, made.reply))
    for tag in {*before, *here, *there}:
        if here.get(tag) == before.get(tag):
            assert now.get(tag) == there.get(tag)
        elif there.get(tag) == before.get(tag):
            assert now.get(tag) == here.get(tag)
        else:
            assert now.get(tag) == here.get(tag)
            assert (tag in made.languages) == (here.get(tag) != there.get(tag))
    assert merged(base, mine, base).reply.name == mine.name
