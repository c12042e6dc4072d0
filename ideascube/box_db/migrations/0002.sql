-- Learners' cards, docs/formats/box-db.md and docs/privacy.md. Nothing here says whose a card is.
CREATE TABLE box_day (
    day TEXT PRIMARY KEY,       -- on which the box ran, as its clock said
    number INTEGER NOT NULL     -- counts them
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    pictures BLOB NOT NULL UNIQUE,  -- HMAC of the five pictures in their order, by a key that is not in this database
    secret BLOB NOT NULL UNIQUE,    -- the same of the long secret in the square code
    used INTEGER NOT NULL           -- the number of the last day on which it was used
) STRICT;

CREATE TABLE card_phone (
    token BLOB PRIMARY KEY,     -- HMAC of the cookie of a phone that has the card open
    card INTEGER NOT NULL REFERENCES card ON DELETE CASCADE,
    turn INTEGER NOT NULL       -- grows; the smallest of a card is dropped first
) STRICT, WITHOUT ROWID;

CREATE TABLE card_place (
    card INTEGER NOT NULL REFERENCES card ON DELETE CASCADE,
    kind TEXT NOT NULL,         -- film, book, lesson, quiz, kept
    pack TEXT NOT NULL,
    path TEXT NOT NULL,
    at REAL NOT NULL,           -- seconds, chapters, pages, percent
    "of" REAL NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,
    turn INTEGER NOT NULL,      -- grows within a card; the smallest is the oldest
    PRIMARY KEY (card, kind, pack, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE card_try (
    who BLOB PRIMARY KEY,       -- HMAC of what was tried and of an address; of no address for the whole box
    level REAL NOT NULL,        -- tries that are not yet forgiven, as of the last one
    at INTEGER NOT NULL         -- seconds since 1970, of the last one
) STRICT, WITHOUT ROWID;

CREATE INDEX card_phone_card ON card_phone (card);
CREATE INDEX card_used ON card (used);
