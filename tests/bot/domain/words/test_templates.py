"""Templates of what members type: forms, their lists of words, and the files that stand in the project."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

import bot
from bot.domain.words.templates import Templates

_FILE = """
pause = ",–"

[words]
opening = ["so", "hey"]
film = ["film[s]", "movie[s]"]
praise = ["(really|just)* love[d] [it]", "<great> <film>"]
great = ["great", "good"]

[anywhere]
asks = ["[a] <great> <film> [tonight]", "(show|give) me"]
not_by = ["<film> !(by|of)"]
only_by = ["<film> =(by)"]
words = ["my <0-2 words> dog"]
many = ["(very)+ <great>"]
short = ["can[']t", "don't"]
kept = ["my {child: son|little girl} <great>"]
some = ["my <0-2 great> dog", "a <1-2 great> cat"]
signs = ["hi~there", "cat[ ]$"]
ends = ["<great> cat<end>"]
minutes = ["# min", "recommend…"]
drawn_out = ["yes^"]
so_many = ["<1-2 digits> of <2-3 letters>:<3-9 signs>"]
as_is = ["\\\\+1", "what\\\\?"]
paused = ["hey, you", "(ah|oh)+, (no|yes)"]
looks = ["[very] !(bad) <word> dog"]
looks_on = ["my [very] <great> !(dog) <word>"]

[leads]
before = ["saw", "(i|we) (really|just)* love[d]"]

[before]
liked = ["i (like|love)"]

[apart]
law = ["in law"]

[next]
goes_on = [" or <great>"]

[first]
praised = ["<praise>"]

[last]
end = ["please"]

[whole]
title = ["like {title} but <great>", "!(not|no) <word>"]
open = ["(a"]
closed = ["a)"]
empty = ["[a] [b]"]
"""

_FURTHER = """
blank = ",!"

[words]
whose = ["my"]

