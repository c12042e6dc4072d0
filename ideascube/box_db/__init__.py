"""The box's database, `box.db`: what people do on a box and what cannot be fetched again.

`database` opens it; each table has a module of its own. Format: docs/formats/box-db.md
"""
