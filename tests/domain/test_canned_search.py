"""The vocabulary of canned replies: made anew or changed in part, it finds the same."""

from random import Random

from deskapp.domain.canned_search import Said, Vocabulary, tokens_of
from deskapp.domain.folding import fold
from deskapp.domain.ids import CannedId

TEXTS = (
    "{{ customer.greeting }}\nĐơn hàng  {{ order.number }}\u00a0đang trên đường.",
    "您的訂單 A1001已寄出，ещё посылки ﬁne x\u0301 \u0301y",
    "Straße 12,50€/kg\u2003don hang",
    "",
)


def test_word_by_word_a_text_has_the_same_tokens_as_folded_whole() -> None:
    known: dict[str, frozenset[str]] = {}
    for text in (*TEXTS, *TEXTS):
        assert tokens_of(text, known) == frozenset(fold(text).split())


def test_a_changed_vocabulary_finds_what_one_made_anew_finds() -> None:
    chance = Random(4)
    words = [f"{one}{two}" for one in "abcd" for two in "efgh"]

    def said(number: int) -> Said:
        return CannedId(number), frozenset(chance.sample(words, 3))

    now = [said(number) for number in range(40)]
    kept = Vocabulary(now)
    for step in range(20):
        before, gone = kept, chance.sample(now, 5)
        come = [(one, said(one)[1]) for one, _ in gone[1:]] + [said(100 + step)]
        asked = {word: before.having([word]) for word in words}
        now = [one for one in now if one not in gone] + come
        kept = before.changed(gone, come)
        fresh = Vocabulary(now)
        for begun in (*words, *"abcd", "x"):
            assert kept.having([begun]) == fresh.having([begun])
        assert asked == {word: before.having([word]) for word in words}, "the old one stays"
