"""Signatures by mailbox, agent and language: kept, filled in, and once in a conversation."""

from dataclasses import replace

import pytest

from deskapp.desk.signatures import Signatures
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.signatures import Signature

from .ground import Ground
from .letters import letter


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter("Bao giờ hàng đến ạ? Em đang đợi.", message_id="a@customer.example"))
    return ground


def kept(ground: Ground) -> Signatures:
    return Signatures(ground.context)


def test_one_for_a_mailbox_and_language_goes_before_the_agents_usual_one(asked: Ground) -> None:
    assert asked.replies.signing(asked.only()).text == "Anna, Lotus"
    kept(asked).put(Signature(asked.anna, None, "en", "Anna in English"))
    kept(asked).put(Signature(asked.anna, None, "vi", "Anna, Lotus\nHà Nội"))
    signing = asked.replies.signing(asked.only())
    language = asked.tickets.row(asked.only()).language
    assert signing.text == {"vi": "Anna, Lotus\nHà Nội"}.get(language, "Anna in English")
    assert "Anna, Lotus" in [text for _name, text in signing.others]
    kept(asked).put(Signature(asked.anna, None, "vi", ""))
    kept(asked).put(Signature(asked.anna, None, "en", " "))
    assert asked.replies.signing(asked.only()).text == "Anna, Lotus"


def test_placeholders_are_filled_in_and_a_line_without_value_is_left_out(asked: Ground) -> None:
    text = "{{ agent.name }}\n{{ agent.moon }}\n{{ mailbox.address }}"
    kept(asked).put(Signature(asked.anna, None, "", text))
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    made = asked.replies.preview(draft).text
    assert made.startswith("Hello\n\nAnna\nsupport@shop.example\n")


def test_a_signature_that_is_no_template_is_refused(asked: Ground) -> None:
    with pytest.raises(Problem) as refused:
        kept(asked).put(Signature(asked.anna, None, "", "{% if %}"))
    assert refused.value.kind is ProblemKind.TEMPLATE_ERROR


def test_a_conversation_carries_a_signature_once(asked: Ground) -> None:
    first = asked.replies.send(replace(asked.replies.draft(asked.only()), body="It left today."))
    draft = replace(asked.replies.draft(asked.only()), body="It arrives tomorrow.", quote=False)
    assert asked.replies.signing(asked.only()).carried
    assert asked.replies.preview(draft).text == "It arrives tomorrow.\n"
    wanted = replace(draft, signature="Anna, Lotus")
    assert asked.replies.preview(wanted).text == "It arrives tomorrow.\n\nAnna, Lotus\n"
    asked.replies.undo(first.outbox_id)
    assert not asked.replies.signing(asked.only()).carried, "what was taken back carries nothing"


def test_the_choice_for_one_reply_is_kept_in_its_draft(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello", signature="", quote=False)
    saved = asked.replies.save(draft)
    assert asked.replies.draft(asked.only()) == saved
    assert asked.replies.preview(saved).text == "Hello\n"


def test_a_reply_quotes_nothing_the_last_message_or_the_conversation(asked: Ground) -> None:
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="It left today."))
    asked.tickets.note(asked.only(), "secret among us")
    asked.arrive(letter("Thank you!", answers=("a@customer.example",), hours=30))
    draft = replace(asked.replies.draft(asked.only()), body="Good day.", html="<p>Good day.</p>")
    nothing = asked.replies.preview(replace(draft, quote=False))
    last = asked.replies.preview(draft)
    everything = asked.replies.preview(replace(draft, quote_all=True))
    assert ">" not in nothing.text and "blockquote" not in nothing.html
    assert "> Thank you!" in last.text and "It left today." not in last.text
    for told in (everything.text, everything.html):
        assert told.index("Thank you!") < told.index("It left today.") < told.index("Bao giờ")
        assert "secret" not in told


def test_forms_leave_as_markup_and_are_shown_again(asked: Ground) -> None:
    html = '<p style="margin:0">See <b>this</b></p>'
    draft = replace(asked.replies.draft(asked.only()), body="See this", html=html)
    sent = asked.replies.send(draft)
    shown = asked.tickets.conversation(asked.only()).messages[-1]
    assert shown.id == sent.message and "<b>this</b>" in shown.html
    assert shown.reply_text.startswith("See this\n\nAnna, Lotus")
    assert "blockquote" not in shown.reply_html
