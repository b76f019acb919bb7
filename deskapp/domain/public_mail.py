"""Which mail domains say nothing about who somebody works for.

Anybody can have an address at a provider, a school's or an access company's server. A list changes
slowly and is short enough to read; what is not in it becomes a company that one click takes away.
"""

from .contact import is_mail_address
from .sites import in_ascii, site_of

_PUBLIC_NAMES = """
    gmail.com googlemail.com google.com outlook.com hotmail.com live.com msn.com passport.com
    windowslive.com
    yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com verizon.net att.net
    icloud.com me.com mac.com apple.com privaterelay.appleid.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com
    tutamail.com hey.com fastmail.com fastmail.fm hushmail.com mailfence.com zoho.com zohomail.com
    zohomail.eu mail.com email.com usa.com post.com consultant.com europe.com gmx.com gmx.us
    duck.com mozmail.com simplelogin.com anonaddy.com addy.io
    comcast.net sbcglobal.net cox.net charter.net bellsouth.net earthlink.net juno.com
    optonline.net frontier.com rogers.com shaw.ca sympatico.ca telus.net videotron.ca

    qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net vip.163.com vip.126.com 188.com
    sina.com sina.cn vip.sina.com sohu.com vip.sohu.com tom.com 21cn.com 139.com wo.cn 189.cn
    aliyun.com 263.net eyou.com chinaren.com sogou.com 111.com 51.com
    hinet.net seed.net.tw pchome.com.tw yahoo.com.tw yam.com msa.hinet.net ms.hinet.net
    netvigator.com yahoo.com.hk i-cable.com hkbn.net ctimail.com

    mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru vk.com yandex.ru yandex.com yandex.by
    yandex.kz yandex.ua yandex.uz ya.ru narod.ru rambler.ru lenta.ru autorambler.ru myrambler.ru
    ro.ru rambler.ua pochta.ru mail.ua ukr.net i.ua meta.ua bigmir.net email.ua online.ua tut.by
    mail.kz mail.bg abv.bg

    yahoo.com.vn vnn.vn fpt.vn hcm.vnn.vn hn.vnn.vn viettel.vn vdc.com.vn vnpt.vn

    web.de gmx.de gmx.net gmx.at gmx.ch t-online.de freenet.de arcor.de posteo.de posteo.net
    mailbox.org online.de 1und1.de bluewin.ch hispeed.ch sunrise.ch
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr aliceadsl.fr numericable.fr
    libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it inwind.it iol.it
    btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com blueyonder.co.uk
    o2.pl onet.pl op.pl onet.eu wp.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl
    seznam.cz centrum.cz email.cz volny.cz azet.sk zoznam.sk freemail.hu citromail.hu
    ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl xs4all.nl telenet.be skynet.be proximus.be
    telia.com bredband.net online.no telefonica.net terra.es sapo.pt clix.pt mail.dk
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com
    naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp au.com
    softbank.ne.jp i.softbank.jp nifty.com ocn.ne.jp rediffmail.com indiatimes.com
    bigpond.com optusnet.com.au iinet.net.au xtra.co.nz mailinator.com guerrillamail.com
    10minutemail.com yopmail.com temp-mail.org
    marketplace.amazon.com members.ebay.com
"""
_PUBLIC = frozenset(_PUBLIC_NAMES.split())
_EVERYWHERE = frozenset({"yahoo", "hotmail", "live", "outlook", "gmx", "yandex", "ymail", "msn"})
"""Names that their owners hold under the endings of many countries."""


def is_public_mail(domain: str) -> bool:
    """Whether anybody can have an address there."""
    host = (in_ascii(domain) or domain).lower().strip(".")
    site = site_of(host)
    labels = host.split(".")
    endings = {".".join(labels[at:]) for at in range(len(labels) - 1)}
    return bool(endings & _PUBLIC) or site.partition(".")[0] in _EVERYWHERE


def company_domain(address: str) -> str:
    """The domain that a company is known by, in ASCII without its subdomains, "" where the
    address (or bare domain) says nothing of a company."""
    domain = address.rpartition("@")[2].strip()
    if not is_mail_address(f"a@{domain}") or is_public_mail(domain):
        return ""
    host = in_ascii(domain)
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or domain.startswith("["):
        return ""
    site = site_of(host)
    return "" if "." not in site or site in _RESERVED or labels[-1] in _RESERVED else site


_RESERVED = frozenset(
    {"local", "lan", "internal", "invalid", "localhost", "localdomain", "test"}
    | {"example.com", "example.net", "example.org"}
)
"""Nobody's names (RFC 6761, RFC 2606) and those inside one house: two customers' ``mail.local``
are two companies."""
