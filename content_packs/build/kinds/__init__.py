"""The kinds of content that a folder of pages and media may hold, one module each: see `build.content`."""
