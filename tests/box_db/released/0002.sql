-- What schema 2 added: learners' cards.
INSERT INTO box_day VALUES ('1970-01-01', 1), ('2026-11-24', 2);
INSERT INTO card VALUES (1, x'01', x'02', 2), (5, x'03', x'04', 1);
INSERT INTO card_phone VALUES (x'05', 1, 1), (x'06', 1, 2);
INSERT INTO card_place VALUES (1, 'film', 'village', 'films/wells.mp4', 65.5, 300.0, 'Digging a well', '2026-11-24', 1);
INSERT INTO card_place VALUES (5, 'kept', 'village', '', 0.0, 0.0, 'ቡና', '1970-01-01', 1);
INSERT INTO card_try VALUES (x'07', 12.25, 1795535183);
