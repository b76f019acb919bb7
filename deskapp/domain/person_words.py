"""The few words of a person's own export, in the languages of our customers."""

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "What we have about you",
        "made": "Made on",
        "contacts": "Contacts",
        "facts": "Facts",
        "notes": "Our notes",
        "orders": "Orders",
        "talks": "Conversations",
        "files": "Files",
        "original": "Original mail",
        "all": "Everything as data",
        "you": "You",
        "we": "We",
        "note": "Our note",
    },
    "vi": {
        "title": "Những gì chúng tôi lưu về bạn",
        "made": "Lập ngày",
        "contacts": "Liên hệ",
        "facts": "Thông tin",
        "notes": "Ghi chú của chúng tôi",
        "orders": "Đơn hàng",
        "talks": "Trao đổi",
        "files": "Tệp đính kèm",
        "original": "Thư gốc",
        "all": "Toàn bộ dữ liệu",
        "you": "Bạn",
        "we": "Chúng tôi",
        "note": "Ghi chú nội bộ",
    },
    "zh": {
        "title": "我们保存的关于您的资料",
        "made": "生成日期",
        "contacts": "联系方式",
        "facts": "资料",
        "notes": "我们的备注",
        "orders": "订单",
        "talks": "往来记录",
        "files": "附件",
        "original": "原始邮件",
        "all": "全部数据",
        "you": "您",
        "we": "我们",
        "note": "内部备注",
    },
    "zh-hant": {
        "title": "我們保存的關於您的資料",
        "made": "產生日期",
        "contacts": "聯絡方式",
        "facts": "資料",
        "notes": "我們的備註",
        "orders": "訂單",
        "talks": "往來紀錄",
        "files": "附件",
        "original": "原始郵件",
        "all": "全部資料",
        "you": "您",
        "we": "我們",
        "note": "內部備註",
    },
    "ru": {
        "title": "Что мы о вас храним",
        "made": "Составлено",
        "contacts": "Контакты",
        "facts": "Сведения",
        "notes": "Наши заметки",
        "orders": "Заказы",
        "talks": "Переписка",
        "files": "Файлы",
        "original": "Исходное письмо",
        "all": "Все данные",
        "you": "Вы",
        "we": "Мы",
        "note": "Наша заметка",
    },
}


def person_words(language: str) -> dict[str, str]:
    """The words in a customer's language (BCP 47), English for any that we do not speak."""
    tag = language.casefold().replace("_", "-")
    if tag in ("zh-tw", "zh-hk", "zh-hant") or tag.startswith("zh-hant"):
        return _WORDS["zh-hant"]
    return _WORDS.get(tag.partition("-")[0], _WORDS["en"])
