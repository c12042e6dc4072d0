"""The box's own index, in Whoosh: of what libzim does not hold, the packs themselves and what is created on the box.

`OwnIndex` writes it, `OwnReader` reads it, `OwnSource` answers searches from it. Neither reads packs: those who have
something to be found give it as `OwnDocument`. Whoosh is imported when an index is opened, never by web workers.
Format: docs/formats/own-index.md
"""

FOLDER = "index/own"  # below the data folder
