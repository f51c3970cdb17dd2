"""Block Kit's rules, written down apart from the renderer: what Slack would refuse, and why.

After Slack's public reference of blocks and elements. Limits of which that says nothing are those
that Slack was seen to keep.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block

Json = Mapping[str, Any]
Check = Callable[[Json], Iterator[str]]

MESSAGE, VIEW = 50, 100
TOGETHER = 10_000


def refused(blocks: list[dict[str, Any]], most: int = MESSAGE) -> list[str]:
    """Say what Slack would refuse of the blocks of a message, or of a view."""
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    found += [why for block in blocks for why in _block(block)]
    for block in blocks:
        ids = [each["action_id"] for each in block.get("elements", ()) if "action_id" in each]
        if len(set(ids)) != len(ids):
            found.append("two actions of one name")
    if sum(block["type"] == "data_visualization" for block in blocks) > (
        2 if most == MESSAGE else 0
    ):
        found.append("too many charts")
    if most == MESSAGE and (length := sum(map(_length, blocks))) > TOGETHER:
        found.append(f"{length} characters")
    return found + _sdk(blocks)


def refused_view(view: Json) -> list[str]:
    """Say what Slack would refuse of a modal or of App Home."""
    found = refused(view["blocks"], VIEW)
    if view["type"] == "modal":
        for name in ("title", "submit", "close"):
            found += _text(view[name], 24)
        if len(view.get("private_metadata", "")) > 3_000:
            found.append("too much metadata")
        ids = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
        if len(set(ids)) != len(ids):
            found.append("two fields of one name")
    return found


def visible(node: object) -> Iterator[str]:
    """Collect every text that a reader sees, or has read out."""
    match node:
        case dict():
            for name, value in node.items():
                if name not in {"value", "action_id", "type"}:
                    yield from visible(value)
        case list() | tuple():
            for each in node:
                yield from visible(each)
        case str():
            yield node


def _sdk(blocks: list[dict[str, Any]]) -> list[str]:
    """Ask the SDK's own models too, where they know a block whole."""
    found = []
    known = [each for each in blocks if each["type"] != "data_visualization"]  # newer than the SDK
    for each in Block.parse_all(known):
        try:
            each.validate_json()
        except Exception as error:  # noqa: BLE001 - whatever it has against it
            found.append(str(error))
    return found


def _length(node: object) -> int:
    if isinstance(node, Mapping):
        return sum(_length(value) for name, value in node.items() if name != "type")
    if isinstance(node, list):
        return sum(map(_length, node))
    return len(node) if isinstance(node, str) else 0


def _block(block: Json) -> Iterator[str]:
    checks: dict[str, Check] = {
        "header": lambda b: iter(_text(b["text"], 150)),
        "context": _context,
        "divider": lambda _: iter(()),
        "image": _image,
        "section": _section,
        "actions": _actions,
        "rich_text": _rich,
        "input": _input,
        "data_visualization": _chart,
    }
    check = checks.get(block["type"])
    if check is None:
        yield f"no such block: {block['type']}"
    else:
        yield from check(block)
    if len(block.get("block_id", "")) > 255:
        yield "a block's id is too long"


def _chart(block: Json) -> Iterator[str]:
    """Check a bar chart: a title, one series or more, and a value for each of the categories."""
    if not 1 <= len(block["title"]) <= 50:
        yield "a chart's title"
    series, categories = block["chart"]["series"], block["chart"]["axis_config"]["categories"]
    if not 1 <= len(series) <= 6 or not 1 <= len(categories) <= 20:
        yield "a chart's size"
    for each in series:
        labels = [point["label"] for point in each["data"]]
        if labels != categories or not all(1 <= len(label) <= 20 for label in labels):
            yield "a chart's labels"
        if not 1 <= len(each["name"]) <= 20:
            yield "a series' name"


def _text(text: Json, most: int) -> list[str]:
    found = [] if text["type"] == "plain_text" else [f"{text['type']} could be markup"]
    if not 1 <= len(text["text"]) <= most or not text["text"].strip():
        found.append(f"a text of {len(text['text'])}, at most {most}")
    if text.get("emoji"):
        found.append("names of emoji would be pictures")
    return found


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield f"a context of {len(block['elements'])}"
    for each in block["elements"]:
        yield from _text(each, 2_000)


