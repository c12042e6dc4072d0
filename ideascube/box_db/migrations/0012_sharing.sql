-- What was made here and leaves the box, and what came from other boxes. docs/formats/box-db.md, docs/formats/sharing.md
CREATE TABLE sharing (
    name TEXT PRIMARY KEY,      -- BOX.ID: what all boxes call it
    creation TEXT UNIQUE REFERENCES creation ON DELETE SET NULL,  -- here; NULL where it was erased
    work TEXT NOT NULL,         -- what all boxes call the first of its translations
    is_shared INTEGER NOT NULL, -- 1: what is published of it leaves this box
    head TEXT NOT NULL,         -- the version that was exchanged last; empty while there is none
    version INTEGER NOT NULL,   -- its number here; 0 where it is none
    state TEXT NOT NULL,        -- of that: shared, withdrawn
    by TEXT NOT NULL,           -- the id of the box that made that; empty for this one
    box_name TEXT NOT NULL,     -- what the box on which it was made calls itself; empty for this one
    merged TEXT NOT NULL,       -- JSON: versions put together with the one here, each with the number since which it is in it
    parcel TEXT NOT NULL,       -- JSON: what this box last sent of it; empty where it sends nothing
    turn INTEGER NOT NULL       -- grows with each change of any
) STRICT, WITHOUT ROWID;

-- Versions on which the one that is here stands: which of two is the newer one is told by these.
CREATE TABLE sharing_past (
    name TEXT NOT NULL REFERENCES sharing ON DELETE CASCADE,
    hash TEXT NOT NULL,
    version INTEGER NOT NULL,   -- its number here; 0 where it is none
    turn INTEGER NOT NULL,      -- grows within a name: the newest has the largest
    PRIMARY KEY (name, hash)
) STRICT, WITHOUT ROWID;

-- Versions of other boxes that were made beside the one here: both are kept until somebody puts them together.
CREATE TABLE sharing_other (
    name TEXT NOT NULL REFERENCES sharing ON DELETE CASCADE,
    hash TEXT NOT NULL,
    by TEXT NOT NULL,           -- the id of the box
    box_name TEXT NOT NULL,
    base INTEGER NOT NULL,      -- the number here of the version that both were made of; 0 where none is known
    ancestors TEXT NOT NULL,    -- JSON
    fields TEXT NOT NULL,       -- JSON, as of a version
    turn INTEGER NOT NULL,      -- grows over all
    PRIMARY KEY (name, hash)
) STRICT, WITHOUT ROWID;

-- Which file travels for one that was brought here, and the other way round.
CREATE TABLE sharing_media (
    media TEXT PRIMARY KEY REFERENCES media ON DELETE CASCADE,
    sha256 TEXT NOT NULL,       -- of the file that travels
    file TEXT NOT NULL,         -- its name below the folder of the media
    size INTEGER NOT NULL,      -- its bytes
    came INTEGER NOT NULL       -- 1: from another box; what came is kept then, so that the same bytes can go on
) STRICT, WITHOUT ROWID;

-- What came and was not taken in, and why.
CREATE TABLE sharing_refused (
    turn INTEGER PRIMARY KEY,   -- grows; the smallest are dropped first
    at INTEGER NOT NULL,        -- seconds since 1970
    by TEXT NOT NULL,           -- the id of the box that sent it
    box_name TEXT NOT NULL,
    name TEXT NOT NULL,
    why TEXT NOT NULL,          -- a word of ideascube/sharing/refusals.py
    detail TEXT NOT NULL        -- such as a field or a file
) STRICT;

CREATE INDEX sharing_turn ON sharing (turn);
CREATE INDEX sharing_media_sha256 ON sharing_media (sha256);
