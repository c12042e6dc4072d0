-- Files that are on their way to the box, docs/formats/box-db.md and docs/formats/uploads.md.
CREATE TABLE upload (
    id TEXT PRIMARY KEY,        -- ten random small letters and digits
    turn INTEGER NOT NULL UNIQUE, -- grows: what was begun later has more
    person INTEGER NOT NULL,    -- whose it is
    name TEXT NOT NULL,         -- as the phone calls it, at most 120 letters
    size INTEGER NOT NULL,      -- bytes that were announced; of a form: at most so many
    metadata TEXT NOT NULL,     -- as the sender wrote it (tus); a form has none
    way TEXT NOT NULL,          -- tus, form
    state TEXT NOT NULL,        -- receiving, whole, arrived, refused
    piece INTEGER,              -- where a piece begins that is not checked yet
    media TEXT NOT NULL,        -- what it became
    problem TEXT NOT NULL,      -- why it was refused: a word, docs/formats/uploads.md
    day INTEGER NOT NULL        -- the number of the last day on which something of it came
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_person ON upload (person, turn);
CREATE INDEX upload_state ON upload (state, turn);
