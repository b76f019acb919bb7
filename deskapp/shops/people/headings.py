"""The headings of customer files in the languages of our customers, and as shops write them."""

from collections.abc import Sequence

from deskapp.domain.people_files import PeopleMapping, PersonField

from ..files.header_words import folded_header

F = PersonField

# The likeliest first. Shopify's are those of its customers CSV (domain.md 1.4); Google's and
# Outlook's those of their address books.
_SPELLINGS: dict[PersonField, str] = {
    F.DESK_ID: "deskapp id",
    F.OWN_ID: "customer id|customer number|id|kundennummer|mã khách hàng|номер клиента|客户编号|"
    "客戶編號|会员编号",
    F.NAME: "name|full name|customer name|display name|customer|tên|họ và tên|họ tên|"
    "tên khách hàng|имя клиента|фио|клиент|姓名|客户姓名|客戶姓名|名称|名稱",
    F.FIRST_NAME: "first name|given name|firstname|vorname|tên gọi|имя|名",
    F.LAST_NAME: "last name|family name|surname|lastname|nachname|họ|фамилия|姓",
    F.EMAIL: "email|e-mail|email address|e-mail address|e-mail 1 - value|mail|email 1|"
    "địa chỉ email|thư điện tử|почта|эл. почта|электронная почта|邮箱|電子郵件|电子邮件|信箱",
    F.MORE_EMAILS: "other emails|e-mail 2 - value|e-mail 2 address|email 2",
    F.PHONE: "phone|telephone|phone number|mobile|mobile phone|phone 1 - value|"
    "default address phone|tel|điện thoại|số điện thoại|sđt|телефон|моб. телефон|电话|電話|手机|"
    "手機",
    F.MORE_PHONES: "other phones|phone 2 - value|business phone|home phone|phone 2",
    F.HANDLE: "handle|social|nickname|zalo|wechat|微信|telegram",
    F.COMPANY: "company|organization|organisation|organization name|organization 1 - name|"
    "default address company|firma|công ty|компания|организация|公司",
    F.HONORIFIC: "title|honorific|salutation|name prefix|anrede|danh xưng|обращение|称呼|稱呼",
    F.LANGUAGE: "language|locale|sprache|ngôn ngữ|язык|语言|語言",
    F.TIME_ZONE: "time zone|timezone|múi giờ|часовой пояс|时区|時區",
    F.ADDRESS: "address|postal address|address 1 - formatted|địa chỉ|адрес|地址",
    F.STREET: "address1|street|default address address1|street 1|straße|đường|улица|街道",
    F.STREET_2: "address2|street 2|default address address2",
    F.CITY: "city|town|default address city|ort|stadt|thành phố|город|城市",
    F.PROVINCE: "province|state|region|province code|default address province code|tỉnh|область|"
    "省|州",
    F.ZIP: "zip|postcode|postal code|zip code|default address zip|plz|mã bưu chính|индекс|邮编|"
    "郵遞區號",
    F.COUNTRY: "country|land|quốc gia|nước|страна|国家|國家",
    F.COUNTRY_CODE: "country code|default address country code",
    F.TAGS: "tags|labels|group membership|nhãn|метки|теги|标签|標籤",
    F.NOTE: "note|notes|comment|remarks|ghi chú|заметка|заметки|примечание|备注|備註",
    F.MUST_KNOW: "must know|cần biết|важно|必读|必讀",
    F.VIP: "vip",
    F.MAIL_OK: "accepts email marketing|accepts marketing|accepts mail|newsletter|"
    "nhận email|рассылка|订阅|訂閱",
}


def _by_heading() -> dict[str, tuple[PersonField, int]]:
    words: dict[str, tuple[PersonField, int]] = {}
    for field, spellings in _SPELLINGS.items():
        for rank, spelling in enumerate(spellings.split("|")):
            words.setdefault(folded_header(spelling), (field, rank))
    return words


_BY_HEADING = _by_heading()
ALL_HEADINGS = tuple(one for some in _SPELLINGS.values() for one in some.split("|"))


def proposed_mapping(header: Sequence[str]) -> PeopleMapping:
    """Which column means what; of two that could mean the same the likelier one."""
    best: dict[PersonField, tuple[int, str]] = {}
    for heading in header:
        found = _BY_HEADING.get(folded_header(heading))
        if found is None:
            continue
        field, rank = found
        if field not in best or rank < best[field][0]:
            best[field] = (rank, heading)
    return {field: best[field][1] for field in PersonField if field in best}
