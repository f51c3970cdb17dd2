"""Regions that reviews name with a release: by country, or by nationality of the cinemas."""

import re
from types import MappingProxyType

_COUNTRIES = MappingProxyType(
    {
        "GB": r"U\.?K\.?(?!\w)|United Kingdom|Great Britain|Britain|England|Scotland|Wales|Royaume-Uni"
        r"|Grande-Bretagne|Großbritannien|Vereinigten? Königreich",
        "US": r"U\.?S\.?A?\.?(?!\w)|United States|America|États-Unis|Etats-Unis|Vereinigten Staaten"
        r"|New York|Los Angeles",
        "IE": r"Ireland|Irlande|Irland",
        "FR": r"France|Frankreich",
        "DE": r"Germany|Allemagne|Deutschland",
        "AT": r"Austria|Autriche|Österreich",
        "CH": r"Switzerland|Suisse|Schweiz",
        "BE": r"Belgium|Belgique|Belgien",
        "LU": r"Luxembourg|Luxemburg",
        "CA": r"Canada|Québec|Quebec|Kanada",
        "AU": r"Australia|Australie|Australien",
        "NZ": r"New Zealand|Nouvelle-Zélande|Neuseeland",
        "NL": r"Netherlands|Pays-Bas|Niederlanden?",
        "ES": r"Spain|Espagne|Spanien",
        "IT": r"Italy|Italie|Italien",
        "JP": r"Japan|Japon",
        "KR": r"South Korea|Corée(?: du Sud)?|Südkorea",
        "IN": r"India|Inde|Indien",
        "PL": r"Poland|Pologne|Polen",
        "SE": r"Sweden|Suède|Schweden",
        "NO": r"Norway|Norvège|Norwegen",
        "DK": r"Denmark|Danemark|Dänemark",
        "BR": r"Brazil|Brésil|Brasilien",
        "MX": r"Mexico|Mexique|Mexiko",
    }
)
_NATIONAL = MappingProxyType(
    {
        "GB": r"British|Scottish|Welsh|English|britischen?|britanniques?",
        "US": r"American|amerikanischen?|américaine?s?|US-amerikanischen?",
        "IE": r"Irish|irischen?|irlandaise?s?",
        "FR": r"French|französischen?|française?s?",
        "DE": r"German|deutschen?|allemande?s?",
        "AT": r"Austrian|österreichischen?",
        "CH": r"Swiss|Schweizer|suisses?",
        "BE": r"Belgian|belgischen?|belges?",
        "CA": r"Canadian|kanadischen?|canadienne?s?|québécoise?s?",
        "AU": r"Australian|australischen?",
        "NZ": r"New Zealand",
        "ES": r"Spanish|spanischen?|espagnole?s?",
        "IT": r"Italian|italienischen?|italienne?s?",
        "NL": r"Dutch|niederländischen?|néerlandaise?s?",
        "SE": r"Swedish|schwedischen?|suédoise?s?",
        "DK": r"Danish|dänischen?|danoise?s?",
        "NO": r"Norwegian|norwegischen?|norvégienne?s?",
        "PL": r"Polish|polnischen?|polonaise?s?",
        "JP": r"Japanese|japanischen?|japonaise?s?",
        "KR": r"Korean|koreanischen?|coréenne?s?",
        "IN": r"Indian|indischen?|indienne?s?",
    }
)
_SCREENS = (
    r"(?:cinemas?|theat(?:er|re)s?|screens?|picture houses|multiplexes|release|audiences|viewers|television|TV"
    r"|Kinos?|Leinwände?n?|Kinostart|salles|écrans|cinémas)"
)
_COUNTRY = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _COUNTRIES.items())
    + r")(?![\w])"
)
_NATIONALITY = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _NATIONAL.items())
    + rf")(?= (?:(?:and|und|et) [\w-]+ )?(?:[a-zäöü]+ )?{_SCREENS}\b)"
)
_CODES = MappingProxyType(
    {"D": "DE", "A": "AT", "F": "FR", "UK": "GB", "GB": "GB", "US": "US", "USA": "US", "CH": "CH"}
)
_IN_BRACKETS = re.compile(r"\((D|A|F|UK|GB|USA?|CH)\)")
_EVERYWHERE = re.compile(
    r"\b(?:worldwide|globally|around the world|weltweit|dans le monde entier)\b", re.IGNORECASE
)


def find_regions(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the regions (ISO 3166-1 alpha-2) named in a stretch, in order, each once."""
    words = (*_COUNTRY.finditer(text, start, end), *_NATIONALITY.finditer(text, start, end))
    found = [(each.start(), str(each.lastgroup)) for each in words]
    found += [(each.start(), _CODES[each[1]]) for each in _IN_BRACKETS.finditer(text, start, end)]
    return tuple(dict.fromkeys(region for _, region in sorted(found)))


def is_everywhere(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch calls a release worldwide, so that no single region is meant."""
    return bool(_EVERYWHERE.search(text, start, end))
