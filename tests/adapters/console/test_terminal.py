"""Conversations with the real command: single lines, pipes, JSON, tour, kill -9."""

import json
import re
import signal
import subprocess
import textwrap
from pathlib import Path

import pytest

from adapters.console import demo
from adapters.console import tour as tour_script
from bot.messages.codec import reply_from_json, reply_to_json
from bot.registry import COMMANDS
from tests.adapters.conftest import ROOT, Say, command, run, surroundings

REMINDED = "All of Us Strangers (2023) is out: UK cinemas, 26 January 2024."


def test_one_line_gets_one_answer(data: Path) -> None:
    done = run("--data", str(data), "chat", "/review All of Us Strangers")

    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("╭─ All of Us Strangers (2023) ─")
    assert "Andrew Haigh · 105 min · UK and US" in done.stdout
    assert "Nobody here has reviewed it yet." in done.stdout


async def test_several_lines_are_echoed_with_their_answers(say: Say) -> None:
    lines = ["/review Weekend 4/5 So tender.", "ben: /review Weekend 2/5 So slow.", "/as cleo"]
    shown = await say(*lines, "/review Weekend", "2")

    assert "ana> /review Weekend 4/5 So tender.\nSaved your review" in shown
    assert "ben> /review Weekend 2/5 So slow.\nSaved your review" in shown
    assert "cleo> /review Weekend\n╭─ Weekend (2011)" in shown
    assert "cleo> 2\nReviews of Weekend (2011)" in shown


def test_a_pipe_plays_several_members_and_moves_the_clock(data: Path) -> None:
    script = """\
# a club's evening
now: 2024-01-20T12:00Z

ana: /remind All of Us Strangers
now: 2024-01-26T08:59:00Z
ben: /film Her
now: 2024-01-26T09:00:01Z
/quit
/help
"""
    done = run("--data", str(data), "chat", "--club", "evening", typed=script)

    assert done.returncode == 0
    reminded = done.stdout.index(REMINDED)
    assert done.stdout.index("I'll remind you") < done.stdout.index("Her (2013)") < reminded
    assert "Matinee to ana:" in done.stdout
    assert "/help" not in done.stdout


def test_json_is_one_reply_a_line_and_nothing_else(data: Path) -> None:
    script = (
        "/review Her 4/5 So — orange. ||She leaves.||\u2028Indeed.\n/nonsense\n7\n/review Her\n"
    )
    done = run("--data", str(data), "chat", "--json", typed=script, MATINEE_LOG_LEVEL="debug")

    lines = done.stdout.splitlines()
    assert done.stdout.isascii()
    assert len(lines) == 4
    for line in lines:
        reply = reply_from_json(json.loads(line), COMMANDS)
        assert reply_to_json(reply) == json.loads(line)
    assert "She leaves" not in " ".join(json.loads(line)["summary"] for line in lines)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2", "Reviews of Weekend (2011)"),
        ("press 2", "Reviews of Weekend (2011)"),
        ("2 twice", "takes nothing more"),
        ("12 angry men", "12 Angry Men (1957)"),
        ("9", "There is nothing numbered 9 here. Now there are: 1 Write a review, 2 Read"),
        ("1", "1 rating=… text=…"),
        ("1 rating=7/5", "not a rating"),
        ("1917", "1917 (2019)"),
        ("80s action", "Action films from the 1980s"),
        ("press 1.reviews?film=id:weekend-2011", "Reviews of Weekend (2011)"),
        ("press 1.dance", "I don't know the action"),
        ("press 1.review?page=9", "I don't know the action"),
        ("press 7.review?film=x", "I don't know the action"),
        ("ben: 2", "There is nothing numbered 2 here."),
    ],
)
async def test_what_is_offered_can_be_pressed(typed: str, says: str, say: Say) -> None:
    shown = await say("/review Weekend 4/5 So tender.", "/review Weekend", typed)

    assert says in " ".join(shown.rpartition(f"> {typed.removeprefix('ben: ')}\n")[2].split())


async def test_an_action_of_a_json_reply_can_be_pressed_later(say: Say) -> None:
    card = json.loads(await say("/review Weekend", as_json=True))
    watchlist = next(
        action["action"]
        for block in card["blocks"]
        for action in block.get("actions", ())
        if action["label"] == "Watchlist"
    )
    await say(f"press {watchlist}")

    assert "Weekend (2011)" in await say("/watchlist")


async def test_what_falls_due_in_json_names_its_delivery(say: Say) -> None:
    await say("/remind All of Us Strangers", now="2024-01-20T12:00Z", club="evening")
    shown = await say("/help", now="2024-01-26T10:00Z", club="evening", as_json=True)

    due, answer = map(json.loads, shown.splitlines())
    assert due["place"] == "console:evening@ana"
    assert due["delivery"]
    assert REMINDED in due["reply"]["summary"]
    assert "summary" in answer


def test_a_reminder_fires_once_at_the_first_start_after_its_time(data: Path) -> None:
    at = ("--data", str(data), "chat")
    run(*at, "--now", "2024-01-20T12:00Z", "/remind All of Us Strangers")

    due = run(*at, "--now", "2024-01-26T09:05Z", "/help").stdout
    later = run(*at, "--now", "2024-01-27T09:05Z", "/help").stdout

    assert [text.count(REMINDED) for text in (due, later)] == [1, 0]


async def test_clubs_begin_empty_and_know_nothing_of_one_another(say: Say) -> None:
    lines = ("/review Weekend 5/5 Xylophone of a film.", "/remind All of Us Strangers")
    await say(*lines, club="one", now="2024-01-20")

    other = await say("/review Weekend", club="two", now="2024-02-20")
    same = await say("/review Weekend", club="one", now="2024-02-21")

    assert "Nobody here has reviewed it yet." in other
    assert "is out" not in other
    assert "Xylophone" in same
    assert "this came due while I was away:" in same


