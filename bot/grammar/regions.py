"""Regions: ISO 3166-1 alpha-2 codes, by code, by name, by what people call them."""

from collections.abc import Mapping
from types import MappingProxyType

_ISO = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania
AM Armenia|AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba
AX Aland Islands|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium
BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BL Saint Barthelemy|BM Bermuda|BN Brunei
BO Bolivia|BQ Bonaire|BR Brazil|BS Bahamas|BT Bhutan|BV Bouvet Island|BW Botswana|BY Belarus
BZ Belize|CA Canada|CC Cocos Islands|CD Democratic Republic of the Congo
CF Central African Republic|CG Congo|CH Switzerland|CI Ivory Coast|CK Cook Islands|CL Chile
CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde|CW Curacao|CX Christmas Island
CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria
EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji
FK Falkland Islands|FM Micronesia|FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada
GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|GN Guinea
GP Guadeloupe|GQ Equatorial Guinea|GR Greece|GS South Georgia|GT Guatemala|GU Guam|GW Guinea-Bissau
GY Guyana|HK Hong Kong|HM Heard Island|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia
IE Ireland|IL Israel|IM Isle of Man|IN India|IO British Indian Ocean Territory|IQ Iraq|IR Iran
IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia
KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait
KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka
LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova
ME Montenegro|MF Saint Martin|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar
MN Mongolia|MO Macao|MP Northern Mariana Islands|MQ Martinique|MR Mauritania|MS Montserrat|MT Malta
MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NC New Caledonia
NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|NR Nauru|NU Niue
NZ New Zealand|OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines
PK Pakistan|PL Poland|PM Saint Pierre and Miquelon|PN Pitcairn|PR Puerto Rico|PS Palestine|PT Portugal
PW Palau|PY Paraguay|QA Qatar|RE Reunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia
SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SH Saint Helena|SI Slovenia
SJ Svalbard|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan
ST Sao Tome and Principe|SV El Salvador|SX Sint Maarten|SY Syria|SZ Eswatini
TC Turks and Caicos Islands|TD Chad|TF French Southern Territories|TG Togo|TH Thailand|TJ Tajikistan
TK Tokelau|TL East Timor|TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey|TT Trinidad and Tobago|TV Tuvalu
TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|UM US Minor Outlying Islands|US United States|UY Uruguay
UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela
VG British Virgin Islands|VI US Virgin Islands|VN Vietnam|VU Vanuatu|WF Wallis and Futuna|WS Samoa
YE Yemen|YT Mayotte|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""
_ALSO = """
GB UK|GB U.K.|GB Great Britain|GB Britain|GB England|GB Scotland|GB Wales|GB Northern Ireland|US USA
US U.S.|US U.S.A.|US America|US States|US United States of America|AE UAE|AE Emirates|CZ Czech Republic
NL Holland|KR Korea|CN PRC|DE Deutschland|FR La France|ES España|ES Espana|IT Italia|AT Österreich
AT Osterreich|CH Schweiz|CH Suisse|BE Belgique|BE Belgie|BR Brasil|MX México|JP Nippon|SE Sverige
NO Norge|DK Danmark|FI Suomi|PL Polska|TR Türkiye|TR Turkiye|RU Russian Federation|IE Eire
IE Republic of Ireland|MM Burma|CI Côte d'Ivoire|CI Cote d'Ivoire|CV Cabo Verde|SZ Swaziland
TL Timor-Leste|MK Macedonia|CD DRC|VN Viet Nam|MO Macau|VA Vatican|AX Åland Islands|CW Curaçao
RE Réunion|ST São Tomé and Príncipe|BA Bosnia
"""
_ALSO_WORDS = frozenset(
    {"am", "as", "at", "be", "do", "in", "is", "it", "la", "me", "my", "no", "so", "to"}
)
"""Codes that are words too: they count as regions inside a sentence only in capitals."""

_LONGEST = 40


def _codes() -> Mapping[str, str]:
    """Return every name, in lower case, with its code; official names win."""
    rows = [row for table in (_ALSO, _ISO) for line in table.split("\n") for row in line.split("|")]
    named = [row.partition(" ") for row in rows if row]
    return MappingProxyType(
        {name.casefold(): code for code, _, name in named}
        | {code.casefold(): code for code, _, _ in named}
    )


CODES = _codes()


def region_code(text: str) -> str | None:
    """Return the ISO code of a region named in any of these ways; None if it is none."""
    name = text.strip().strip("\"'“”,;:").strip()
    if len(name) > _LONGEST:
        return None
    name = " ".join(name.casefold().split()).removeprefix("the ")
    return CODES.get(name) or CODES.get(name.rstrip("."))


def region_in_sentence(text: str) -> str | None:
    """Read a region where it may be a plain word: "in it" and "in me" are not meant as regions."""
    return None if text.strip() in _ALSO_WORDS else region_code(text)
