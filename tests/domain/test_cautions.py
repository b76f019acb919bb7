"""Second looks before a reply leaves: what is noticed in each language, and what is left alone."""

import pytest

from deskapp.domain.addressed import greeted, is_one_of, name_candidates
from deskapp.domain.attachment_words import says_attached
from deskapp.domain.cautions import CautionKind, Surroundings, cautions, encoded_size, orders_in

ATTACHED = [
    "Invoice attached to this mail.",
    "PFA the invoice.",
    "Em gửi anh file đính kèm ạ.",
    "Anh vui lòng xem file đính kèm ạ.",
    "Смотрите вложение.",
    "Счёт в приложении к письму.",
    "Please find attached the invoice.",
    "I am attaching the label.",
    "I attach the photos of the jacket.",
    "The label is attached.",
    "See the attachment for the size table.",
    "Enclosed you find the warranty card.",
    "Em gửi đính kèm hóa đơn ạ.",
    "Shop gửi kèm ảnh sản phẩm.",
    "Hóa đơn trong file đính kèm nhé chị.",
    "附件是您的發票。",
    "隨信附上退貨標籤。",
    "请查收附件。",
    "我附上了发票。",
    "Счёт во вложении.",
    "Прикрепляю накладную.",
    "Прилагаем гарантийный талон.",
    "Чек прикреплён к письму.",
    "Anbei die Rechnung.",
    "Im Anhang finden Sie das Etikett.",
    "Das Etikett ist beigefügt.",
    "Veuillez trouver ci-joint la facture.",
    "La facture est en pièce jointe.",
    "Adjunto la factura.",
    "Le adjuntamos la etiqueta.",
]

NOT_ATTACHED = [
    "I could not find an attachment.",
    "Please send the photo as an attachment.",
    "The strap is attached with two screws.",
    "Em chưa nhận được file đính kèm.",
    "附件打不开。",
    "請將照片以附件寄給我們。",
    "Во вложении ничего нет.",
    "Пришлите фото во вложении.",
    "Инструкция прилагается к товару.",
    "Could you attach a photo of the damage?",
    "Thank you for the photo you attached.",
    "The file you have attached cannot be opened.",
    "We cannot open your attachment.",
    "There was no attachment in your mail.",
    "Nothing was attached, please send it again.",
    "The shop nearby is open until six.",
    "Anh vui lòng đính kèm ảnh giúp em.",
    "Chị gửi kèm hóa đơn cho shop nhé.",
    "File đính kèm của chị bị lỗi ạ.",
    "您的附件打不開，請再寄一次。",
    "请附上照片。",
    "没有看到附件。",
    "我們在附近有門市。",
    "Ваше вложение не открывается.",
    "Файл, который вы прикрепили, не открывается.",
    "Пожалуйста, прикрепите фото.",
    "Bitte hängen Sie ein Foto an.",
    "Ihr Anhang lässt sich nicht öffnen.",
    "Veuillez joindre une photo.",
    "Votre pièce jointe est illisible.",
    "Por favor, adjunte una foto.",
    "> Please find attached my receipt.",
    "Thanks!\n\nOn Mon, 2 Nov 2026 at 09:00, Mai Lan wrote:\nPlease find attached my receipt.",
    "Спасибо!\n\n2 ноября 2026, Анна написала:\nЧек во вложении.",
    "Cảm ơn chị.\n\nVào 9:00 thứ Hai, Mai Lan đã viết:\nEm gửi đính kèm hóa đơn.",
    "謝謝您。\n\n在 2026年11月2日，陳怡君 寫道：\n附件是照片。",
]


@pytest.mark.parametrize("text", ATTACHED)
def test_a_stated_attachment_is_noticed(text: str) -> None:
    place = says_attached("Hello,\n" + text)
    assert place is not None and place[0] >= 7


@pytest.mark.parametrize("text", NOT_ATTACHED)
def test_a_file_of_the_customers_or_a_quoted_one_is_not(text: str) -> None:
    assert says_attached(text) is None