def _image(image: Json) -> Iterator[str]:
    if not image["image_url"].startswith("https://") or len(image["image_url"]) > 3_000:
        yield "not a picture's address"
    if not 1 <= len(image["alt_text"]) <= 2_000:
        yield "no description of a picture"


def _section(block: Json) -> Iterator[str]:
    yield from _text(block["text"], 3_000)
    if "accessory" in block:
        yield from _image(block["accessory"])


def _actions(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield f"a row of {len(block['elements'])}"
    for each in block["elements"]:
        yield from _element(each)


def _element(element: Json) -> Iterator[str]:
    if not 1 <= len(element["action_id"]) <= 255:
        yield "an action's id"
    kinds: dict[str, Check] = {
        "button": _button,
        "static_select": _select,
        "external_select": _select,
        "radio_buttons": _select,
        "plain_text_input": _typed,
        "datepicker": lambda _: iter(()),
        "users_select": lambda _: iter(()),
        "multi_users_select": lambda _: iter(()),
        "conversations_select": lambda _: iter(()),
        "file_input": lambda e: iter([] if 1 <= e["max_files"] <= 10 else ["files"]),
    }
    kind = kinds.get(element["type"])
    if kind is None:
        yield f"no such element: {element['type']}"
    else:
        yield from kind(element)


def _button(button: Json) -> Iterator[str]:
    yield from _text(button["text"], 75)
    if len(button.get("value", "")) > 2_000:
        yield "a button's value"
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "a button's style"


def _select(select: Json) -> Iterator[str]:
    most = 10 if select["type"] == "radio_buttons" else 100
    options = select.get("options", [])
    if select["type"] != "external_select" and not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    if "placeholder" in select:
        yield from _text(select["placeholder"], 150)
    values = [each["value"] for each in options]
    if len(set(values)) != len(values):
        yield "two options of one value"
    chosen = [select["initial_option"]] if "initial_option" in select else []
    if options and chosen and chosen[0] not in options:
        yield "what is chosen is no option"
    for each in [*options, *chosen]:
        yield from _text(each["text"], 75)
        if not 1 <= len(each["value"]) <= 150:
            yield "an option's value"
        if "description" in each:
            yield from _text(each["description"], 75)


def _typed(field: Json) -> Iterator[str]:
    if not 1 <= field["max_length"] <= 3_000:
        yield "a field's length"
    if len(field.get("initial_value", "")) > field["max_length"]:
        yield "a field is filled with too much"


def _input(block: Json) -> Iterator[str]:
    yield from _text(block["label"], 2_000)
    if "hint" in block:
        yield from _text(block["hint"], 2_000)
    yield from _element(block["element"])


def _rich(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "an empty rich text"
    for part in block["elements"]:
        if part["type"] not in {
            "rich_text_section",
            "rich_text_quote",
            "rich_text_preformatted",
        }:
            yield f"no such part: {part['type']}"
        if not part["elements"]:
            yield "an empty part"
        for each in part["elements"]:
            yield from _rich_element(each)


def _rich_element(element: Json) -> Iterator[str]:
    match element:
        case {"type": "text", "text": str(text)} if text:
            pass
        case {"type": "link", "url": str(url), "text": str(text)} if text and _is_url(url):
            pass
        case {"type": "user", "user_id": str(user)} if user.isalnum():
            pass
        case {"type": "channel", "channel_id": str(channel)} if channel.isalnum():
            pass
        case {"type": "date", "timestamp": int(at), "format": str(), "fallback": str(text)}:
            if at <= 0 or not text:
                yield "a date"
        case _:
            yield f"not an element of rich text: {element}"
    if not set(element.get("style", {})) <= {"bold", "italic", "strike", "code"}:
        yield "a style"


def _is_url(url: str) -> bool:
    plain = url.isascii() and url.isprintable() and " " not in url
    return plain and url.startswith(("https://", "http://")) and len(url) <= 3_000
