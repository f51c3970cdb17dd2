"""Detector of sentences that give an ending away: precision and recall."""

import pytest

from recommender.text.endings import reveals_ending

REVEALING = """
In the end he never leaves the island.
It turns out that her sister wrote the letters.
I could not believe it when the dog dies.
The butler was the killer all along.
She kills herself in the bathtub.
He was actually a ghost.
The final scene shows them on the ferry together.
By the end we learn that the twins are one person.
They finally marry in the rain.
Everything ends with the house in flames.
The big twist is that nobody ever left the station.
We find out that the mother sold the farm.
He sacrifices himself for the crew.
The captain gets killed before they reach land.
You discover who took the child in the last ten minutes.
It was all just a dream.
At the end, the sheriff leaves town for good.
The murderer turns out to be the doctor.
She ends up dying in his arms.
Am Ende stirbt der Vater.
À la fin, elle retrouve son frère.
Al final él muere solo.
Alla fine lui torna a casa.
He drowns saving the boy.
The last shot reveals the empty bed.
""".strip().splitlines()

HARMLESS = """
I loved it to the end.
The ending stayed with me for days.
The final act is a little long.
A ghost story with a beating heart.
It made me cry twice on the bus.
The killer soundtrack alone is worth it.
In the end I did not mind the length.
Nobody does silence like this director.
The light in the kitchen scenes is astonishing.
I would watch these two read a phone book.
A slow start, then it never lets go.
He plays the father with such restraint.
The last hour flew by.
We saw it twice in one week.
You learn to love the grumpy neighbour.
The dream sequences are too cute for me.
A murder mystery that is really about class.
I turned it off after forty minutes.
She is the secret weapon of this cast.
The twist did not work for me.
Ein stiller Film über das Ende einer Freundschaft.
Un film magnifique sur la mort.
It ends well, and I will say no more.
The house is a character of its own.
Dying is hard, comedy is harder, and this has both.
""".strip().splitlines()


def test_the_detector_of_endings_keeps_its_precision_and_recall() -> None:
    caught = sum(map(reveals_ending, REVEALING))
    alarms = sum(map(reveals_ending, HARMLESS))
    assert caught / (caught + alarms) >= 0.9
    assert caught / len(REVEALING) >= 0.8


@pytest.mark.parametrize("sentence", [*REVEALING, *HARMLESS])
def test_an_ending_is_one_in_capitals_and_beside_other_letters(sentence: str) -> None:
    revealing = reveals_ending(sentence)
    assert reveals_ending(sentence.upper()) == revealing
    assert reveals_ending(f"Été: {sentence}") == revealing


@pytest.mark.parametrize(
    "sentence",
    ["In the end he dies.", "It turns out that she was the killer.", "Am Ende stirbt er."],
)
def test_endings_are_noticed(sentence: str) -> None:
    assert reveals_ending(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Once you know he's a ghost it's just a slow film",
        "Once you know he’s a ghost it’s just a slow film.",
        "Knowing she is the thief, the first hour drags.",
        "After we find out that they're siblings nothing is left.",
        "If you have guessed that the nurse is lying, you may go home.",
        "As soon as you realise he never left, the dread is gone.",
        "Sobald man weiß, dass er ein Geist ist, ist der Film nur langsam.",
        "Une fois qu'on sait qu'il est mort, tout retombe.",
        "Una vez que sabes que ella está muerta, aburre.",
        "Una volta che sai che lui è un fantasma, annoia.",
    ],
)
def test_a_reveal_told_as_a_condition_is_one(sentence: str) -> None:
    assert reveals_ending(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Once you know what to look for it is great.",
        "Once you know it's a comedy you relax.",
        "Once you get past the first hour he is wonderful.",
        "If you know her other films, you know the tone.",
        "When you see him dance, you forgive the rest.",
        "Wenn man weiß, was kommt, stört es nicht.",
        "You know he is a great actor when he says nothing.",
    ],
)
def test_a_condition_without_a_reveal_is_none(sentence: str) -> None:
    assert not reveals_ending(sentence)


@pytest.mark.parametrize(
    "sentence", ["I could watch it all day.", "The ending stayed with me.", "Ein stiller Film."]
)
def test_plain_praise_reveals_nothing(sentence: str) -> None:
    assert not reveals_ending(sentence)
