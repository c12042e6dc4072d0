"""One search over all packs: searcher processes that read the packs' indexes, and the client that web workers ask."""
