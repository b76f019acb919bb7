"""What people paste is made storable, and nothing more."""

from deskapp.domain.plain import one_line, plain_text


def test_what_no_database_keeps_is_left_out() -> None:
    assert plain_text("a\x00b\ud800c") == "abc"


def test_lines_end_alike_and_letters_are_composed() -> None:
    assert plain_text("Hà\r\nNội\rđây") == "Hà\nNội\nđây"


def test_a_name_is_one_line_of_limited_length() -> None:
    assert one_line("  Anna\n\t Keller ") == "Anna Keller"
    assert one_line("Anna Keller", 4) == "Anna"


def test_emoji_and_rare_letters_stay() -> None:
    assert plain_text("👍🏽 𠮷") == "👍🏽 𠮷"
