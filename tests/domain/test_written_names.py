"""A letter's opening with names that staff wrote down: they win over what the rules make of it."""

import pytest

from deskapp.domain.greeting import WrittenNames, family_name, first_name, greeting


@pytest.mark.parametrize(
    ("name", "language", "honorific", "written", "said"),
    [
        ("Nguyễn Văn Minh", "vi", "anh", WrittenNames(call="Tý"), "Chào anh Tý,"),
        ("Nguyễn Thị Kim Ngân", "vi", "", WrittenNames(given="Kim Ngân"), "Chào anh/chị Ngân,"),
        ("王小明", "zh", "先生", WrittenNames(call="小明"), "小明，您好！"),
        ("歐陽娜娜", "zh-Hant", "女士", WrittenNames(family="歐陽"), "歐陽女士，您好！"),
        ("Петров Иван", "ru", "", WrittenNames(given="Иван Сергеевич"),
         "Здравствуйте, Иван Сергеевич!"),
        ("Петров Иван Сергеевич", "ru", "", WrittenNames(given="Иван"),
         "Здравствуйте, Иван Сергеевич!"),
        ("Петров Иван Сергеевич", "ru", "г-н", WrittenNames(call="Ваня"), "Здравствуйте, Ваня!"),
        ("Mary Ann Smith", "en", "", WrittenNames(given="Mary Ann"), "Hello Mary Ann,"),
        ("Robert Smith", "en", "Dr", WrittenNames(call="Bob"), "Hello Bob,"),
        ("Robert Smith", "en", "Dr", WrittenNames(family="Smith-Jones"), "Hello Dr Smith-Jones,"),
        ("Acme Ltd", "en", "", WrittenNames(call="Bob"), "Hello Bob,"),
        ("", "en", "", WrittenNames(given="Ana", family="Lima"), "Hello Ana,"),
    ],
)  # fmt: skip
def test_what_is_written_down_is_said(
    name: str, language: str, honorific: str, written: WrittenNames, said: str
) -> None:
    assert greeting(name, language, honorific, written) == said


def test_the_parts_of_a_name_come_from_what_is_written_down_first() -> None:
    written = WrittenNames(family="de la Cruz", given="Juan Carlos")
    assert first_name("Juan Carlos de la Cruz", "es", written) == "Juan Carlos"
    assert family_name("Juan Carlos de la Cruz", "es", written) == "de la Cruz"
