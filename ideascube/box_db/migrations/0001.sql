-- Searches that found little, docs/formats/box-db.md. No text of a search is here before three days had it.
CREATE TABLE unfound_pending (
    mac BLOB PRIMARY KEY,       -- of the folded search, by a key that is not in this database
    day BLOB NOT NULL,          -- of the search and the last day that had it, by the same key: tells days apart, names none
    days INTEGER NOT NULL,
    place INTEGER NOT NULL      -- grows; who has the smallest is forgotten first
) STRICT, WITHOUT ROWID;

CREATE TABLE unfound (
    mac BLOB PRIMARY KEY,
    day BLOB NOT NULL,
    days INTEGER NOT NULL,
    place INTEGER NOT NULL,
    text TEXT NOT NULL,         -- as it was typed on the third day
    results INTEGER NOT NULL    -- how many there were when it was last searched for
) STRICT, WITHOUT ROWID;

CREATE INDEX unfound_pending_place ON unfound_pending (place);
CREATE INDEX unfound_place ON unfound (place);
