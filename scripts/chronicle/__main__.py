"""`python -m chronicle`, the same as the command `chronicle`."""

from chronicle.cli import main

main(prog_name="chronicle")
