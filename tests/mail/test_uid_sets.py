"""UID sets: short lines for servers, and no faith in what servers send."""

import random

import pytest

from deskapp.mail import uid_sets


def test_any_uids_fit_lines_that_servers_take_and_none_is_left_out() -> None:
    some = random.Random(3)
    for most in (300, 10**6, uid_sets.LARGEST_UID):
        uids = {some.randint(1, most) for _ in range(5000)}
        lines = list(uid_sets.lines(uids))
        assert all(len(uid_sets.spelt(line)) <= uid_sets.LETTERS_A_LINE for line in lines)
        assert sorted(uids) == [uid for line in lines for uid in line]


def test_a_set_says_the_same_when_it_is_read_again() -> None:
    uids = {1, 2, 3, 9, 11, 12, uid_sets.LARGEST_UID}
    assert uid_sets.spelt(uids) == "1:3,9,11:12,4294967295"
    assert uid_sets.read(uid_sets.spelt(uids).encode(), 7) == uids


@pytest.mark.parametrize("told", [b"", b"1:", b"a", b"1,,2", b"1:2:3", b"-1", b"12345678901", b"*"])
def test_what_is_no_set_is_refused(told: bytes) -> None:
    with pytest.raises(ValueError, match="not a UID set"):
        uid_sets.ranges(told)


def test_wide_ranges_cost_nothing() -> None:
    told = uid_sets.ranges(b"4294967295:5,3")
    assert uid_sets.within(told, {2, 3, 4, 5, 77}) == {3, 5, 77}
    with pytest.raises(ValueError, match="more UIDs"):
        uid_sets.read(b"1:4294967295", 100)
