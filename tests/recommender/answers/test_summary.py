"""Summaries: whole sentences with their authors, never an ending given away."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from recommender.answers.summary import Summary, SummarySentence, summarise
from recommender.text.documents import ReviewDocument
from recommender.text.sentences import sentences
from tests.recommender.samples import clubs, unhurried


def review(number: int, stars: int | None, text: str, *, quotable: bool = True) -> ReviewDocument:
    return ReviewDocument(f"r{number}", "film", f"m{number}", text, stars, quotable)


def told(sentences: Sequence[SummarySentence]) -> list[tuple[str, str]]:
    return [(each.author_id, each.text) for each in sentences]


def test_loved_and_minded() -> None:
    summary = summarise(
        [
            review(1, 9, "The score is gorgeous from the first bar."),
            review(2, 8, "Such a gorgeous score, from the first bar on!"),
            review(3, 2, "The last act drags on and on for ever."),
        ]
    )
    assert summary.loved[0].agreeing == ("m2",)
    assert summary.minded[0].author_id == "m3"
    assert summary.split == ()


def test_the_most_devoted_speak_first_and_nobody_twice_before_all_have_spoken() -> None:
    summary = summarise(
        [
            review(1, 7, "A decent way to spend an evening. The harbour is pretty."),
            review(2, 10, "I would move into that lighthouse. The storm made me cry."),
            review(3, 8, "Ida Moreau carries the whole boat."),
        ]
    )
    assert [author for author, _ in told(summary.loved)] == ["m2", "m3"]


def test_members_speak_before_critics_and_critics_before_a_member_speaks_again() -> None:
    critic = ReviewDocument("r0", "film", "The Daily", "A triumph of light and patience.", 10)
    critic = replace(critic, critic=True)
    one = review(1, 8, "I would move into that lighthouse. The storm made me cry.")
    two = review(2, 8, "Ida Moreau carries the whole boat.")
    assert [a for a, _ in told(summarise([critic, one]).loved)] == ["m1", "The Daily"]
    assert {a for a, _ in told(summarise([critic, one, two]).loved)} == {"m1", "m2"}


@pytest.mark.parametrize(
    "text",
    [
        "Fog. Still, the score is a lovely thing.",
        "Fog. But the last act is a marvel.",
        "Fog. And then the harbour sings, gorgeous.",
        "Fog. Also the costumes are gorgeous.",
    ],
)
def test_no_sentence_leans_on_the_one_before_it(text: str) -> None:
    assert summarise([review(1, 10, text)]) == Summary()


@pytest.mark.parametrize(
    ("stars", "text", "side"),
    [
        (6, "A great idea, but the middle is a mess.", -1),
        (6, "It is a mess, but a gorgeous one.", 1),
        (6, "Great score, but I never believed the storm.", -1),
        (6, "We sat in the third row again.", 0),
        (7, "Really about losing your best friend.", 1),
        (7, "Great, but the last hour is tedious.", -1),
        (5, "I kept checking that office clock.", -1),
        (9, "Dull it may be to some people.", 0),
    ],
)
def test_middling_reviews_lean_by_their_words(stars: int, text: str, side: int) -> None:
    summary = summarise([review(1, stars, text)])
    assert bool(summary.loved) - bool(summary.minded) == side


def test_a_split_is_on_one_subject_that_nobody_has_read_above() -> None:
    harbour = "That harbour at dawn is worth the ticket."
    barren = "An hour of harbour and not one joke."
    reviews = [
        review(1, 10, f"I love every minute of it. I cried at the storm. {harbour}"),
        review(2, 10, "Gorgeous from beginning to end."),
        review(3, 2, f"A bore without a story. {barren} Too long by far, and cold."),
        review(4, 1, "I hated the whole thing."),
    ]
    assert told(summarise(reviews).split) == [("m1", harbour), ("m3", barren)]
    apart = [replace(each, text=each.text.replace(barren, "")) for each in reviews]
    assert summarise(apart).split == ()
    near = [replace(each, half_stars=5) if each.author_id == "m3" else each for each in reviews]
    assert summarise(near).split == ()


def test_nothing_to_say() -> None:
    assert summarise([]) == Summary()
    assert summarise([review(1, 9, "In the end the dog dies alone.")]) == Summary()
    assert summarise([review(1, 9, "A lovely afternoon at sea.", quotable=False)]) == Summary()


@unhurried
@given(clubs)
def test_quotes_are_whole_sentences_of_quotable_reviews(reviews: list[ReviewDocument]) -> None:
    summary = summarise(reviews)
    by_id = {review.review_id: review for review in reviews}
    for sentence in (*summary.loved, *summary.minded, *summary.split):
        assert by_id[sentence.review_id].quotable
        assert sentence.text in sentences(by_id[sentence.review_id].text)
        assert sentence.author_id not in sentence.agreeing


@pytest.mark.parametrize("count", [1, 2, 20, 300, 1_000])
def test_any_number_of_reviews_is_summed_up(count: int) -> None:
    loved = ("The harbour scenes are gorgeous.", "Such gorgeous harbour scenes in this!")
    minded = "The middle of it drags on and on."
    summary = summarise(
        [
            review(n, 9 if n % 3 else 2, f"{loved[n % 2] if n % 3 else minded} Row {n}.")
            for n in range(count)
        ]
    )
    quoted = (*summary.loved, *summary.minded)
    assert 1 <= len(quoted) <= 4
    if count > 10:
        agreeing = summary.loved[0].agreeing
        assert len(agreeing) > count // 4
        assert set(agreeing) <= {f"m{n}" for n in range(count) if n % 3}


@pytest.mark.parametrize(
    ("loved", "minded"),
    [
        ("とても静かで美しい映画だった。", "退屈で長すぎる。"),
        ("非常安静而美丽的电影。", "太长了，也很无聊。"),
        ("Ein stiller, schöner Film über Trauer.", "Viel zu lang für meinen Geschmack."),
        ("Очень тихий и красивый фильм.", "Слишком длинно и скучно для меня."),
        ("فيلم جميل جدا وهادئ.", "كان مملا وطويلا جدا بالنسبة لي."),
        ("बहुत सुंदर और शांत फिल्म है।", "बहुत लंबी और उबाऊ फिल्म थी।"),
        ("หนังสวยมากและเงียบสงบ", "ยาวเกินไปและน่าเบื่อ"),
    ],
)
def test_other_languages_are_quoted_whole(loved: str, minded: str) -> None:
    summary = summarise([review(1, 9, loved), review(2, 3, minded)])
    assert [each.text for each in summary.loved] == [loved]
    assert [each.text for each in summary.minded] == [minded]


def test_unrated_reviews_speak_by_their_words_or_stay_out() -> None:
    reviews = [
        ReviewDocument("r1", "f", "ana", "The costumes are gorgeous. We sat in row nine."),
        ReviewDocument("r2", "f", "ben", "The second half is a tedious mess."),
    ]
    summary = summarise(reviews)
    assert [each.author_id for each in summary.loved] == ["ana"]
    assert summary.loved[0].text == "The costumes are gorgeous."
    assert [each.author_id for each in summary.minded] == ["ben"]
    assert summarise([ReviewDocument("r3", "f", "cy", "We sat in row nine.")]).loved != ()
