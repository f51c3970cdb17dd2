"""Slack's limits, in one table: characters of texts, numbers of elements, seconds and uses.

From Block Kit's reference; where that is silent, from refusals of Slack's.
"""

BLOCKS = 50
"""Blocks of a message."""

VIEW_BLOCKS = 100
"""Blocks of a modal or of App Home."""

WRITTEN = 10_000
"""Characters of all texts of a message's blocks together: one of some 13,200 was refused."""

TEXT = 3_000
"""Characters of the text beside the blocks, for notifications; Slack cuts much later."""

HEADER = 150
SECTION = 3_000
CONTEXT = 2_000
ELEMENTS = 25
"""Elements of one row of actions."""

BUTTON = 75
ACTION_ID = 255
VALUE = 2_000
PLACEHOLDER = 150
OPTIONS = 100
OPTION = 75
OPTION_VALUE = 150
LABEL = 2_000
ALT = 2_000
URL = 3_000
INPUT = 3_000
"""Characters that can be typed into a modal."""

TITLE = 24
"""Characters of a modal's title, and of each of its two buttons."""

ERROR = 2_000
"""Characters of the error below a field."""

CHARTS = 2
"""Charts of a message."""

CHART_TITLE = 50
CHART_LABEL = 20
CHART_BARS = 20

RESPONSES = 5
RESPONSE_MINUTES = 30
"""Uses of a response_url, and minutes for which it is valid."""

BODY = 1024 * 1024
"""Bytes of an HTTP request; Slack's own are far smaller."""

AGE = 300
"""Seconds by which a request's time stamp may differ from the clock."""
