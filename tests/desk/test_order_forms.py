"""Order forms: asked for by mail once, whoever presses, and done only when a person says so."""

from dataclasses import replace
from decimal import Decimal

import pytest

from deskapp.desk.order_forms import OrderForms
from deskapp.domain.ids import OrderFormId
from deskapp.domain.mail import Address
from deskapp.domain.order_forms import FormItem, FormKind, FormState, FormText, OrderForm
from deskapp.domain.problem import Problem, ProblemKind

from .ground import Ground
from .letters import letter

STORE = Address("Kho hàng", "store@lotus.example")
TEXT = FormText(FormKind.PLACE, (FormItem("Áo sơ mi", Decimal(2), "SHIRT-M"),), note="gấp")


@pytest.fixture
def forms(ground: Ground) -> OrderForms:
    ground.arrive(letter(message_id="a@customer.example"))
    return OrderForms(ground.context)


def test_a_form_is_mailed_and_ends_when_a_person_says_so(ground: Ground, forms: OrderForms) -> None:
    form = forms.add(ground.only(), TEXT)
    forms.mail(form, STORE, forms.get(form).version)
    [waits] = ground.replies.outbox()
    assert STORE.address in waits.to
    row = forms.get(form)
    assert (row.state, row.asked_of) == (FormState.ASKED, STORE.name)
    with pytest.raises(Problem) as late:
        forms.change(form, replace(TEXT, note="chậm"))
    assert late.value.kind is ProblemKind.TOO_LATE
    forms.end(form, True, "Đã đặt", row.version)
    assert forms.open() == [] and forms.get(form).ended_words == "Đã đặt"


def test_two_who_ask_at_the_same_moment_send_one_mail(
    ground: Ground, forms: OrderForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = forms.add(ground.only(), TEXT)
    seen = forms.get(form)
    forms.mail(form, STORE)

    def as_it_was(_self: OrderForms, _form: OrderFormId, _version: int | None) -> OrderForm:
        return seen

    monkeypatch.setattr(OrderForms, "_draft_or_asked", as_it_was)
    with pytest.raises(Problem) as second:
        OrderForms(ground.as_olga().context).mail(form, STORE)
    assert second.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert len(ground.replies.outbox()) == 1
