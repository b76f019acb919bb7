"""Which ticket a mail joins: by rights, not by claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.ids import TicketId
from deskapp.domain.joining import (
    MOST_IDS,
    Asked,
    Decision,
    JoinReason,
    Known,
    Named,
    decide,
    named_newest_first,
)
from deskapp.domain.kinds import MailKind

KIM, EVE = "kim@example.com", "eve@example.net"
WITH_KIM, WITH_EVE = frozenset({KIM}), frozenset({EVE})
OURS = Known(TicketId(1), signed=True, participants=WITH_KIM)
THEIRS = Known(TicketId(1), signed=False, participants=WITH_KIM)
OTHER = Known(TicketId(2), signed=False, participants=WITH_EVE)
ANSWER = JoinReason.IN_REPLY_TO


def decided(
    ids: str,
    known: dict[str, list[Known]],
    sender: str,
    kind: MailKind = MailKind.HUMAN,
    by: JoinReason = ANSWER,
    **more: object,
) -> Decision:
    named = [Named(one, by) for one in ids.split()]
    return decide(Asked(named, known, sender, kind, **more))  # type: ignore[arg-type]


def joined(ticket: int, reason: JoinReason, message_id: str, *, marked: bool = False) -> Decision:
    return Decision(TicketId(ticket), reason, marked, message_id)


def test_an_answer_to_our_mail_joins_its_ticket() -> None:
    assert decided("a", {"a": [OURS]}, KIM) == joined(1, JoinReason.OWN_ID, "a")


def test_an_answer_to_ones_own_mail_joins_its_ticket() -> None:
    assert decided("a", {"a": [THEIRS]}, KIM) == joined(1, ANSWER, "a")


def test_somebody_new_who_answers_our_mail_joins_with_a_mark() -> None:
    decision = decided("a", {"a": [OURS]}, EVE)
    assert decision == joined(1, JoinReason.OWN_ID, "a", marked=True)


def test_a_stranger_who_names_a_customers_mail_gets_a_ticket_of_its_own() -> None:
    decision = decided("a", {"a": [THEIRS]}, EVE)
    assert (decision.ticket, decision.reason) == (None, JoinReason.CLAIM)
    assert decision.marked and decision.claims == 1


def test_the_newest_of_several_ids_wins() -> None:
    newer = Known(TicketId(3), signed=True, participants=WITH_KIM)
    known = {"old": [OURS], "new": [newer]}
    assert decided("new unknown old", known, KIM) == joined(3, JoinReason.OWN_ID, "new")


def test_an_id_we_signed_goes_before_a_newer_one_that_anybody_can_write() -> None:
    other = Known(TicketId(3), signed=False, participants=WITH_KIM)
    assert decided("new old", {"new": [other], "old": [OURS]}, KIM).ticket == 1


def test_an_older_id_counts_when_the_newest_gives_no_right() -> None:
    assert decided("a b", {"a": [THEIRS], "b": [OTHER]}, EVE) == joined(2, ANSWER, "b")


def test_two_tickets_with_one_id_are_told_apart_by_who_takes_part() -> None:
    """A stranger who sends another mail under a customer's id does not draw their answers."""
    forged = Known(TicketId(1), signed=False, participants=WITH_EVE)
    theirs = Known(TicketId(2), signed=False, participants=WITH_KIM)
    assert decided("a", {"a": [forged, theirs]}, KIM).ticket == 2


def test_a_ticket_that_merely_refers_to_an_id_is_neither_joined_nor_claimed_by_strangers() -> None:
    refers = Known(TicketId(1), signed=False, participants=WITH_EVE, bears=False)
    assert decided("a", {"a": [refers]}, KIM) == Decision(None, JoinReason.NEW)
    assert decided("a", {"a": [refers]}, KIM, by=JoinReason.ANSWERED).ticket is None


def test_what_answers_were_here_before_joins_them() -> None:
    refers = Known(TicketId(1), signed=False, participants=WITH_KIM, bears=False)
    decision = decided("a", {"a": [refers]}, KIM, by=JoinReason.ANSWERED)
    assert decision == joined(1, JoinReason.ANSWERED, "a")


