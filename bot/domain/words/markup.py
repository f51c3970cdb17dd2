"""Text copied from web pages: its tags and entities are taken out, its paragraphs kept."""

import html
import re

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import printable

_UNSHOWN = lazy_pattern(
    r"<(script|style|head)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
_BREAK = lazy_pattern(
    r"<(?:br\s*/?|/p|/li|/blockquote|/div|/tr|/h[1-6]|/section|/article)\s*>", re.IGNORECASE
)
_TAG = lazy_pattern(r"</?[a-z!][^<>]{0,500}>", re.IGNORECASE)
_OF_A_PAGE = lazy_pattern(
    r"<(?:p|br|div|span|em|strong|b|i|a\s|h[1-6]|ul|ol|li|blockquote|html|body|article|section)\b[^<>]{0,500}>",
    re.IGNORECASE,
)


def plain_text(text: str) -> str:
    """Return a text without markup and entities, its paragraphs kept."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _UNSHOWN.sub("", text)))
    text = printable(html.unescape(text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def without_page_markup(text: str) -> str:
    """Return the plain text of a piece of a web page; any other text as it is."""
    return plain_text(text) if _OF_A_PAGE.search(text) else text
