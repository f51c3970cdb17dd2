"""Program that turns the drawing on its standard input into a PNG on its standard output.

Arguments: the folder that resvg is imported from, then fonts, in the order in which letters are looked for.
A process of its own, because resvg holds the interpreter for as long as it draws. It is started without `site`,
in a tenth of the time, so it imports nothing of Matinee.
"""

import sys

if __name__ == "__main__":
    place, *fonts = sys.argv[1:]
    sys.path.insert(0, place)
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        skip_system_fonts=True,
        font_files=fonts,
    )
    sys.stdout.buffer.write(bytes(drawn))
