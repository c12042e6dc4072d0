"""What boxes sent to a hub, as its editor sees it: read, checked, accepted into the signed catalogue.

`collecting` goes through all boxes, `accepting` changes the catalogue, `reporting` says what is known.
"""
