"""Every write of the desk room is decided about: whether it could overwrite a colleague's work."""

import ast
from collections.abc import Iterator
from pathlib import Path

DESK = Path(__file__).parents[2] / "deskapp/desk"

SEEN = """
absences.away act_limits.drop_cap act_limits.set_cap agents.edit approvals.give_back
approvals.submit assigning.set_rule auto_replies.switch_off auto_replies.switch_on calendar.save
canned.restore canned.save companies.edit contacts.edit_contact contacts.put_back_contact
contacts.set_field customers.edit erasing.erase fields.edit fields.order hand_overs.to_team
intake.set_reopen_days labels.put_away labels.rename mailboxes.set_country mailboxes.update
order_acts.approve
order_acts.confirm order_acts.decline order_acts.settle order_acts.withdraw order_forms.asked
order_forms.change order_forms.end order_forms.mail order_sources.change
people_files.save_profile replies.attach replies.save
returns.edit returns.set_days returns.take_back seen_edits.edit sending.send_once signatures.put
tags.colour tags.rename teams.join teams.put_away teams.rename tickets.edit undo.move undo.take_back
undo.take_back_part views.reorder views.save
"""
"""It is compared with what the person saw, or with the row's version."""

ADDS = """
act_work.later act_work.show agents.add assigning.take_next auto_replies.resume canned.keep_file
canned.placed canned.sent canned.used companies.add_domain companies.add_note contacts.add_contact
contacts.clear_bounce contacts.consent contacts.tag customers.add_note customers.create
duplicates.refuse erasing.hold fields.add intake.import_mails labels.add links.add mailboxes.add
newcomers.add newcomers.make_customer newcomers.same_person newcomers.separate order_acts.ask_again
order_acts.want order_forms.add order_sources.add orders.save people_files.take pictures.allow
returns.add reviewing.begin side_threads.answer side_threads.begun side_threads.forward
side_threads.with_files snoozes.wake staff.add staff.add_engine staff.hire tags.add teams.add
tickets.new_ticket tickets.note tickets.seen tickets.unseen
"""
"""It adds, or takes what nobody has; two people's stand beside each other."""

ONE_WAY = """
absences.back act_limits.switch approvals.withdraw bulk_replies.send_part bulk_replies.take_back
canned.archive canned_acts.do contacts.make_primary contacts.remove_contact customers.merge
customers.unmerge erasing.lift_hold fields.archive hand_overs.forget links.remove mailboxes.remove
mailboxes.resume_import mailboxes.stop_import order_sources.remove order_sources.switch
pictures.forbid replies.cancel replies.discard replies.retry replies.uncertain_was_sent
replies.undo staff.end_engine staff.leave tags.delete tags.merge tags.undo_merge
take_overs.withdraw teams.leave tickets.edit_part tickets.merge_many tickets.move tickets.split
views.delete
"""
"""On or off, there or gone, in one place or another: whoever says it has said the whole value, no
text of anybody is lost, and it is told in a history or can be taken back. ``edit_part`` is the rest
of what ``as_seen`` asked about."""

PROGRAM = """
act_work.begin act_work.ended act_work.expire act_work.give_up act_work.no_answer act_work.refused
assigning.give_out duplicates.look erased_again.erase_again erasing.wipe intake.file
mailboxes.ask_full_look mailboxes.begin mailboxes.fetch_since mailboxes.retry_held
order_sources.note_trouble order_sources.read_anew order_sources.take_answer order_sources.take_page
order_sources.try_now search.index_again staff.own_password staff.password take_overs.ask
take_overs.end_copy take_overs.give take_overs.keep take_overs.let_go take_overs.take
"""
"""The program's own upkeep, an asking, or steps that go on from their own state alone."""


def test_each_write_is_decided_about_and_none_is_named_that_is_gone() -> None:
    lists = [words.split() for words in (SEEN, ADDS, ONE_WAY, PROGRAM)]
    decided = [name for words in lists for name in words]
    assert len(decided) == len(set(decided))
    found = set(_writes())
    assert found - set(decided) == set(), "decide: could it overwrite a colleague's work unseen?"
    assert set(decided) - found == set()


def _writes() -> Iterator[str]:
    """Public functions of the desk room that write, by file and name."""
    for path in DESK.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        inner: set[str] = set()
        for _ in range(3):  # what a private one calls
            functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
            inner |= {one.name for one in functions if one.name[0] == "_" and _does(one, inner)}
        classes = (one for one in tree.body if isinstance(one, ast.ClassDef))
        parts: list[ast.Module | ast.ClassDef] = [tree, *classes]
        for part in parts:
            for one in part.body:
                named = isinstance(one, ast.FunctionDef) and one.name[0] != "_"
                if isinstance(one, ast.FunctionDef) and named and _does(one, inner):
                    yield f"{path.stem}.{one.name}"


def _does(function: ast.FunctionDef, inner: set[str]) -> bool:
    calls = (one.func for one in ast.walk(function) if isinstance(one, ast.Call))
    return any(
        (isinstance(call, ast.Attribute) and call.attr == "writing")
        or (isinstance(call, ast.Name) and call.id in inner)
        or (
            isinstance(call, ast.Attribute)
            and isinstance(call.value, ast.Name)
            and call.value.id == "self"
            and call.attr in inner
        )
        for call in calls
    )
