"""Which ticket a mail joins: by rights, not by claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.ids import TicketId
from deskapp.domain.joining import MOST_IDS, Decision, JoinReason, Known, decide, ids_newest_first
from deskapp.domain.kinds import MailKind

KIM = "kim@example.com"
EVE = "eve@example.net"
OURS = Known(TicketId(1), signed=True, participants=frozenset({KIM}))
THEIRS = Known(TicketId(1), signed=False, participants=frozenset({KIM}))
OTHER = Known(TicketId(2), signed=False, participants=frozenset({EVE}))


def joined(ticket: int, message_id: str, *, marked: bool = False, reopens: bool = True) -> Decision:
    return Decision(TicketId(ticket), JoinReason.REFERENCE, marked, reopens, message_id)


def test_an_answer_to_our_mail_joins_its_ticket() -> None:
    assert decide(["a"], {"a": OURS}, KIM) == joined(1, "a")


def test_an_answer_to_ones_own_mail_joins_its_ticket() -> None:
    assert decide(["a"], {"a": THEIRS}, KIM) == joined(1, "a")


def test_somebody_new_who_answers_our_mail_joins_with_a_mark() -> None:
    assert decide(["a"], {"a": OURS}, EVE) == joined(1, "a", marked=True)


def test_a_stranger_who_names_a_customers_mail_gets_a_ticket_of_its_own() -> None:
    decision = decide(["a"], {"a": THEIRS}, EVE)
    assert decision.ticket is None
    assert decision.reason is JoinReason.CLAIM
    assert decision.marked
    assert decision.claims == 1


def test_the_newest_of_several_ids_wins() -> None:
    known = {"old": OURS, "new": Known(TicketId(3), signed=True, participants=frozenset({KIM}))}
    assert decide(["new", "unknown", "old"], known, KIM) == joined(3, "new")


def test_an_older_id_counts_when_the_newest_gives_no_right() -> None:
    assert decide(["a", "b"], {"a": THEIRS, "b": OTHER}, EVE) == joined(2, "b")


def test_ids_nobody_knows_make_a_new_ticket() -> None:
    assert decide(["x"], {}, KIM) == Decision(None, JoinReason.NEW, marked=False, reopens=True)


def test_a_ticket_number_in_the_subject_joins_only_for_who_takes_part() -> None:
    assert decide([], {}, KIM, token=THEIRS).reason is JoinReason.SUBJECT_TOKEN
    assert decide([], {}, KIM, token=THEIRS).ticket == 1
    assert decide([], {}, EVE, token=THEIRS).ticket is None


def test_ids_come_before_the_number_in_the_subject() -> None:
    assert decide(["b"], {"b": OTHER}, EVE, token=OURS).ticket == 2


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind is not MailKind.HUMAN])
def test_a_machine_joins_by_ids_and_never_reopens(kind: MailKind) -> None:
    assert decide(["a"], {"a": OURS}, KIM, kind) == joined(1, "a", reopens=False)
    assert decide([], {}, KIM, kind, token=OURS).ticket is None


def test_a_delivery_report_joins_by_the_returned_id_without_a_mark() -> None:
    ids = ids_newest_first("", (), bounced=["a"])
    decision = decide(ids, {"a": OURS}, "mailer-daemon@example.org", MailKind.BOUNCE)
    assert decision == joined(1, "a", reopens=False)


def test_a_forged_delivery_report_joins_nothing() -> None:
    decision = decide(["a"], {"a": THEIRS}, "mailer-daemon@example.org", MailKind.BOUNCE)
    assert decision.ticket is None
    assert decision.marked


def test_ids_are_asked_newest_first_and_once() -> None:
    assert ids_newest_first("c", ("a", "b", "c")) == ("c", "b", "a")
    assert ids_newest_first("", ("", "a")) == ("a",)


def test_a_thousand_references_are_not_a_thousand_questions() -> None:
    ids = ids_newest_first("", [f"{n}" for n in range(1000)])
    assert len(ids) == MOST_IDS
    assert ids[0] == "999"


@given(
    st.lists(st.sampled_from("abcdef")),
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.builds(
            Known,
            st.sampled_from([TicketId(1), TicketId(2)]),
            st.booleans(),
            st.frozensets(st.sampled_from([KIM])),
        ),
    ),
    st.sampled_from(list(MailKind)),
)
def test_a_stranger_never_joins_unmarked(
    ids: list[str], known: dict[str, Known], kind: MailKind
) -> None:
    decision = decide(ids, known, EVE, kind, token=OURS)
    if decision.ticket is not None:
        assert known[decision.message_id].signed
        assert decision.marked or kind is MailKind.BOUNCE
    else:
        assert decision.marked == any(message_id in known for message_id in ids)
