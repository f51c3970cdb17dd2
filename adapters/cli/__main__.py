"""`python -m adapters.cli`: the command `matinee`."""

from adapters.cli.main import main

main()
