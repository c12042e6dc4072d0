"""How well and how fast things are found, beside kiwix-serve: `make bench-search`."""