def test_a_colleague_nobody_can_be_sure_of_joins_with_a_mark() -> None:
    assert decided("a", {"a": [THEIRS]}, "", colleague=True) == joined(1, ANSWER, "a", marked=True)
    assert decided("a", {"a": [THEIRS]}, "", ours=True) == joined(1, ANSWER, "a")


def test_ids_nobody_knows_make_a_new_ticket() -> None:
    assert decided("x", {}, KIM) == Decision(None, JoinReason.NEW)


def test_an_id_of_ours_in_the_text_counts_for_who_takes_part() -> None:
    marker = JoinReason.MARKER
    assert decided("a", {"a": [OURS]}, KIM, by=marker) == joined(1, marker, "a")
    assert decided("a", {"a": [OURS]}, EVE, by=marker) == Decision(None, JoinReason.NEW)
    assert decided("a", {"a": [THEIRS]}, KIM, by=marker).ticket is None


def test_an_equal_subject_counts_for_who_takes_part_and_after_all_ids() -> None:
    subject = JoinReason.SUBJECT
    assert decided("", {}, KIM, same_subject=[OTHER, THEIRS]) == joined(1, subject, "")
    assert decided("", {}, EVE, same_subject=[THEIRS]) == Decision(None, JoinReason.NEW)
    assert decided("b", {"b": [OTHER]}, EVE, same_subject=[THEIRS]).ticket == 2


def test_a_ticket_number_in_the_subject_joins_only_for_who_takes_part() -> None:
    assert decided("", {}, KIM, token=THEIRS).reason is JoinReason.SUBJECT_TOKEN
    assert decided("", {}, KIM, token=THEIRS).ticket == 1
    assert decided("", {}, EVE, token=THEIRS).ticket is None


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind is not MailKind.HUMAN])
def test_a_machine_joins_by_ids(kind: MailKind) -> None:
    assert decided("a", {"a": [OURS]}, KIM, kind) == joined(1, JoinReason.OWN_ID, "a")


def test_a_delivery_report_joins_by_the_returned_id() -> None:
    daemon, returned = "mailer-daemon@example.org", JoinReason.RETURNED
    named = {"by": returned, "kind": MailKind.BOUNCE}
    assert decided("a", {"a": [OURS]}, daemon, **named) == joined(1, returned, "a")  # type: ignore[arg-type]
    phone = Known(TicketId(1), signed=False, participants=WITH_KIM, sent=True)
    decision = decided("a", {"a": [phone]}, daemon, **named)  # type: ignore[arg-type]
    assert decision == joined(1, returned, "a", marked=True)  # nothing proves it
    assert decided("a", {"a": [THEIRS]}, daemon, **named).ticket is None  # type: ignore[arg-type]


def test_ids_are_asked_newest_first_and_once() -> None:
    named = named_newest_first("c", ("a", "b", "c"), own_id="d", in_text=("a", "e"))
    assert [one.message_id for one in named] == ["c", "b", "a", "d", "e"]
    assert [one.by.value for one in named] == [
        "in_reply_to", "reference", "reference", "answered", "marker",
    ]  # fmt: skip
    assert [one.message_id for one in named_newest_first("", ("", "a"))] == ["a"]


def test_ten_thousand_references_are_not_ten_thousand_questions() -> None:
    named = named_newest_first("", [f"{n}" for n in range(10_000)])
    assert len(named) == MOST_IDS
    assert named[0].message_id == "9999"


_knowns = st.builds(
    Known,
    st.sampled_from([TicketId(1), TicketId(2)]),
    st.booleans(),
    st.frozensets(st.sampled_from([KIM])),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(st.builds(Named, st.sampled_from("abcdef"), st.sampled_from(list(JoinReason)))),
    st.dictionaries(st.sampled_from("abcdef"), st.lists(_knowns)),
    st.sampled_from(list(MailKind)),
    st.booleans(),
)
def test_a_stranger_never_joins_unmarked(
    named: list[Named], known: dict[str, list[Known]], kind: MailKind, colleague: bool
) -> None:
    decision = decide(Asked(named, known, EVE, kind, False, colleague, [OURS, THEIRS], OURS))
    if decision.ticket is not None and not decision.marked:
        assert kind is MailKind.BOUNCE  # of a message of ours, by an id that we signed
        assert any(hit.signed for hit in known[decision.message_id])
    if decision.ticket is None:
        assert decision.marked == (decision.claims is not None)
