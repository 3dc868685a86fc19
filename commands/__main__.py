"""`python -m commands` is `jiangpu`."""

from commands import main

main(prog_name="jiangpu")
