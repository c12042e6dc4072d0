"""`python -m ideascube` is the command `ideascube`."""

from ideascube.cli import main

main()
