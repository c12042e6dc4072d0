"""One run of `ideascube sync`: packs in, creations out, whatever of it the link lets through.

What is fetched is decided in `planning`, how in `transfers`, whom to believe in `trust`, what goes out in `outgoing`.
"""
