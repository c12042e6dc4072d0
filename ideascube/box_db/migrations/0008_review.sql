-- What learners flag and what reviewers answer, docs/formats/box-db.md. Nothing here says who flagged, nor when.
CREATE TABLE flag (
    pack TEXT NOT NULL,         -- empty for what was made on this box
    path TEXT NOT NULL,         -- of the page in the pack, or items/ID
    title TEXT NOT NULL,        -- as it was called when it was last flagged
    wrong INTEGER NOT NULL,     -- how many flags there are for each reason, since somebody last answered
    hurts INTEGER NOT NULL,
    private INTEGER NOT NULL,
    other INTEGER NOT NULL,
    flags INTEGER NOT NULL AS (wrong + hurts + private + other),
    kept INTEGER NOT NULL,      -- how often a mediator looked and left the page as it is
    turn INTEGER NOT NULL,      -- grows with each flag of any page: an answer is about what was there at this turn
    PRIMARY KEY (pack, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_word (
    pack TEXT NOT NULL,
    path TEXT NOT NULL,
    turn INTEGER NOT NULL,      -- of the flag that it came with
    reason TEXT NOT NULL,       -- wrong, hurts, private, other
    word TEXT NOT NULL,
    PRIMARY KEY (pack, path, turn),
    FOREIGN KEY (pack, path) REFERENCES flag ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX flag_turn ON flag (turn);

CREATE TABLE review (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    turn INTEGER NOT NULL,      -- grows within a creation
    version INTEGER NOT NULL,   -- that was looked at
    answer TEXT NOT NULL,       -- publish, schedule, return, refuse
    word TEXT NOT NULL,         -- to who made it; may be empty where it is published
    person INTEGER NOT NULL,    -- who answered
    at INTEGER NOT NULL,        -- seconds since 1970, as the box's clock said
    PRIMARY KEY (creation, turn)
) STRICT, WITHOUT ROWID;
