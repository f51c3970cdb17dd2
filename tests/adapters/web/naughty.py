"""Five hundred texts that would be markup, script, template, header or path wherever somebody forgot to escape them."""

_SCRIPTS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<b onclick=alert(1)>x</b>",
    "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>", "<body onload=alert(1)>", "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example/>", "<form action=//evil.example><button>x",
    "<object data=//evil.example>", "<embed src=//evil.example>", "<link rel=stylesheet href=//evil.example>", "<math><mtext><script>x",
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)>", "<!--<script>-->", "<![CDATA[<b>]]>",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}{{ config }}", "${7*7}", "#{7*7}", "&lt;script&gt;", "&#60;b&#62;",
    "'; DROP TABLE reviews; --", "1' OR '1'='1", "\\r\\nSet-Cookie: x=1", "%0d%0aLocation: //evil.example", "../../etc/passwd", "%2e%2e%2f", "\\x00\\u0000",
    "\u202egnp.exe", "\u200bzero\u200dwidth", "\ufeffmark", "<!DOCTYPE html>", "]]>", "<?xml version='1.0'?>",
)  # fmt: skip

_AROUND = (
    "{}", '">{}', "'>{}", "</textarea>{}", "</title>{}", "</details>{}", "||{}||", "`{}`", "[x]({})", "**{}**", "x' {} y='", "-->{}", "<<{}",
)  # fmt: skip

TEXTS = tuple(around.replace("{}", each) for each in _SCRIPTS for around in _AROUND)[:500]
"""All of them."""
