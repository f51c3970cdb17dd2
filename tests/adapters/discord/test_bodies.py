"""What looks at every body the bot sends would see what is wrong with one."""

import pytest

from tests.adapters.discord.bodies import IS_V2, SPEC, Inspector
from tests.adapters.discord.payloads import Json

SEND = "/channels/{channel_id}/messages"
QUIET: Json = {"allowed_mentions": {"parse": []}}
described = pytest.mark.skipif(
    not SPEC.exists(), reason="the description of Discord's API is not beside the project"
)


def complaints(body: Json, files: tuple[str, ...] = ()) -> str:
    inspector = Inspector()
    inspector.look("post", SEND, body, files)
    return "; ".join(inspector.complaints)


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(custom_id: str) -> Json:
    return {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}


def test_a_sound_body_passes() -> None:
    assert complaints({**QUIET, "content": "Her is out."}) == ""
    row = {"type": 1, "components": [button("a"), button("b")]}
    assert complaints({**QUIET, "flags": IS_V2, "components": [text("Her"), row]}) == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"content": "Her"}, "nothing said about mentions"),
        ({"content": "Her", "allowed_mentions": {"parse": ["users"]}}, "mentions allowed"),
        ({**QUIET, "content": "x" * 2_001}, "content too long"),
        ({**QUIET, "content": "x", "flags": IS_V2}, "text beside components"),
        ({**QUIET, "flags": IS_V2, "components": [text("x")] * 41}, "41 components"),
        ({**QUIET, "flags": IS_V2, "components": [text("x" * 2_001)] * 2}, "too much text"),
        (
            {**QUIET, "components": [{"type": 1, "components": [button("a"), button("a")]}]},
            "one id twice",
        ),
        (
            {
                **QUIET,
                "flags": IS_V2,
                "components": [{"type": 13, "file": {"url": "attachment://a.txt"}}],
            },
            "shown {'a.txt'}",
        ),
    ],
)
def test_what_we_never_do_would_be_seen(body: Json, said: str) -> None:
    assert said in complaints(body)


@described
@pytest.mark.parametrize(
    "body",
    [
        {**QUIET, "content": "x", "tts": "loud"},
        {**QUIET, "components": [{"type": 1, "components": [{**button("a"), "style": 9}]}]},
        {**QUIET, "components": [{"type": 10, "content": ""}]},
        {**QUIET, "content": "x", "nonce": "n" * 26},
    ],
)
def test_what_discord_does_not_describe_would_be_seen(body: Json) -> None:
    assert "post /channels" in complaints(body)