async def test_the_demo_club_is_filled_only_when_asked(say: Say) -> None:
    line = "/review All of Us Strangers"
    assert "Nobody here has reviewed it yet." in await say(line)

    shown = await say(line, with_demo=True)
    again = await say(line, with_demo=True)

    assert "from 3 ratings" in shown
    assert "ana" in shown
    assert "ben" in shown
    assert "stop coming" not in shown
    assert again == shown


def test_a_debug_log_holds_nothing_that_members_wrote(data: Path) -> None:
    done = run(
        "--data", str(data), "chat", "/review Weekend 4/5 Xylophone.", MATINEE_LOG_LEVEL="debug"
    )

    assert "Saved" in done.stdout
    assert "Xylophone" not in done.stderr


async def test_every_line_of_the_demo_is_a_review_that_was_saved(say: Say) -> None:
    lines = demo.LINES.splitlines()
    shown = await say(*lines)

    assert shown.count("\nSaved your review of ") == len(lines) == 28


def test_a_review_from_a_file(data: Path, tmp_path: Path) -> None:
    words = "A long look at a short love.\n\nIt holds. ||They part at the station.||\n"
    (tmp_path / "my review.txt").write_text(words)
    line = f'/review Weekend 4/5 file:"{tmp_path / "my review.txt"}"'
    done = run("--data", str(data), "chat", "--json", line, "/review Weekend", "2")

    assert "A long look at a short love." in done.stdout.splitlines()[-1]


def test_a_reader_who_leaves_early_gets_no_traceback(data: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own command
        command("--data", str(data), "chat", "/help"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        stderr = process.stderr.read() if process.stderr else b""

    assert b"Traceback" not in stderr
    assert b"Exception" not in stderr


def test_what_was_receipted_survives_kill_9(data: Path) -> None:
    at = ("--data", str(data), "chat", "--json", "--now")
    with subprocess.Popen(  # noqa: S603 - our own command
        command(*at, "2024-01-20T12:00Z"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=surroundings(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(
            b"/review Weekend 4.5/5 Kept through a power cut.\n/remind All of Us Strangers\n"
        )
        process.stdin.flush()
        receipts = [json.loads(process.stdout.readline())["summary"] for _ in range(2)]
        process.send_signal(signal.SIGKILL)

    assert "Saved" in receipts[0]
    assert "I'll remind you" in receipts[1]
    due, card = run(*at, "2024-01-26T10:00Z", "/review Weekend").stdout.splitlines()
    assert REMINDED in due
    assert "Kept through a power cut." in card


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_tidily(sent: signal.Signals, code: int, data: Path) -> None:
    # Begun in the background of a shell, the tests themselves are to ignore it, and so is what they start.
    ignored = signal.signal(sent, signal.default_int_handler)
    with subprocess.Popen(  # noqa: S603 - our own command
        command("--data", str(data), "chat", "--json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"/help\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(sent)

        assert process.wait(10) == code
        assert process.stderr.read() == b""
    signal.signal(sent, ignored)


def test_odd_text_is_answered_and_kept(data: Path) -> None:
    script = (
        "/review Her | nul\0 and \x1b[31mred\x1b[0m, [bold]loud[/bold]\n"
        "/review Weekend 4/5 שלום 👩‍👩‍👧 \u202eevil\n"
        "/review 45 Years\n/review\n/review ???\n" + "/review Her | " + "x" * 1_000_000 + "\n"
    )
    done = run("--data", str(data), "chat", typed=script)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "\0" not in done.stdout
    assert "[bold]loud[/bold]" in done.stdout
    assert "שלום" in done.stdout


def test_bytes_that_are_no_text(data: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        command("--data", str(data), "chat"),
        input=b"/review Her | caf\xe9 \xff\xfe\n",
        capture_output=True,
        env=surroundings(),
        timeout=120,
        check=False,
    )

    assert done.returncode == 0
    assert "caf\ufffd" in done.stdout.decode()


def test_a_plain_terminal_gets_plain_letters(data: Path) -> None:
    plain = surroundings(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run(  # noqa: S603 - our own command
        command("--data", str(data), "chat", "/review Amelie"),
        env=plain,
        capture_output=True,
        check=True,
        encoding="ascii",
    )

    assert "+- Amelie (2001) -" in done.stdout


@pytest.mark.parametrize("arguments", [("run",), pytest.param(("tour",), marks=pytest.mark.long)])
def test_without_a_terminal_the_tour_is_played(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, MATINEE_DATA_DIR=str(tmp_path / "untouched"))

    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    for words in (
        "ana> /review All of Us Strangers",
        "UK cinemas: 26 January 2024",
        "from 3 ratings",
        "If you liked this",
        "Why: ",
        "fay> /recommend",
        REMINDED,
        "╭─ Aftersun (2022)",
        "/watchlist",
    ):
        assert words in done.stdout
    assert re.search(r"“[^”]+” — (ana|ben|cleo) · ★", done.stdout)
    assert "stop coming" not in done.stdout
    assert done.stdout.endswith(tour_script.CLOSING)
    assert not (tmp_path / "untouched").exists()

    shown = (ROOT / "README.md").read_text("utf-8").split("## What it looks like\n")[1]
    for part in shown.split("\n## ")[0].split("\n    ...\n"):
        assert textwrap.dedent(part).strip() in done.stdout


def test_a_zone_of_the_machine_that_is_none_is_no_matter(data: Path) -> None:
    asked = ("--data", str(data), "chat", "/remind Carol friday 18:00")
    done = run(*asked, TZ="UTC0")
    assert done.returncode == 0, done.stderr
    assert "18:00 (Europe/London)" in done.stdout
