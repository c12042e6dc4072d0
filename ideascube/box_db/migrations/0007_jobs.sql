-- What the jobs process has to do, docs/formats/box-db.md.
CREATE TABLE job (
    id TEXT PRIMARY KEY,        -- ten random letters and digits
    turn INTEGER NOT NULL UNIQUE, -- grows: the smallest that waits is done next
    kind TEXT NOT NULL,         -- convert, publish-collection
    about TEXT NOT NULL,        -- what it is about, such as a file's id
    arguments TEXT NOT NULL,    -- JSON
    state TEXT NOT NULL,        -- waiting, running, done, failed
    done REAL NOT NULL,
    total REAL NOT NULL,        -- 0 where that is not known
    seconds_left INTEGER NOT NULL, -- as far as one can tell; -1 where one cannot
    problem TEXT NOT NULL,      -- a sentence: why it failed, or what it waits for
    needed INTEGER NOT NULL,    -- bytes that have to be free before it is begun again
    tries INTEGER NOT NULL,     -- how often it was begun and did not come to an end
    at INTEGER NOT NULL         -- seconds since 1970, when it was queued
) STRICT, WITHOUT ROWID;

CREATE INDEX job_state ON job (state, turn);
CREATE INDEX job_about ON job (kind, about);
