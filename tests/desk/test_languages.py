"""The language of a customer is learnt once, and what a person chose stays chosen."""

from deskapp.domain.people import CustomerEdit

from .ground import Ground
from .letters import letter

MAI = "mai@customer.example"


def spoken(ground: Ground) -> str:
    customer = ground.customers.by_address(MAI)
    assert customer is not None
    return ground.customers.record(customer).row.language


def test_a_language_is_learnt_from_the_first_mail_that_shows_one(ground: Ground) -> None:
    ground.arrive(letter("ok", subject="#1004?"))
    assert spoken(ground) == ""
    ground.arrive(letter("Đơn hàng của em đâu rồi ạ?", hours=1))
    assert spoken(ground) == "vi"
    assert [row.language for row in ground.rows()].count("vi") == 1


def test_of_mails_that_come_together_a_short_one_forgets_nothing(ground: Ground) -> None:
    ground.arrive(letter("Где мой заказ?"), letter("ok", subject="1004", hours=1))
    assert spoken(ground) == "ru"


def test_what_a_person_chose_is_not_overwritten_by_the_next_mail(ground: Ground) -> None:
    ground.arrive(letter("Where is the parcel that I ordered last week?"))
    customer = ground.customers.by_address(MAI)
    assert customer is not None and spoken(ground) == "en"
    ground.customers.edit(customer, CustomerEdit(language="zh-Hant"))
    ground.arrive(letter("Please answer me, I have been waiting for a week now.", hours=1))
    assert spoken(ground) == "zh-Hant"
