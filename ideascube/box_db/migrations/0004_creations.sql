-- What people made, docs/formats/box-db.md and docs/privacy.md. A version is never changed.
CREATE TABLE creation (
    id TEXT PRIMARY KEY,        -- 10 small letters and digits, drawn at random
    work TEXT NOT NULL,         -- shared by translations of each other: the id of the first of them
    owner INTEGER NOT NULL,     -- a person's number, also after the account was removed
    state TEXT NOT NULL,        -- draft, waiting, returned, refused, published, withdrawn
    newest INTEGER NOT NULL,    -- the number of the newest version
    shown INTEGER,              -- of the one that readers see
    due INTEGER,                -- of the one that is to be published at publish_at
    publish_at INTEGER,         -- seconds since 1970
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    shown_at INTEGER,           -- when readers first saw it
    turn INTEGER NOT NULL       -- grows with each change of any: the newest has the largest
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_version (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    number INTEGER NOT NULL,    -- from 1
    based_on INTEGER NOT NULL,  -- the version that was changed; 0 for none
    person INTEGER NOT NULL,    -- who saved it
    at INTEGER NOT NULL,
    was_shown INTEGER NOT NULL, -- 1: readers saw it once
    fields TEXT NOT NULL,       -- JSON, docs/formats/box-db.md
    PRIMARY KEY (creation, number)
) STRICT;

-- What lists show and choose by, of the newest version (0) and of the one that readers see (1). Made of the versions.
CREATE TABLE creation_face (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    shown INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    ends TEXT NOT NULL,
    author TEXT NOT NULL,
    texts TEXT NOT NULL,        -- JSON: title and summary by language
    folded TEXT NOT NULL,       -- the words of all titles and summaries, to be looked through
    turn INTEGER NOT NULL,      -- of the creation; of the shown face: as it was when this version came to be shown
    PRIMARY KEY (creation, shown)
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_tag (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    shown INTEGER NOT NULL,     -- as in creation_face
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, shown, creation)
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_media (
    creation TEXT NOT NULL,
    version INTEGER NOT NULL,
    media TEXT NOT NULL,        -- SHA-256 of the file, hex
    role TEXT NOT NULL,         -- main, cover, subtitles, inside
    language TEXT NOT NULL,     -- of subtitles; else empty
    PRIMARY KEY (media, creation, version, role, language),
    FOREIGN KEY (creation, version) REFERENCES creation_version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is being written and was not saved yet: one for each person and open page.
CREATE TABLE creation_draft (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    person INTEGER NOT NULL,
    device TEXT NOT NULL,       -- the open page, as it calls itself
    based_on INTEGER NOT NULL,  -- the version that is being changed
    turn INTEGER NOT NULL,      -- counted by the page: a later one is newer
    at INTEGER NOT NULL,
    place INTEGER NOT NULL,     -- grows; who has the smallest is dropped first
    fields TEXT NOT NULL,       -- JSON
    PRIMARY KEY (creation, person, device)
) STRICT, WITHOUT ROWID;

-- For the box's own index: a creation is here once readers saw it, also when it is erased.
CREATE TABLE creation_change (
    creation TEXT PRIMARY KEY,
    change INTEGER NOT NULL     -- grows with each change that readers or searches notice
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL      -- in lists, from 1
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_name (
    tag TEXT NOT NULL REFERENCES tag ON DELETE CASCADE,
    language TEXT NOT NULL,     -- BCP 47
    name TEXT NOT NULL,
    PRIMARY KEY (tag, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_merged (
    gone TEXT PRIMARY KEY,      -- the id of a tag that was merged into another one: versions still have it
    tag TEXT NOT NULL REFERENCES tag ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX creation_work ON creation (work);
CREATE INDEX creation_turn ON creation (turn);
CREATE INDEX creation_state ON creation (state, turn);
CREATE INDEX creation_owner ON creation (owner, turn);
CREATE INDEX creation_due ON creation (publish_at) WHERE publish_at IS NOT NULL;
CREATE INDEX creation_face_turn ON creation_face (shown, turn);
CREATE INDEX creation_face_kind ON creation_face (shown, kind, turn);
CREATE INDEX creation_tag_creation ON creation_tag (creation, shown);
CREATE INDEX creation_media_version ON creation_media (creation, version);
CREATE INDEX creation_draft_place ON creation_draft (place);
CREATE INDEX creation_change_change ON creation_change (change);

-- A small vocabulary to begin with; mediators change it (/staff/tags).
INSERT INTO tag (id, place) VALUES
    ('health', 1),
    ('water', 2),
    ('food', 3),
    ('mother-and-child', 4),
    ('first-aid', 5),
    ('farming', 6),
    ('animals', 7),
    ('environment', 8),
    ('rights', 9),
    ('work', 10),
    ('crafts', 11),
    ('reading', 12),
    ('languages', 13),
    ('maths', 14),
    ('science', 15),
    ('history', 16),
    ('tales', 17),
    ('music', 18),
    ('games', 19),
    ('children', 20),
    ('together', 21),
    ('phones', 22);

INSERT INTO tag_name (tag, language, name) VALUES
    ('health', 'en', 'Health'), ('health', 'fr', 'Santé'), ('health', 'es', 'Salud'), ('health', 'sw', 'Afya'), ('health', 'ku', 'Tenduristî'), ('health', 'uk', 'Здоров’я'), ('health', 'ar', 'الصحة'), ('health', 'fa', 'سلامت'), ('health', 'ps', 'روغتیا'), ('health', 'bn', 'স্বাস্থ্য'), ('health', 'my', 'ကျန်းမာရေး'), ('health', 'ti', 'ጥዕና'),
    ('water', 'en', 'Water and hygiene'), ('water', 'fr', 'Eau et hygiène'), ('water', 'es', 'Agua e higiene'), ('water', 'sw', 'Maji na usafi'), ('water', 'ku', 'Av û paqijî'), ('water', 'uk', 'Вода й гігієна'), ('water', 'ar', 'الماء والنظافة'), ('water', 'fa', 'آب و بهداشت'), ('water', 'ps', 'اوبه او پاکي'), ('water', 'bn', 'পানি ও পরিচ্ছন্নতা'), ('water', 'my', 'ရေနှင့် သန့်ရှင်းရေး'), ('water', 'ti', 'ማይን ጽሬትን'),
    ('food', 'en', 'Food and cooking'), ('food', 'fr', 'Nourriture et cuisine'), ('food', 'es', 'Comida y cocina'), ('food', 'sw', 'Chakula na mapishi'), ('food', 'ku', 'Xwarin û çêkirina xwarinê'), ('food', 'uk', 'Їжа та кулінарія'), ('food', 'ar', 'الطعام والطبخ'), ('food', 'fa', 'خوراک و آشپزی'), ('food', 'ps', 'خواړه او پخلی'), ('food', 'bn', 'খাবার ও রান্না'), ('food', 'my', 'အစားအစာနှင့် ချက်ပြုတ်ခြင်း'), ('food', 'ti', 'ምግብን ምኽሻንን'),
    ('mother-and-child', 'en', 'Mother and child'), ('mother-and-child', 'fr', 'Mère et enfant'), ('mother-and-child', 'es', 'Madre e hijo'), ('mother-and-child', 'sw', 'Mama na mtoto'), ('mother-and-child', 'ku', 'Dayik û zarok'), ('mother-and-child', 'uk', 'Мати й дитина'), ('mother-and-child', 'ar', 'الأم والطفل'), ('mother-and-child', 'fa', 'مادر و کودک'), ('mother-and-child', 'ps', 'مور او ماشوم'), ('mother-and-child', 'bn', 'মা ও শিশু'), ('mother-and-child', 'my', 'မိခင်နှင့် ကလေး'), ('mother-and-child', 'ti', 'ኣደን ቆልዓን'),
    ('first-aid', 'en', 'First aid'), ('first-aid', 'fr', 'Premiers secours'), ('first-aid', 'es', 'Primeros auxilios'), ('first-aid', 'sw', 'Huduma ya kwanza'), ('first-aid', 'ku', 'Alîkariya pêşîn'), ('first-aid', 'uk', 'Перша допомога'), ('first-aid', 'ar', 'الإسعافات الأولية'), ('first-aid', 'fa', 'کمک‌های اولیه'), ('first-aid', 'ps', 'لومړنۍ مرستې'), ('first-aid', 'bn', 'প্রাথমিক চিকিৎসা'), ('first-aid', 'my', 'ရှေးဦးသူနာပြုစုခြင်း'), ('first-aid', 'ti', 'ቀዳማይ ረድኤት'),
    ('farming', 'en', 'Farming'), ('farming', 'fr', 'Agriculture'), ('farming', 'es', 'Agricultura'), ('farming', 'sw', 'Kilimo'), ('farming', 'ku', 'Çandinî'), ('farming', 'uk', 'Сільське господарство'), ('farming', 'ar', 'الزراعة'), ('farming', 'fa', 'کشاورزی'), ('farming', 'ps', 'کرنه'), ('farming', 'bn', 'কৃষি'), ('farming', 'my', 'စိုက်ပျိုးရေး'), ('farming', 'ti', 'ሕርሻ'),
    ('animals', 'en', 'Animals'), ('animals', 'fr', 'Animaux'), ('animals', 'es', 'Animales'), ('animals', 'sw', 'Wanyama'), ('animals', 'ku', 'Ajal'), ('animals', 'uk', 'Тварини'), ('animals', 'ar', 'الحيوانات'), ('animals', 'fa', 'حیوانات'), ('animals', 'ps', 'څاروي'), ('animals', 'bn', 'প্রাণী'), ('animals', 'my', 'တိရစ္ဆာန်များ'), ('animals', 'ti', 'እንስሳታት'),
    ('environment', 'en', 'Environment'), ('environment', 'fr', 'Environnement'), ('environment', 'es', 'Medio ambiente'), ('environment', 'sw', 'Mazingira'), ('environment', 'ku', 'Jîngeh'), ('environment', 'uk', 'Довкілля'), ('environment', 'ar', 'البيئة'), ('environment', 'fa', 'محیط زیست'), ('environment', 'ps', 'چاپېریال'), ('environment', 'bn', 'পরিবেশ'), ('environment', 'my', 'ပတ်ဝန်းကျင်'), ('environment', 'ti', 'ከባቢ'),
    ('rights', 'en', 'Rights and papers'), ('rights', 'fr', 'Droits et papiers'), ('rights', 'es', 'Derechos y documentos'), ('rights', 'sw', 'Haki na nyaraka'), ('rights', 'ku', 'Maf û belge'), ('rights', 'uk', 'Права й документи'), ('rights', 'ar', 'الحقوق والأوراق'), ('rights', 'fa', 'حقوق و مدارک'), ('rights', 'ps', 'حقونه او اسناد'), ('rights', 'bn', 'অধিকার ও কাগজপত্র'), ('rights', 'my', 'အခွင့်အရေးနှင့် စာရွက်စာတမ်း'), ('rights', 'ti', 'መሰልን ሰነዳትን'),
    ('work', 'en', 'Work and money'), ('work', 'fr', 'Travail et argent'), ('work', 'es', 'Trabajo y dinero'), ('work', 'sw', 'Kazi na pesa'), ('work', 'ku', 'Kar û pere'), ('work', 'uk', 'Робота й гроші'), ('work', 'ar', 'العمل والمال'), ('work', 'fa', 'کار و پول'), ('work', 'ps', 'کار او پیسې'), ('work', 'bn', 'কাজ ও টাকা'), ('work', 'my', 'အလုပ်နှင့် ငွေ'), ('work', 'ti', 'ስራሕን ገንዘብን'),
    ('crafts', 'en', 'Crafts and repair'), ('crafts', 'fr', 'Artisanat et réparation'), ('crafts', 'es', 'Artesanía y reparación'), ('crafts', 'sw', 'Ufundi na ukarabati'), ('crafts', 'ku', 'Destkarî û tamîr'), ('crafts', 'uk', 'Ремесла й ремонт'), ('crafts', 'ar', 'الحرف والإصلاح'), ('crafts', 'fa', 'صنایع دستی و تعمیر'), ('crafts', 'ps', 'لاسي صنایع او ترمیم'), ('crafts', 'bn', 'হস্তশিল্প ও মেরামত'), ('crafts', 'my', 'လက်မှုပညာနှင့် ပြုပြင်ခြင်း'), ('crafts', 'ti', 'ኢደ ጥበብን ጽገናን'),
    ('reading', 'en', 'Reading and writing'), ('reading', 'fr', 'Lire et écrire'), ('reading', 'es', 'Leer y escribir'), ('reading', 'sw', 'Kusoma na kuandika'), ('reading', 'ku', 'Xwendin û nivîsandin'), ('reading', 'uk', 'Читання й письмо'), ('reading', 'ar', 'القراءة والكتابة'), ('reading', 'fa', 'خواندن و نوشتن'), ('reading', 'ps', 'لوستل او لیکل'), ('reading', 'bn', 'পড়া ও লেখা'), ('reading', 'my', 'စာဖတ်ခြင်းနှင့် စာရေးခြင်း'), ('reading', 'ti', 'ምንባብን ምጽሓፍን'),
    ('languages', 'en', 'Languages'), ('languages', 'fr', 'Langues'), ('languages', 'es', 'Idiomas'), ('languages', 'sw', 'Lugha'), ('languages', 'ku', 'Ziman'), ('languages', 'uk', 'Мови'), ('languages', 'ar', 'اللغات'), ('languages', 'fa', 'زبان‌ها'), ('languages', 'ps', 'ژبې'), ('languages', 'bn', 'ভাষা'), ('languages', 'my', 'ဘာသာစကားများ'), ('languages', 'ti', 'ቋንቋታት'),
    ('maths', 'en', 'Maths'), ('maths', 'fr', 'Maths'), ('maths', 'es', 'Matemáticas'), ('maths', 'sw', 'Hisabati'), ('maths', 'ku', 'Matematîk'), ('maths', 'uk', 'Математика'), ('maths', 'ar', 'الرياضيات'), ('maths', 'fa', 'ریاضی'), ('maths', 'ps', 'ریاضي'), ('maths', 'bn', 'গণিত'), ('maths', 'my', 'သင်္ချာ'), ('maths', 'ti', 'ሒሳብ'),
    ('science', 'en', 'Science'), ('science', 'fr', 'Sciences'), ('science', 'es', 'Ciencia'), ('science', 'sw', 'Sayansi'), ('science', 'ku', 'Zanist'), ('science', 'uk', 'Наука'), ('science', 'ar', 'العلوم'), ('science', 'fa', 'علوم'), ('science', 'ps', 'ساینس'), ('science', 'bn', 'বিজ্ঞান'), ('science', 'my', 'သိပ္ပံ'), ('science', 'ti', 'ስነ-ፍልጠት'),
    ('history', 'en', 'History and places'), ('history', 'fr', 'Histoire et lieux'), ('history', 'es', 'Historia y lugares'), ('history', 'sw', 'Historia na mahali'), ('history', 'ku', 'Dîrok û cih'), ('history', 'uk', 'Історія та місця'), ('history', 'ar', 'التاريخ والأماكن'), ('history', 'fa', 'تاریخ و مکان‌ها'), ('history', 'ps', 'تاریخ او ځایونه'), ('history', 'bn', 'ইতিহাস ও স্থান'), ('history', 'my', 'သမိုင်းနှင့် နေရာများ'), ('history', 'ti', 'ታሪኽን ቦታታትን'),
    ('tales', 'en', 'Tales and poems'), ('tales', 'fr', 'Contes et poèmes'), ('tales', 'es', 'Cuentos y poemas'), ('tales', 'sw', 'Hadithi na mashairi'), ('tales', 'ku', 'Çîrok û helbest'), ('tales', 'uk', 'Казки й вірші'), ('tales', 'ar', 'الحكايات والأشعار'), ('tales', 'fa', 'قصه‌ها و شعرها'), ('tales', 'ps', 'کیسې او شعرونه'), ('tales', 'bn', 'গল্প ও কবিতা'), ('tales', 'my', 'ပုံပြင်နှင့် ကဗျာ'), ('tales', 'ti', 'ጽውጽዋይን ግጥምን'),
    ('music', 'en', 'Music and dance'), ('music', 'fr', 'Musique et danse'), ('music', 'es', 'Música y baile'), ('music', 'sw', 'Muziki na ngoma'), ('music', 'ku', 'Muzîk û dîlan'), ('music', 'uk', 'Музика й танці'), ('music', 'ar', 'الموسيقى والرقص'), ('music', 'fa', 'موسیقی و رقص'), ('music', 'ps', 'موسیقي او نڅا'), ('music', 'bn', 'গান ও নাচ'), ('music', 'my', 'ဂီတနှင့် အက'), ('music', 'ti', 'ሙዚቃን ሳዕሳዒትን'),
    ('games', 'en', 'Games and sport'), ('games', 'fr', 'Jeux et sport'), ('games', 'es', 'Juegos y deporte'), ('games', 'sw', 'Michezo'), ('games', 'ku', 'Lîstik û werzîş'), ('games', 'uk', 'Ігри та спорт'), ('games', 'ar', 'الألعاب والرياضة'), ('games', 'fa', 'بازی و ورزش'), ('games', 'ps', 'لوبې او ورزش'), ('games', 'bn', 'খেলাধুলা'), ('games', 'my', 'ကစားခြင်းနှင့် အားကစား'), ('games', 'ti', 'ጸወታን ስፖርትን'),
    ('children', 'en', 'For children'), ('children', 'fr', 'Pour les enfants'), ('children', 'es', 'Para niños'), ('children', 'sw', 'Kwa watoto'), ('children', 'ku', 'Ji bo zarokan'), ('children', 'uk', 'Для дітей'), ('children', 'ar', 'للأطفال'), ('children', 'fa', 'برای کودکان'), ('children', 'ps', 'د ماشومانو لپاره'), ('children', 'bn', 'শিশুদের জন্য'), ('children', 'my', 'ကလေးများအတွက်'), ('children', 'ti', 'ንቖልዑ'),
    ('together', 'en', 'Living together'), ('together', 'fr', 'Vivre ensemble'), ('together', 'es', 'Convivir'), ('together', 'sw', 'Kuishi pamoja'), ('together', 'ku', 'Bi hev re jiyan'), ('together', 'uk', 'Життя разом'), ('together', 'ar', 'العيش معًا'), ('together', 'fa', 'زندگی با هم'), ('together', 'ps', 'ګډ ژوند'), ('together', 'bn', 'একসঙ্গে বসবাস'), ('together', 'my', 'အတူနေထိုင်ခြင်း'), ('together', 'ti', 'ሓቢርካ ምንባር'),
    ('phones', 'en', 'Phones and computers'), ('phones', 'fr', 'Téléphones et ordinateurs'), ('phones', 'es', 'Teléfonos y ordenadores'), ('phones', 'sw', 'Simu na kompyuta'), ('phones', 'ku', 'Telefon û komputer'), ('phones', 'uk', 'Телефони й комп’ютери'), ('phones', 'ar', 'الهواتف والحواسيب'), ('phones', 'fa', 'تلفن و رایانه'), ('phones', 'ps', 'ټلیفونونه او کمپیوټرونه'), ('phones', 'bn', 'ফোন ও কম্পিউটার'), ('phones', 'my', 'ဖုန်းနှင့် ကွန်ပျူတာ'), ('phones', 'ti', 'ተሌፎንን ኮምፒዩተርን');
