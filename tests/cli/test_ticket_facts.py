"""``ticket set`` and the commands beside it: labels, teams and tags, without a window."""

from .program import Program


def test_what_is_known_of_a_ticket_is_set_and_told(shop: Program) -> None:
    shop.run("label", "add", "Waiting for parts", "--status", "on_hold")
    shop.run("team", "add", "Kho")
    shop.run("team", "join", "Kho", "Anna")
    words = ("--status", "waiting for PARTS", "--priority", "urgent", "--team", "kho")
    row = shop.json("ticket", "set", "1", *words, "--due", "2020-12-01", "--follower", "Anna")
    assert (row["status"], row["label"], row["waits_for"]) == (
        "on_hold",
        "Waiting for parts",
        "third_party",
    )
    assert (row["priority"], row["team"], row["overdue"]) == ("urgent", "Kho", True)
    assert row["followers"] == ["Anna"]
    assert shop.json("team", "list")[0]["members"] == ["Anna"]
    shown = shop.run("ticket", "show", "1").out
    assert "Waiting for parts (waits for a third party)" in shown and "overdue" in shown
    row = shop.json("ticket", "set", "1", "--status", "open", "--due", "none", "--team", "")
    assert (row["label"], row["due_at"], row["team"], row["waits_for"]) == (None, None, None, "us")
    assert shop.json("ticket", "set", "1", "--star")["starred"]
    assert [one["number"] for one in shop.json("ticket", "list", "--view", "starred")] == [1]
    kinds = [event["kind"] for event in shop.json("ticket", "show", "1")["events"]]
    assert {"labelled", "priority", "team", "due", "follower"} <= set(kinds)


def test_what_does_not_fit_is_refused_in_words(shop: Program) -> None:
    assert "deskapp label list" in shop.run("ticket", "set", "1", "--status", "odd", code=2).err
    assert "2026-12-01" in shop.run("ticket", "set", "1", "--due", "sometime", code=2).err
    assert "team" in shop.run("ticket", "set", "1", "--team", "nobody", code=1).err


def test_tags_are_merged_and_unmerged_by_commands(shop: Program) -> None:
    shop.run("ticket", "set", "1", "--tag", "refund")
    shop.run("ticket", "set", "2", "--tag", "money back")
    shop.run("tag", "colour", "refund", "red")
    merge = shop.json("tag", "merge", "money back", "refund")["merge"]
    assert [(one["name"], one["colour"], one["tickets"]) for one in shop.json("tag", "list")] == [
        ("refund", "red", 2)
    ]
    assert shop.json("tag", "unmerge", str(merge))["tickets"] == 1
    assert "tag merges" in shop.run("tag", "unmerge", str(merge), code=1).err
    shop.run("tag", "rename", "refund", "Hoàn tiền")
    told = shop.run("tag", "rename", "refund", "payback", code=1).err
    assert "it is “Hoàn tiền” now" in told
    assert shop.json("tag", "delete", "refund")["tickets"] == 1
    assert [one["name"] for one in shop.json("tag", "list")] == ["money back"]


def test_an_edit_of_what_has_changed_since_it_was_read_tells_both_values(shop: Program) -> None:
    seen = shop.json("ticket", "show", "1")["version"]
    shop.run("ticket", "set", "1", "--status", "on_hold")
    at = ("--version", str(seen))
    refused = shop.run("ticket", "set", "1", "--status", "open", *at, code=1).err
    assert "now status: on_hold (by Anna)" in refused and "--version" in refused
    row = shop.json("ticket", "set", "1", "--tag", "refund", *at)
    assert (row["status"], row["tags"]) == ("on_hold", ["refund"])
    row = shop.json("ticket", "set", "1", "--status", "open", "--version", str(row["version"]))
    assert row["status"] == "open"
    shop.run("ticket", "set", "1", "2", "--status", "open", *at, code=2)
