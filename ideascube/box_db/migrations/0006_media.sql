-- Files that came by upload and what was made of them, docs/formats/media-store.md. The files themselves are in `media/`.
CREATE TABLE media (
    id TEXT PRIMARY KEY,        -- SHA-256 of what came, in hexadecimal
    turn INTEGER NOT NULL UNIQUE, -- grows: what came later has more
    kind TEXT NOT NULL,         -- film, audio, picture, document, book, subtitles
    name TEXT NOT NULL,         -- as the phone called it, at most 120 letters
    size INTEGER NOT NULL,      -- bytes of what came
    mimetype TEXT NOT NULL,
    state TEXT NOT NULL,        -- waiting, ready, failed
    problem TEXT NOT NULL,      -- a sentence, where it failed
    made TEXT NOT NULL,         -- JSON, the files that were made
    original TEXT NOT NULL,     -- the name of what came, in its folder; empty once it was dropped
    at INTEGER NOT NULL,        -- seconds since 1970
    by INTEGER NOT NULL,        -- the account that brought it first; 0 where that is not known
    unused INTEGER NOT NULL     -- the number of the day since which nothing uses it; 0 while something does
) STRICT, WITHOUT ROWID;

CREATE INDEX media_by ON media (by, turn);
CREATE INDEX media_unused ON media (unused);
