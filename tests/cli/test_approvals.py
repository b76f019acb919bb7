"""Replies of juniors as commands: what was changed is told, and kept in an export."""

import json
from dataclasses import replace
from pathlib import Path

from deskapp.domain.kinds import View
from deskapp.wiring import open_house

from .program import Program


def _handed_in(shop: Program) -> int:
    desk = open_house(shop.desk)
    try:
        lead = desk.agents.add("Linh", role="lead")
        desk.agent = desk.agents.add("Bình", role="junior")
        ticket = desk.tickets.view_ids(View.ALL)[0]
        draft = replace(desk.replies.draft(ticket), body="It comes on Friday.")
        draft = desk.replies.attach(draft, "price.txt", "text/plain", b"1")
        one = desk.approvals.submit(draft)
        desk.agent = lead
        mine = desk.replies.detach(desk.reviewing.begin(one), draft.files[0].sha256)
        desk.replies.save(replace(mine, body="It comes on Monday."))
        return one
    finally:
        desk.close()


def test_a_version_from_the_composer_leaves_and_the_export_has_both(
    shop: Program, tmp_path: Path
) -> None:
    one = _handed_in(shop)
    [waiting] = shop.json("--as", "Linh", "approval", "list")
    assert (waiting["id"], waiting["files"], waiting["final_text"]) == (one, ["price.txt"], None)
    shop.run("--as", "Linh", "approval", "approve", str(one))
    told = shop.run("approval", "show", str(one)).out
    assert "It comes on [-Friday-][+Monday+]." in told and "File: [-price.txt-]" in told
    shop.json("export", str(tmp_path / "out"))
    lines = (tmp_path / "out" / "approvals.jsonl").read_text("utf-8").splitlines()
    [row] = [json.loads(line) for line in lines]
    assert (row["body"], row["final_body"], row["state"]) == (
        "It comes on Friday.",
        "It comes on Monday.",
        "approved",
    )
    assert "price.txt" in row["files"] and row["final_files"] in ("[]", [])
