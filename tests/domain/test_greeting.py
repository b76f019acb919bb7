"""Addressing people by the rules of their language, and never by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.greeting import family_name, first_name, greeting


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("Nguyễn Văn Minh", "vi", "Chào anh/chị Minh,"),
        ("NGUYỄN THỊ HOA", "vi-VN", "Chào anh/chị HOA,"),
        ("Minh Nguyễn", "vi", "Chào anh/chị Minh,"),
        ("Trần Thị Lê", "vi", "Chào anh/chị Lê,"),
        ("", "vi", "Chào anh/chị,"),
        ("王小明", "zh-Hans", "王小明，您好！"),
        ("王小明先生", "zh-Hans", "王先生，您好！"),
        ("歐陽美玲 女士", "zh-Hant", "歐陽女士，您好！"),
        ("王先生", "zh-CN", "王先生，您好！"),
        ("Wang Xiaoming", "zh-Hans", "Wang Xiaoming，您好！"),
        ("", "zh-TW", "您好！"),
        ("Иван Петрович", "ru", "Здравствуйте, Иван Петрович!"),
        ("Петров Иван Петрович", "ru", "Здравствуйте, Иван Петрович!"),
        ("Роман Аркадьевич Абрамович", "ru", "Здравствуйте, Роман Аркадьевич!"),
        ("Анна Кузнецова", "ru", "Здравствуйте, Анна!"),
        ("Кузнецова Анна", "ru", "Здравствуйте, Анна!"),
        ("", "ru", "Здравствуйте!"),
        ("Kim Lee", "en", "Hello Kim,"),
        ("Mr. John Smith", "en", "Hello John,"),
        ("Smith, John", "", "Hello John,"),
        ("Kim Lee (via Shop)", "en", "Hello Kim,"),
        ("王小明", "en", "Hello 王小明,"),
        ("kim.lee@example.com", "en", "Hello,"),
        ("Acme Trading Ltd.", "en", "Hello,"),
        ("ООО Ромашка", "ru", "Здравствуйте!"),
        ("深圳贸易公司", "zh", "您好！"),
        ("???", "en", "Hello,"),
    ],
)
def test_a_letter_opens_with_this_line(name: str, language: str, line: str) -> None:
    assert greeting(name, language) == line


@pytest.mark.parametrize(
    ("name", "language", "honorific", "line"),
    [
        ("Nguyễn Thị Lan", "vi", "Chị", "Chào chị Lan,"),
        ("", "vi", "bác", "Chào bác,"),
        ("王小明", "zh-Hans", "先生", "王先生，您好！"),
        ("歐陽美玲", "zh-Hant", "小姐", "歐陽小姐，您好！"),
        ("王小明", "zh-Hans", "boss", "王小明，您好！"),
        ("Анна Кузнецова", "ru", "г-жа", "Здравствуйте, г-жа Кузнецова!"),
        ("Анна Петровна Кузнецова", "ru", "г-жа", "Здравствуйте, Анна Петровна!"),
        ("John Smith", "en", "Dr.", "Hello Dr. Smith,"),
        ("Kim", "en", "Ms", "Hello Kim,"),
    ],
)
def test_an_honorific_that_staff_wrote_down_is_used(
    name: str, language: str, honorific: str, line: str
) -> None:
    assert greeting(name, language, honorific) == line


@pytest.mark.parametrize(
    ("name", "language", "first", "family"),
    [
        ("Nguyễn Văn Minh", "vi", "Minh", "Nguyễn"),
        ("Minh Nguyen", "vi", "Minh", "Nguyen"),
        ("王小明", "zh-Hans", "王小明", "王"),
        ("司马光明", "zh-Hans", "司马光明", "司马"),
        ("Иван Петрович Сидоров", "ru", "Иван", "Сидоров"),
        ("Smith, John", "en", "John", "Smith"),
        ("Kim", "en", "Kim", ""),
        ("", "en", "", ""),
    ],
)
def test_a_name_is_taken_apart_like_this(name: str, language: str, first: str, family: str) -> None:
    assert first_name(name, language) == first
    assert family_name(name, language) == family


@given(st.text(), st.sampled_from(["", "en", "vi", "zh-Hans", "zh-Hant", "ru", "xx-YY"]))
def test_any_text_for_a_name_is_greeted(name: str, language: str) -> None:
    assert greeting(name, language)
    family_name(name, language)
