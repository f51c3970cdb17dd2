"""Slack's escapes, undone."""

import pytest

from bot.language.grammar.slack import decode_slack


@pytest.mark.parametrize(
    ("wire", "typed"),
    [
        ("review Love &amp; Mercy", "review Love & Mercy"),
        ("&lt;3 &gt; &amp;amp;", "<3 > &amp;"),
        ("recommend with <@U024BE7LH> <@W1|ben>", "recommend with @U024BE7LH @W1"),
        ("see <#C024BE7LR|films> or <#C1>", "see #films or #C1"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@team> <!subteam^S2>", "@team @subteam"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("<https://letterboxd.com/film/her/>", "https://letterboxd.com/film/her/"),
        ("<http://letterboxd.com/film/her/|letterboxd.com/film/her/>", "letterboxd.com/film/her/"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("<https://a.example|my notes>", "my notes (https://a.example)"),
        ("<mailto:ana@a.example|ana@a.example>", "ana@a.example"),
        ("1 < 2, <unfinished", "1 < 2, <unfinished"),
        ("<@U1", "<@U1"),
    ],
)
def test_decodes(wire: str, typed: str) -> None:
    assert decode_slack(wire) == typed


def test_a_megabyte_of_brackets_is_read_in_no_time() -> None:
    for wire in ("<" * 1_000_000, "<https:a|" * 110_000, "&" * 1_000_000, "<@" * 500_000):
        assert decode_slack(wire) == wire