def test_with_a_file_nothing_is_missing() -> None:
    assert cautions("Please find attached the invoice.", Surroundings(files=1)) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Mrs Smith,\n", "Smith"),
        ("Hi Tom!\nYour parcel", "Tom"),
        ("Kính gửi chị Lan Hương,", "Lan Hương"),
        ("Dạ chào anh Tuấn ạ,", "Tuấn"),
        ("Chào bạn Hùng,", "Hùng"),
        ("Уважаемая Анна Петровна!", "Анна Петровна"),
        ("Здравствуйте, Иван!", "Иван"),
        ("Sehr geehrte Frau Müller,", "Müller"),
        ("Bonjour Pierre,", "Pierre"),
        ("Estimada señora Pérez:", "Pérez"),
        ("王先生您好，", "王"),
        ("尊敬的李女士：", "李"),
        ("怡君您好，\n謝謝", "怡君"),
    ],
)
def test_the_greeted_name_is_found(text: str, name: str) -> None:
    found = greeted(text)
    assert found is not None and found.name == name
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "Dear customer,",
        "Dear Sir or Madam,",
        "Hello,\nthe Smith family",
        "Hi there,",
        "Hello, thank you for your order.",
        "Chào bạn,",
        "Chào anh chị,",
        "Kính gửi Quý khách,",
        "Здравствуйте!",
        "Уважаемый клиент!",
        "Sehr geehrte Damen und Herren,",
        "Bonjour,",
        "Hola:",
        "您好，",
        "尊敬的客户：",
        "親愛的顧客您好，",
        "謝謝您的來信。",
        "Your parcel is coming.",
        "> Dear Tom,",
    ],
)
def test_a_greeting_to_nobody_by_name_names_nobody(text: str) -> None:
    assert greeted(text) is None


@pytest.mark.parametrize(
    ("name", "people", "fits"),
    [
        ("Lan", ["Mai Lan"], True),
        ("Hoà", ["Trần Hòa"], True),
        ("Hương", ["Mai Lan"], False),
        ("Alex", ["Alexander Brown"], True),
        ("Tom", ["Anna Brown", "Tom Gray"], True),
        ("Tom", [""], True),
        ("王", ["王小明"], True),
        ("王小明", ["陳怡君"], False),
        ("怡君", ["陳怡君"], True),
        ("王", ["Wang Xiaoming"], True),
        ("Анна Петровна", ["Anna Petrova"], True),
        ("Анна Петровна", ["Анна Смирнова"], True),
        ("Иван", ["Анна Смирнова"], False),
    ],
)
def test_another_name_is_told_only_where_names_can_be_compared(
    name: str, people: list[str], fits: bool
) -> None:
    assert is_one_of(name, people) is fits


def test_another_customers_name_and_order_are_pointed_at_in_the_text_and_not_in_the_quote() -> None:
    text = "Hello Lan,\nNguyễn Văn Minh has order #20555.\n> Trần Văn Ba has order #30666"
    assert {"nguyen van minh", "van minh"} <= set(name_candidates(text))
    assert "tran van ba" not in name_candidates(text)
    assert list(orders_in(text)) == ["20555"]
    around = Surroundings(
        people=("Mai Lan",),
        others=frozenset({"nguyen van minh"}),
        strange_orders=frozenset({"20555", "30666"}),
    )
    found = cautions(text, around)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [
        (CautionKind.OTHER_NAME, "Nguyễn Văn Minh"),
        (CautionKind.OTHER_ORDER, "#20555"),
    ]


def test_the_right_name_and_order_cause_no_second_look() -> None:
    around = Surroundings(people=("Nguyễn Thị Lan", "Boss"), limit=10_000_000, size=9_000_000)
    assert cautions("Chào chị Lan,\nđơn hàng #10482 đang tới.", around) == ()


def test_nothing_at_all_and_too_much_are_both_told() -> None:
    found = cautions("  \n", Surroundings(size=11, limit=10))
    assert [one.kind for one in found] == [CautionKind.EMPTY, CautionKind.TOO_LARGE]
    assert cautions("", Surroundings(files=1)) == ()


def test_the_encoded_size_is_that_of_base64_lines() -> None:
    size = encoded_size("", [57_000_000])
    assert 57_000_000 * 78 / 57 <= size <= 57_000_000 * 78 / 57 + 10_000


def test_a_long_text_is_looked_through_in_no_time() -> None:
    long = ("Nguyen Van Minh attached you " * 4000)[:100_000]
    assert len(name_candidates(long)) < 600
    assert says_attached(long + ".") == (16, 24)
