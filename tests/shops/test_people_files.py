"""Files of customers of many makers: columns, encodings, vCards of three versions."""

from pathlib import Path

import pytest

from deskapp.domain.people_files import PersonData, PersonFault, PersonField
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.people import preview_people, read_people

SHOPIFY = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,"
    "Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,"
    "Tags,Note,Tax Exempt\n"
    "Mai,Lan,mai@customer.example,no,Lotus,5 Hoa,,Huế,,,Vietnam,VN,'53000,'+84912345678,no,"
    '120.00,3,"vip, wholesale","Rings ""often""",no\n'
)


def _file(folder: Path, text: str, encoding: str = "utf-8", name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _one(path: Path) -> PersonData:
    [person] = read_people(path).people
    return person


def test_shopifys_customers_are_read_whole(tmp_path: Path) -> None:
    one = _one(_file(tmp_path, SHOPIFY))
    assert (one.name, one.given_name, one.family_name) == ("Mai Lan", "Mai", "Lan")
    assert (one.emails, one.phones) == (("mai@customer.example",), ("+84912345678",))
    assert (one.address, one.country) == ("5 Hoa\n53000 Huế\nVietnam", "VN")
    assert (one.tags, one.notes) == (("vip", "wholesale"), ('Rings "often"',))
    assert (one.mail_ok, one.company) == (False, "Lotus")


@pytest.mark.parametrize(
    ("header", "encoding", "delimiter", "name"),
    [
        ("Họ và tên;Email;Số điện thoại;Ghi chú", "utf-8-sig", ";", "Nguyễn Thị Ánh"),
        ("ФИО\tПочта\tТелефон\tЗаметки", "cp1251", "\t", "Иван Соколов"),
        ("姓名,邮箱,电话,备注", "gb18030", ",", "王小明"),
        ("姓名,電子郵件,電話,備註", "utf-16", ",", "陳大文"),
        ("Name|E-Mail|Phone|Notes", "cp1252", "|", "José Müller"),
    ],
)
def test_any_delimiter_encoding_and_language(
    tmp_path: Path, header: str, encoding: str, delimiter: str, name: str
) -> None:
    row = delimiter.join((name, "a@b.example", "+84 912 345 678", "x"))
    one = _one(_file(tmp_path, f"{header}\n{row}\n", encoding))
    assert (one.name, one.emails, one.notes) == (name, ("a@b.example",), ("x",))


def test_rows_with_a_fault_are_left_out_and_named(tmp_path: Path) -> None:
    text = "Name,Email,Phone\nMai,mai@b.example,\nBad,not-a-mail,\nPhone,,12\n ,,\nOdd,,x\n"
    read = read_people(_file(tmp_path, text))
    assert [one.name for one in read.people] == ["Mai"]
    assert [(one.row, one.why, one.value) for one in read.faults] == [
        (3, PersonFault.BAD_MAIL, "not-a-mail"),
        (4, PersonFault.BAD_PHONE, "12"),
        (6, PersonFault.BAD_PHONE, "x"),
    ]


def test_a_heading_twice_and_phones_that_were_numbers_lose_nothing(tmp_path: Path) -> None:
    text = "Name,Email,Email,Phone\nMai,a@b.example,b@b.example,84912345678.0\n"
    [one] = read_people(_file(tmp_path, text)).people
    assert one.emails == ("a@b.example", "b@b.example")
    assert one.phones == ("84912345678",)


def test_a_file_that_names_nobody_is_refused_with_its_headings(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        read_people(_file(tmp_path, "Colour,Size\nred,5\nblue,6\n"))
    assert refused.value.kind is ProblemKind.WRONG_COLUMNS
    assert "Colour" in str(refused.value.details["found"])


def test_columns_can_be_named_by_hand(tmp_path: Path) -> None:
    path = _file(tmp_path, "Who,Where\nMai,mai@b.example\n")
    mapping = {PersonField.NAME: "Who", PersonField.EMAIL: "Where"}
    [one] = read_people(path, mapping).people
    assert (one.name, one.emails) == ("Mai", ("mai@b.example",))
    assert preview_people(path).sample == (("Mai", "mai@b.example"),)


VCARDS = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Nguy=E1=BB=85n;Th=E1=BB=8B =C3=81nh;;;\r
TEL;CELL;PREF:0912 345 678\r
NOTE;ENCODING=QUOTED-PRINTABLE:Line one=0D=0A=\r
and two\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Ivan \\, the great\r
item1.EMAIL;TYPE=INTERNET:ivan@b.exam\r
 ple\r
EMAIL;TYPE=INTERNET,pref:first@b.example\r
TEL;TYPE=FAX:+7 495 000 00 00\r
ADR;TYPE=HOME:;;Lenina 5;Moskva;;101000;Russia\r
X-SKYPE:ivan\r
PHOTO;ENCODING=b:AAAA\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:王小明\r
TEL;VALUE=uri;TYPE="voice,cell":tel:+8613800138000\r
LANG;PREF=1:zh\r
CATEGORIES:vip,老客户\r
UID:urn:uuid:1\r
END:VCARD\r
"""


def test_vcards_of_three_versions_in_one_file(tmp_path: Path) -> None:
    old, three, four = read_people(_file(tmp_path, VCARDS, name="people.vcf")).people
    assert (old.name, old.family_name, old.phones) == (
        "Nguyễn Thị Ánh",
        "Nguyễn",
        ("0912 345 678",),
    )
    assert old.notes == ("Line one\r\nand two",)
    assert (three.name, three.emails) == (
        "Ivan , the great",
        ("first@b.example", "ivan@b.example"),
    )
    assert (three.phones, three.address) == ((), "Lenina 5\n101000 Moskva\nRussia")
    assert (four.name, four.phones, four.language) == ("王小明", ("+8613800138000",), "zh")
    assert (four.tags, four.own_id) == (("vip", "老客户"), "urn:uuid:1")
