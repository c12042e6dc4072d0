"""Keeps the catalogues of the interface (ideascube/locale) in step with its templates, code and notes.

For whoever works on the program; the box itself reads the catalogues as they are. `make translations` runs it, and
docs/translating.md says how a catalogue is corrected.
"""