[whole]
whole = ["<whose> <great> <film> please"]
"""

FITS = [
    ("asks", "give me", "give me"),
    ("asks", "A GREAT  movie tonight", "A GREAT  movie tonight"),
    ("asks", "good films", "good films"),
    ("asks", "a good filmmaker", ""),
    ("not_by", "a film by ben", ""),
    ("not_by", "a film about ben", "film"),
    ("not_by", "films bypassed", "films"),
    ("only_by", "some films by ben", "films"),
    ("only_by", "films of ben", ""),
    ("words", "my dog", "my dog"),
    ("words", "is my big old dog here", "my big old dog"),
    ("words", "my one two three dog", ""),
    ("many", "very very good", "very very good"),
    ("many", "good", ""),
    ("short", "cant", "cant"),
    ("short", "can’t", "can’t"),
    ("short", "dont", ""),
    ("minutes", "under 90 min", "90 min"),
    ("minutes", "recommendations?", "recommendations"),
    ("kept", "is my little girl good?", "my little girl good"),
    ("some", "my good great dog", "my good great dog"),
    ("some", "my dog", "my dog"),
    ("some", "a cat", ""),
    ("some", "a big cat", ""),
    ("signs", "Hi, there", "Hi, there"),
    ("signs", "hithere", ""),
    ("signs", "a cat ", "cat "),
    ("signs", "a cat here", ""),
    ("ends", "a great cat", "great cat"),
    ("ends", "a great cat !", "great cat"),
    ("ends", "a great cat - no, a dog", "great cat"),
    ("ends", "a great cat 🎉 ever", "great cat"),
    ("ends", "a great cat here", ""),
    ("ends", "a great cat-flap", ""),
    ("law", "in law", "in law"),
    ("law", "mother-in law", ""),
    ("goes_on", "bad or great", " or great"),
    ("drawn_out", "YESSS!", "YESSS"),
    ("drawn_out", "yesno", ""),
    ("so_many", "12 of may:  so", "12 of may:  so"),
    ("so_many", "123 of may: so", ""),
    ("as_is", "a +1", "+1"),
    ("as_is", "what?", "what?"),
    ("paused", "hey – you", "hey – you"),
    ("paused", "hey,you", "hey,you"),
    ("paused", "hey. you", ""),
    ("paused", "ah, oh yes", "ah, oh yes"),
    ("looks", "a very big dog", "very big dog"),
    ("looks", "a very bad dog", ""),
    ("looks_on", "my very good cat", "my very good cat"),
    ("looks_on", "my very good dog", ""),
    ("before", "saw heat", "saw "),
    ("before", "we just  loved heat", "we just  loved "),
    ("before", "saw ", ""),
    ("liked", "and i love  Heat", "i love  "),
    ("liked", "ai love Heat", ""),
    ("liked", "i love", ""),
    ("praised", "so, hey! really just loved it", "so, hey! really just loved it"),
    ("praised", "love", "love"),
    ("praised", "i love", ""),
    ("end", "a comedy please!", "please!"),
    ("end", "please a comedy", ""),
    ("title", "like Heat but good", "like Heat but good"),
    ("title", "not", ""),
    ("title", "nothing", "nothing"),
]


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Templates:
    package = tmp_path / "room_of_templates"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "forms.toml").write_text(_FILE, "utf-8")
    (package / "further.toml").write_text(_FURTHER, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return Templates(package.name, "forms.toml", {"title": ".+?"})


@pytest.mark.parametrize(("name", "line", "fitting"), FITS)
def test_a_form_fits_what_it_says(templates: Templates, name: str, line: str, fitting: str) -> None:
    found = templates[name].search(line)
    assert (found[0] if found else "") == fitting


def test_a_slot_is_read(templates: Templates) -> None:
    found = templates["title"].match("like The Shining but good")
    assert found is not None
    assert found["title"] == "The Shining"


def test_words_are_kept_by_a_name(templates: Templates) -> None:
    found = templates["kept"].match("my little girl great")
    assert found is not None
    assert found["child"] == "little girl"


def test_a_list_is_part_of_other_patterns(templates: Templates) -> None:
    assert re.search(f"{templates.words('film')}#", "two movies#")


def test_lists_of_another_file_stand_in_a_form(templates: Templates) -> None:
    further = Templates("room_of_templates", "further.toml", shared=templates)
    assert further["whole"].match("my good movie, please")


def test_a_form_need_not_stand_in_a_file(templates: Templates) -> None:
    assert re.fullmatch(templates.read("any <film>"), "any films")


@pytest.mark.parametrize("name", ["open", "closed", "empty"])
def test_a_form_that_cannot_be_read_is_refused(templates: Templates, name: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|missing"):
        _ = templates[name]


def test_a_name_that_the_file_lacks_is_refused(templates: Templates) -> None:
    with pytest.raises(KeyError):
        _ = templates["nothing"]


def _of_the_core() -> Mapping[Path, tuple[Templates, str]]:
    """Return the files of templates of the core, each with the text of the modules that read it."""
    files: dict[Path, tuple[Templates, str]] = {}
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        imported = importlib.import_module(module.name)
        for each in vars(imported).values():
            if isinstance(each, Templates) and imported.__file__:
                reader = Path(imported.__file__)
                file = reader.parent / each.file
                before = files[file][1] if file in files else ""
                files[file] = (each, before + reader.read_text("utf-8"))
    return files


def test_every_form_of_a_file_can_be_read_and_is_used() -> None:
    files = _of_the_core()
    assert files
    for file, (templates, readers) in files.items():
        for name in templates:
            assert templates[name].pattern
            assert f'"{name}"' in readers, f"{file.name}: nothing uses the form {name}"


def test_every_list_of_words_is_used() -> None:
    for file, (templates, readers) in _of_the_core().items():
        text = file.read_text("utf-8")
        beside = "".join(each.read_text("utf-8") for each in file.parent.glob("*.toml"))
        for name in tomllib.loads(text)["words"]:
            used = re.search(rf"<(?:\d+-\d+ )?{name}>", beside)
            used = used or re.search(rf"[\"']{name}[\"']", readers)
            assert used or name == "opening", f"{file.name}: nothing uses {name}"
            assert templates.words(name)
