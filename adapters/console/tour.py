"""Tour script: the lines of a few members, from a Saturday to the morning of a release."""

STARTS_AT = "2024-01-20T12:00Z"

OPENING = """\
A tour of Matinee on a throw-away database. It is 20 January 2024 in a film club called demo;
`ana>` is what a member called ana types.
"""

LINES = (
    "ana: /review All of Us Strangers",
    "fay: /review All of Us Strangers 5/5 I went in for the songs and came out holding hands.",
    "fay: /recommend",
    "ben: /recommend tender and a little ghostly under 110m",
    "ana: /remind All of Us Strangers",
    "now: 2024-01-26T09:00Z",
    "ana: /film Aftersun",
    "ana: /help",
)

CLOSING = """\
That was the tour. Now you: in a terminal, `make run` (or `matinee run`), then /review and a film.
"""
