"""How files of people reach the box: in pieces by the tus protocol, or by a plain form; and what is made of them then.

What lies where, and in which order it is written: docs/formats/uploads.md
"""
