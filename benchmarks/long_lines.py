"""Time that very long lines take to read, beside a quarter of them: four times is linear.

    python benchmarks/long_lines.py [--characters 1000000]

Processor time, the least of two readings; the square of the length would take sixteen times as long.
"""

import argparse
import contextlib
import gc
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


from bot.catalogue.titles.index import TitledFilm, TitleIndex  # noqa: E402 - found from here on
from bot.domain.ids import FilmId  # noqa: E402 - found from here on
from bot.intake.lines import parse  # noqa: E402 - found from here on
from bot.language.grammar.titles import Misread  # noqa: E402 - found from here on
from tests.bot.language.grammar.long_lines import NAMES, UNITS, long_line  # noqa: E402 - found from here on
from tests.bot.language.grammar.table import FILMS  # noqa: E402 - found from here on


def seconds(line: str, titles: TitleIndex) -> float:
    """Processor time of reading a line, the least of two."""
    found = []
    for _ in range(2):
        start = time.process_time()
        with contextlib.suppress(Misread):
            parse(line, titles)
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print for each kind of line the command that takes longest, and its ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=1_000_000)
    characters = parser.parse_args().characters
    titles = TitleIndex(
        TitledFilm(FilmId(f"{title}-{year}"), (title,), year) for title, year in FILMS
    )
    parse("/help", titles)
    gc.disable()
    print(f"{'kind':14} {'slowest':16} {'seconds':>8} {'ratio':>6}")
    for kind in UNITS:
        whole = {name: seconds(long_line(name, kind, characters), titles) for name in NAMES}
        slowest = max(whole, key=lambda name: whole[name])
        quarter = seconds(long_line(slowest, kind, characters // 4), titles)
        print(f"{kind:14} {slowest:16} {whole[slowest]:8.2f} {whole[slowest] / quarter:6.1f}")


if __name__ == "__main__":
    main()
