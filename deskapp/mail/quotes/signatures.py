"""What telephones and mail programs write below a mail about themselves, per language.

Every phrase must name a device or a program: "Отправлено из Москвы" is a customer's sentence.
"""

import re

_DEVICE = r"""(?:iphon|ipad|ipod|android|(?<!\w)i?mac(?!\w)|blackberry|galaxy|samsung|huawei|honor|
    xiaomi|redmi|(?<!\w)(?:oppo|vivo|mi|poco|lg|htc|zte|app)(?!\w)|pixel|nokia|lenovo|xperia|droid|
    windows|tablet|smartphone|phone|handy|mobil|téléphone|teléfono|telefon|cellulare|celular|
    (?-i:Mail|[A-Z]\w{0,8}mail|Почт|Пошт)|\[mail\]|outlook|hotmail|yahoo|proton|thunderbird|spark|tutanota|(?<!\w)qq(?!\w)|
    телефон|смартфон|планшет|điện\ thoại|thiết\ bị|máy\ tính\ bảng|ponsel|
    手机|手機|安卓|邮箱|郵箱|郵件|邮件|信箱|华为|華為|小米|三星|网易|網易|客户端|スマート|
    โทรศัพท์|มือถือ|هاتف|الهاتف|טלפון|הנייד)"""

SIGNATURE = re.compile(
    rf"""[\W_]*(?:
    (?:sent|written|typed)\ (?:from|via|with|by|using|on)\b[^,.;!?]{{0,60}}{_DEVICE}
    |sent\ from\ my\ (?:cell\b|[\w-]+(?:\ [\w-]+)?\W*\Z)
    |(?:\w+\ )?from\ (?:my\ )?(?:mobile|iphone|ipad|android|phone|blackberry|galaxy)\b
    |(?:get|tải|lấy|dapatkan|скачать|загрузить|télécharger|obtenir|obtener|obtén|
        ottieni|holen\ sie\ sich|获取|取得|下載|下载|獲取).{{0,20}}
        (?:outlook|(?-i:\w{{1,10}}Mail)\b)
    |provenance\ :\ courrier
    |(?:envoyé|expédié)\ (?:depuis|de|d’|d'|à\ partir|avec|via)[^,.;!?]{{0,40}}{_DEVICE}
    |enviado\ (?:desde|do|da|de|a\ partir|con|com|via|pelo)[^,.;!?]{{0,40}}{_DEVICE}
    |von\ mein\w+\ .{{1,40}}\ gesendet|gesendet\ (?:von|mit|aus|über)[^,.;!?]{{0,40}}{_DEVICE}
    |diese\ nachricht\ wurde\ (?:von|mit)\ .*gesendet
    |(?:verzonden|verstuurd)\ (?:met|vanaf|via|van|vanuit)[^,.;!?]{{0,40}}{_DEVICE}
    |inviato\ (?:da|dal|dall|con|tramite)[^,.;!?]{{0,40}}{_DEVICE}
    |wysłan[eoay]\ (?:z|ze|za)[^,.;!?]{{0,40}}{_DEVICE}
    |(?:skickat\ från|sendt\ fra|lähetetty)[^,.;!?]{{0,40}}{_DEVICE}
    |(?:отправлено|послано|написано|надіслано|відправлено)\ (?:с|со|из|от|через|з|із|зі|від)\b
        [^,.;!?]{{0,50}}{_DEVICE}
    |(?:đã\ |được\ )*(?:gửi|viết)\ (?:từ|bằng|qua)\b[^,.;!?]{{0,40}}{_DEVICE}
    |(?:odesláno|odoslané|elküldve|küldve|trimis|στάλθηκε|dikirim)\b[^,.;!?]{{0,40}}{_DEVICE}
    |.{{1,40}}{_DEVICE}.{{0,25}}\ gönderildi|{_DEVICE}.{{0,25}}\ gönderildi
    |[^,.;!?]{{0,20}}{_DEVICE}.{{0,20}}\ (?:küldve|küldtem)\W*\Z
    |(?:ส่ง|ถูกส่ง)จาก[^,.;!?]{{0,30}}{_DEVICE}
    |(?:تم\ الإرسال|مرسل|مرسلة|أرسلت|أُرسلت)\ من[^,.;!?]{{0,30}}{_DEVICE}
    |נשלח\ מ[^,.;!?]{{0,30}}{_DEVICE}
    |(?:发自|發自|寄自|来自|來自|发送自|傳送自)(?:我的)?[^,.;!?]{{0,30}}{_DEVICE}.{{0,10}}\Z
    |(?:从|從|由|透過|通过).{{0,30}}{_DEVICE}.{{0,12}}(?:发送|傳送|传送|發送|发出|寄出|送出)\W*\Z
    |.{{0,30}}から送信\w{{0,6}}\W*\Z|.{{0,30}}에서\ (?:보냄|전송)\W*\Z
    )""",
    re.IGNORECASE | re.VERBOSE,
)
