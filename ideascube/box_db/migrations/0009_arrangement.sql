-- What mediators arranged: the home page, categories, what is hidden. docs/formats/box-db.md. Nothing here is about people.
CREATE TABLE arrangement (
    turn INTEGER PRIMARY KEY,       -- grows with each change; the newest is the one that is worked on
    body TEXT NOT NULL,             -- the home page's sections, JSON
    published INTEGER NOT NULL,     -- 1: was shown to learners; the newest of these is
    before INTEGER,                 -- the turn that one goes back to
    at INTEGER NOT NULL             -- seconds since 1970, as the clock said
) STRICT;

CREATE INDEX arrangement_published ON arrangement (published, turn);

CREATE TABLE category (
    id TEXT PRIMARY KEY,
    parent TEXT REFERENCES category ON DELETE CASCADE,
    icon TEXT NOT NULL,
    picture TEXT NOT NULL,          -- address of a picture of this box, or empty
    place INTEGER NOT NULL          -- among those with the same parent
) STRICT, WITHOUT ROWID;

CREATE TABLE category_name (
    category TEXT NOT NULL REFERENCES category ON DELETE CASCADE,
    lang TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (category, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE category_card (
    category TEXT NOT NULL REFERENCES category ON DELETE CASCADE,
    address TEXT NOT NULL,          -- of a page of this box
    title TEXT NOT NULL,            -- as it was called when it was put there
    lang TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (category, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE hidden (
    pack TEXT NOT NULL,
    path TEXT NOT NULL,             -- of one page or file of the pack; empty for the whole pack
    shown_to TEXT NOT NULL CHECK (shown_to IN ('mediators', 'nobody')),
    PRIMARY KEY (pack, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE arranging_change (
    area TEXT PRIMARY KEY,          -- category, hidden
    number INTEGER NOT NULL         -- grows with each change there
) STRICT, WITHOUT ROWID;
