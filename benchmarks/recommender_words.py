"""Quality of moods and summaries against their peers.

    python benchmarks/recommender_words.py --data FOLDER

Moods: users' tags are the queries, the films they tagged are relevant; with and without the user
who tagged most. Summaries: Opinosis, two sentences, ROUGE-1 F of rouge-score with its stemmer, mean
over each topic's references, then over topics; tuned on the topics of odd number.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import recommender_data as data
from installed import installed
from recommender_quality import line

from recommender.answers.centrality import central_sentences, unit_rows
from recommender.evaluation import peers
from recommender.evaluation.metrics import estimate, ndcg, top_rows
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring import query_terms
from recommender.scoring.free_text import FreeText
from recommender.scoring.score_terms import total
from recommender.text import analyzer

Summariser = Callable[[Sequence[str]], list[int]]


def moods(dataset: data.Dataset) -> None:
    """Compare moods with BM25 over all of a film's text."""
    overlay = Overlay(BaseIndex.build(dataset.films))
    busiest = Counter(user for user, _, _ in dataset.tags).most_common(1)[0][0]
    engines = {
        **installed({"BM25 (bm25s), one text": partial(_bm25, dataset)}),
        "Matinee": lambda tag: _mood(overlay, tag),
    }
    for without in (set[int](), {busiest}):
        wanted: dict[str, set[int]] = defaultdict(set)
        for user, row, tag in dataset.tags:
            if user not in without:
                wanted[tag.casefold()].add(row)
        found: dict[str, list[float]] = defaultdict(list)
        for tag, relevant in wanted.items():
            for name, score in engines.items():
                found[name].append(ndcg(top_rows(score(tag), [], 10), relevant))
        taggers = "without the busiest tagger" if without else "all taggers"
        print(f"\nMoods ({taggers}): {len(wanted)} queries")
        for name, values in found.items():
            line(name, (estimate(values),))


def _mood(overlay: Overlay, tag: str) -> peers.Scores:
    """Score as the recommender does: a film that matches no word is no candidate."""
    terms = query_terms.mood(overlay, FreeText.read(overlay, tag))
    if not terms:
        return np.zeros(len(overlay))
    return np.where(terms[0].scores > 0, total(terms, len(overlay)), -np.inf)


def _bm25(dataset: data.Dataset) -> Callable[[str], peers.Scores]:
    score = peers.bm25_words(dataset.films)
    return lambda tag: score(analyzer.words(tag))


def summaries(folder: Path) -> None:
    """Compare summaries of two sentences."""
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError:
        print("\nSummaries: not measured (rouge-score is not installed)")
        return
    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    topics = list(data.opinosis(folder))
    print(f"\nSummaries: Opinosis, {len(topics)} topics, two sentences")
    line("", ("ROUGE-1 F", "odd topics (tuned)", "even topics", "p50 ms"))
    for name, summarise in _summarisers().items():
        figures, spent = [], []
        for sentences, references in topics:
            began = time.perf_counter()
            chosen = summarise(sentences)
            spent.append((time.perf_counter() - began) * 1e3)
            text = " ".join(sentences[number] for number in chosen)
            each = [scorer.score(gold, text)["rouge1"].fmeasure for gold in references]
            figures.append(float(np.mean(each)))
        halves = (f"{np.mean(figures[1::2]):.3f}", f"{np.mean(figures[::2]):.3f}")
        line(name, (estimate(figures), *halves, f"{np.median(spent):.1f}"))


def _summarisers() -> Mapping[str, Summariser]:
    return {
        "first two": lambda sentences: list(range(min(2, len(sentences)))),
        "LexRank + MMR, 6-20 words (anchor)": _lexrank_mmr,
        **installed(
            {
                "LexRank (sumy)": partial(_sumy, "lex_rank", "LexRankSummarizer"),
                "SumBasic (sumy)": partial(_sumy, "sum_basic", "SumBasicSummarizer"),
            }
        ),
        "Matinee": lambda sentences: central_sentences(
            [analyzer.words(each) for each in sentences], 2
        ),
    }


def _lexrank_mmr(sentences: Sequence[str]) -> list[int]:
    fitting = [i for i, s in enumerate(sentences) if 6 <= len(s.split()) <= 20]
    unit = unit_rows([analyzer.terms(sentences[i]) for i in fitting])
    alike = (unit @ unit.T).toarray().astype(np.float64)
    walk = alike / np.maximum(alike.sum(axis=1, keepdims=True), 1e-9)
    share = np.full(len(fitting), 1 / len(fitting))
    for _ in range(50):
        share = 0.15 / len(fitting) + 0.85 * (share @ walk)
    share /= share.max()
    first = int(np.argmax(share))
    gain = 0.7 * share - 0.3 * alike[first]
    gain[first] = -np.inf
    return [fitting[first], fitting[int(np.argmax(gain))]]


def _sumy(module: str, name: str) -> Summariser:
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(analyzer.words(text))

    summariser = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer("english"))
    summariser.stop_words = get_stop_words("english")

    def choose(sentences: Sequence[str]) -> list[int]:
        whole = [Sentence(sentence, Words()) for sentence in sentences]
        chosen = {str(s) for s in summariser(ObjectDocumentModel([Paragraph(whole)]), 2)}
        return [i for i, sentence in enumerate(whole) if str(sentence) in chosen][:2]

    return choose


def main() -> None:
    """Run both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    options = parser.parse_args()
    moods(data.read(options.data))
    summaries(options.data)


if __name__ == "__main__":
    main()
