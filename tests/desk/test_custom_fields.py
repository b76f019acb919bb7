"""A desk's own fields: typed values, what they were before, archived and never lost."""

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.fields import Fields
from deskapp.domain.custom_fields import CustomField, checked_value
from deskapp.domain.ids import FieldId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind

from .customer_rows import refusal


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FieldKind.NUMBER, "1 234,5", "1234.5"), (FieldKind.NUMBER, "1.234.567", "1234567"),
        (FieldKind.NUMBER, "1,234.50", "1234.50"), (FieldKind.NUMBER, "-7", "-7"),
        (FieldKind.DAY, "22.11.1990", "1990-11-22"),
        (FieldKind.DAY, "1990年11月22日", "1990-11-22"),
        (FieldKind.CHOICE, "ĐỎ", "Đỏ"), (FieldKind.YES_NO, "Có", "yes"),
        (FieldKind.YES_NO, "нет", "no"),
        (FieldKind.LINK, "shop.example/a?b", "https://shop.example/a?b"),
        (FieldKind.TEXT, " two\r\nlines ", "two\nlines"), (FieldKind.DAY, "  ", ""),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_in_one_form(kind: FieldKind, typed: str, kept: str) -> None:
    field = CustomField(FieldId(1), "Field", kind, ("Đỏ", "Xanh"), False, 1)
    assert checked_value(field, typed) == kept
    assert checked_value(field, kept) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "abc"), (FieldKind.NUMBER, "NaN"), (FieldKind.NUMBER, "1e999"),
        (FieldKind.DAY, "31.02.2026"), (FieldKind.CHOICE, "Tím"), (FieldKind.YES_NO, "maybe"),
        (FieldKind.LINK, "javascript:alert(1)"), (FieldKind.LINK, "https://user@evil.example"),
        (FieldKind.TEXT, "x" * 2001),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_fields_name(kind: FieldKind, typed: str) -> None:
    field = CustomField(FieldId(1), "Field", kind, ("Đỏ", "Xanh"), False, 1)
    with pytest.raises(Problem) as refused:
        checked_value(field, typed)
    assert refused.value.details["what"] == f"field_{kind.value}"
    assert refused.value.details["name"] == "Field"


def test_values_have_a_history_and_outlive_an_archived_field(
    context: Context, customers: Customers
) -> None:
    context.agent = Agents(context).add("Olga")
    fields, anna = Fields(context), customers.create("Anna")
    shoe = fields.add("Shoe size", FieldKind.NUMBER)
    size = fields.add("Size", FieldKind.CHOICE, "S\nM\n s \n")
    assert [one.choices for one in fields.list()] == [(), ("S", "M")]
    for typed in ("38", "38,5", "38.5", ""):
        customers.set_field(anna, shoe, typed)
    customers.set_field(anna, size, "m")
    told = [(one.field, one.old, one.new, one.agent_name) for one in customers.history(anna)]
    assert told == [
        ("Size", "", "M", "Olga"), ("Shoe size", "38.5", "", "Olga"),
        ("Shoe size", "38", "38.5", "Olga"), ("Shoe size", "", "38", "Olga"),
    ]  # fmt: skip
    fields.order([size, shoe])
    values = [(one.field.name, one.value) for one in customers.record(anna).values]
    assert values == [("Size", "M"), ("Shoe size", "")]
    fields.archive(size)
    assert [one.field.name for one in customers.record(anna).values] == ["Shoe size"]
    fields.archive(size, archived=False)
    assert customers.record(anna).values[0].value == "M"
    with pytest.raises(Problem) as refused:
        fields.add("SHOE  size", FieldKind.TEXT)
    assert refusal(refused) is ProblemKind.DUPLICATE


def test_only_an_admin_shapes_the_fields_where_there_is_one(context: Context) -> None:
    agents, fields = Agents(context), Fields(context)
    context.agent = agents.add("Olga")
    fields.add("Shoe size", FieldKind.NUMBER)
    boss = agents.add("Boss", role="admin")
    with pytest.raises(Problem) as refused:
        fields.add("Size", FieldKind.TEXT)
    assert refused.value.details["what"] == "admin_only"
    context.agent = boss
    fields.add("Size", FieldKind.TEXT)


def test_what_people_change_of_a_record_is_kept_with_who(
    context: Context, customers: Customers
) -> None:
    context.agent = Agents(context).add("Olga")
    anna = customers.create("Anna")
    customers.edit(anna, CustomerEdit(vip=True, company="Acme", name="Anna"))
    assert {(one.field, one.old, one.new) for one in customers.history(anna)} == {
        ("vip", "", "yes"), ("company", "", "Acme"),
    }  # fmt: skip


def test_tags_are_the_desks_own_and_follow_their_merges(
    context: Context, customers: Customers
) -> None:
    from deskapp.desk.tags import Tags

    tags, anna = Tags(context), customers.create("Anna")
    customers.tag(anna, ["Wholesale", "late payer"])
    customers.tag(anna, ["wholesale"], ["LATE PAYER"])
    assert customers.record(anna).tags == ("Wholesale",)
    tags.add("Trade")
    tags.merge(tags.named("Wholesale"), tags.named("Trade"))
    assert customers.record(anna).tags == ("Trade",)
    tags.delete(tags.named("Trade"))
    assert customers.record(anna).tags == ()
