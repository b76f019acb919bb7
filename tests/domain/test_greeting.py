"""Addressing people by the rules of their language, and never by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.domain.greeting import family_name, first_name, greeting


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("Nguyễn Văn Minh", "vi", "Chào anh/chị Minh,"),
        ("NGUYỄN THỊ HOA", "vi-VN", "Chào anh/chị Hoa,"),
        ("Minh Nguyễn", "vi", "Chào anh/chị Minh,"),
        ("Trần Thị Lê", "vi", "Chào anh/chị Lê,"),
        ("", "vi", "Chào quý khách,"),
        ("Công ty TNHH Minh Long", "vi", "Chào quý khách,"),
        ("Nguyễn Thị Minh Khai (Ms)", "vi", "Chào chị Khai,"),
        ("Anh Nguyễn Văn Minh", "vi", "Chào anh Minh,"),
        ("Anh Minh", "vi", "Chào anh/chị Minh,"),
        ("Nguyễn Văn Minh Jr.", "vi", "Chào anh/chị Minh,"),
        ("Minh \N{CHERRY BLOSSOM}", "vi", "Chào anh/chị Minh,"),
        ("\N{CHERRY BLOSSOM}", "vi", "Chào quý khách,"),
        ("欧阳女士", "zh-Hans", "欧阳女士，您好！"),
        ("独孤求败先生", "zh-Hans", "独孤先生，您好！"),
        ("王 小明", "zh-Hans", "王小明，您好！"),
        ("王小明 Xiaoming", "zh-Hans", "王小明，您好！"),
        ("小米旗舰店", "zh-Hans", "您好！"),
        ("Wang, Xiaoming", "zh-Hans", "Wang Xiaoming，您好！"),
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
        ("ПЕТРОВ ИВАН ПЕТРОВИЧ", "ru", "Здравствуйте, Иван Петрович!"),
        ("Petrov Ivan Petrovich", "ru", "Здравствуйте, Ivan Petrovich!"),
        ("Римский-Корсаков Николай", "ru", "Здравствуйте, Николай!"),
        ("Ким Анна", "ru", "Здравствуйте, Анна!"),
        ("Петров И. П.", "ru", "Здравствуйте!"),
        ("Господин Иванов", "ru", "Здравствуйте, господин Иванов!"),
        ("Нгуен Ван Минь", "ru", "Здравствуйте, Минь!"),
        ("Администратор", "ru", "Здравствуйте!"),
        ("Kim Lee", "en", "Hello Kim,"),
        ("Mr. John Smith", "en", "Hello John,"),
        ("Smith, John", "", "Hello John,"),
        ("Kim Lee (via Shop)", "en", "Hello Kim,"),
        ("王小明", "en", "Hello 王小明,"),
        ("kim.lee@example.com", "en", "Hello,"),
        ("Acme Trading Ltd.", "en", "Hello,"),
        ("Mr. Smith", "en", "Hello Mr. Smith,"),
        ("Nguyễn Văn Minh", "en", "Hello Minh,"),
        ("Nguyen Minh", "", "Hello Minh,"),
        ("JOHN O'BRIEN", "en", "Hello John,"),
        ("O'Brien", "en", "Hello O'Brien,"),
        ("J. Smith", "en", "Hello J. Smith,"),
        ("john.smith", "en", "Hello,"),
        ("no-reply", "en", "Hello,"),
        ("\u202eevil", "en", "Hello evil,"),
        ("a" * 500, "en", "Hello,"),
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
        ("Nguyễn Văn Minh", "vi", "Mr.", "Chào anh Minh,"),
        ("Wang Xiaoming", "zh-Hans", "Ms", "Wang Xiaoming 女士，您好！"),
        ("王小明", "en", "先生", "Hello Mr. 王,"),
        ("小明", "zh-Hans", "先生", "小明先生，您好！"),
        ("Анна Ким", "ru", "Ms.", "Здравствуйте, г-жа Ким!"),
        ("Minh", "vi", "Dr.", "Chào anh/chị Minh,"),
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
        ("van der Berg, Jan", "en", "Jan", "van der Berg"),
        ("NGUYỄN VĂN MINH", "vi", "Minh", "Nguyễn"),
        ("王女士", "zh-Hans", "王", "王"),
        ("欧阳", "zh-Hans", "欧阳", "欧阳"),
        ("Нгуен Ван Минь", "ru", "Минь", "Нгуен"),
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
