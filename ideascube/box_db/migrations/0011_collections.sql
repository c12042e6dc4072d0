-- Collections: what was made here, gathered and published as packs. docs/formats/box-db.md
CREATE TABLE collection (
    id TEXT PRIMARY KEY,
    pack TEXT NOT NULL UNIQUE,  -- the id of the pack that is made of it; never changes
    state TEXT NOT NULL,        -- open, withdrawn
    language TEXT NOT NULL,     -- the main one
    texts TEXT NOT NULL,        -- JSON: title and description by language
    licence TEXT NOT NULL,
    cover TEXT NOT NULL,        -- a picture's id in media, or empty
    version INTEGER NOT NULL,   -- grows with each change of it
    turn INTEGER NOT NULL       -- grows over all collections: the largest was changed last
) STRICT, WITHOUT ROWID;

CREATE TABLE collection_member (
    collection TEXT NOT NULL REFERENCES collection ON DELETE CASCADE,
    kind TEXT NOT NULL,         -- creation, course
    member TEXT NOT NULL,
    place INTEGER NOT NULL,     -- the order
    PRIMARY KEY (collection, kind, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition (
    collection TEXT NOT NULL REFERENCES collection ON DELETE CASCADE,
    number INTEGER NOT NULL,    -- counts from 1
    state TEXT NOT NULL,        -- building, published, failed, withdrawn
    day TEXT NOT NULL,          -- YYYY-MM-DD, as the box's clock said; never earlier than that of the one before
    holds TEXT NOT NULL,        -- JSON: what is in it, with the version of each
    notes TEXT NOT NULL,        -- JSON: what its makers should know; of a failed one, why
    size INTEGER NOT NULL,      -- bytes of the pack
    sha256 TEXT NOT NULL,       -- of the pack, in hexadecimal digits
    PRIMARY KEY (collection, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_member_of ON collection_member (kind, member);
