"""Countries by name, for shops that tell a name and take only a code."""

import re
import unicodedata

from .acting import invalid

# ISO 3166-1 with the names in English, and in the languages of the people who write to us.
_NAMES = """
    AC Ascension Island; AD Andorra; AE United Arab Emirates; AF Afghanistan; AG Antigua &
    Barbuda; AI Anguilla; AL Albania; AM Armenia; AN Netherlands Antilles; AO Angola; AR
    Argentina; AT Austria | Österreich; AU Australia; AW Aruba; AX Åland Islands; AZ Azerbaijan;
    BA Bosnia & Herzegovina; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG
    Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BL St. Barthélemy; BM Bermuda; BN Brunei; BO
    Bolivia; BQ Caribbean Netherlands; BR Brazil; BS Bahamas; BT Bhutan; BV Bouvet Island; BW
    Botswana; BY Belarus | Беларусь; BZ Belize; CA Canada; CC Cocos (Keeling) Islands; CD Congo
    - Kinshasa; CF Central African Republic; CG Congo - Brazzaville; CH Switzerland | Schweiz;
    CI Côte d’Ivoire; CK Cook Islands; CL Chile; CM Cameroon; CN China | 中国 | 中國; CO Colombia;
    CR Costa Rica; CU Cuba; CV Cape Verde; CW Curaçao; CX Christmas Island; CY Cyprus; CZ
    Czechia | Czech Republic; DE Germany | Deutschland; DJ Djibouti; DK Denmark; DM Dominica; DO
    Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER
    Eritrea; ES Spain | España; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FO Faroe
    Islands; FR France; GA Gabon; GB United Kingdom | Great Britain | England; GD Grenada; GE
    Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; GN
    Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South Georgia & South Sandwich
    Islands; GT Guatemala; GW Guinea-Bissau; GY Guyana; HK Hong Kong SAR | 香港; HM Heard &
    McDonald Islands; HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland;
    IL Israel; IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ Iraq; IR Iran; IS
    Iceland; IT Italy | Italia; JE Jersey; JM Jamaica; JO Jordan; JP Japan | 日本; KE Kenya; KG
    Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros; KN St. Kitts & Nevis; KP North Korea; KR
    South Korea | Korea | Republic of Korea | 韩国 | 韓國; KW Kuwait; KY Cayman Islands; KZ
    Kazakhstan | Казахстан; LA Laos; LB Lebanon; LC St. Lucia; LI Liechtenstein; LK Sri Lanka;
    LR Liberia; LS Lesotho; LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC
    Monaco; MD Moldova; ME Montenegro; MF St. Martin; MG Madagascar; MK North Macedonia; ML
    Mali; MM Myanmar (Burma); MN Mongolia; MO Macao SAR | 澳门 | 澳門; MQ Martinique; MR Mauritania;
    MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia | 马来西亚
    | 馬來西亞; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; NF Norfolk Island; NG
    Nigeria; NI Nicaragua; NL Netherlands | Holland; NO Norway; NP Nepal; NR Nauru; NU Niue; NZ
    New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG Papua New Guinea; PH
    Philippines; PK Pakistan; PL Poland | Polska; PM St. Pierre & Miquelon; PN Pitcairn Islands;
    PS Palestinian Territories; PT Portugal; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS
    Serbia; RU Russia | Russian Federation | Россия; RW Rwanda; SA Saudi Arabia; SB Solomon
    Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore | 新加坡; SH St. Helena; SI Slovenia;
    SJ Svalbard & Jan Mayen; SK Slovakia; SL Sierra Leone; SM San Marino; SN Senegal; SO
    Somalia; SR Suriname; SS South Sudan; ST São Tomé & Príncipe; SV El Salvador; SX Sint
    Maarten; SY Syria; SZ Eswatini; TA Tristan da Cunha; TC Turks & Caicos Islands; TD Chad; TF
    French Southern Territories; TG Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL
    Timor-Leste; TM Turkmenistan; TN Tunisia; TO Tonga; TR Türkiye | Turkey; TT Trinidad &
    Tobago; TV Tuvalu; TW Taiwan | Taiwan, Province of China | 台湾 | 台灣 | 臺灣; TZ Tanzania; UA
    Ukraine | Украина; UG Uganda; UM U.S. Outlying Islands; US United States | USA | 美国 | 美國; UY
    Uruguay; UZ Uzbekistan; VA Vatican City; VC St. Vincent & Grenadines; VE Venezuela; VG
    British Virgin Islands; VN Vietnam | Viet Nam | Việt Nam; VU Vanuatu; WF Wallis & Futuna; WS
    Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)))


_CODES: dict[str, str] = {
    _folded(name): code
    for code, names in re.findall(r"\b([A-Z]{2})\s([^;]+)", _NAMES)
    for name in names.split("|")
}


def country_code(country: str, known: str = "", known_code: str = "") -> str:
    """ISO 3166 of a country, given as code or name, or as the shop itself writes it in ``known``,
    whose code is ``known_code``; "" for none. Raises Problem(INVALID, what="country")."""
    text = country.strip()
    if not text:
        return ""
    if known_code and text.casefold() in (known.strip().casefold(), known_code.casefold()):
        return known_code
    if re.fullmatch("[A-Za-z]{2}", text):
        return text.upper()
    code = _CODES.get(_folded(text), "")
    if not code:
        raise invalid("country", country)
    return code
