"""The server that people use: pages, search and the content of packs, on any phone's browser."""
