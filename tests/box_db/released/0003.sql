-- What schema 3 added: people with an account.
INSERT INTO person VALUES (1, 'abcdefghij', 'Zoé', 'zoe', 'operator', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA', 0, '', 'fr', 1);
INSERT INTO person VALUES (2, '0123456789', 'أحمد', NULL, 'mediator', '', 0, '', '', 0);
INSERT INTO staff_device VALUES (1, 'tablet0001', x'08', 'Tablet 1', 2);
INSERT INTO pin_try VALUES (1, 1, 3);
INSERT INTO staff_session VALUES (x'09', 'session001', 1, 'Android, Chrome', 1, 0, 2, 40, '6f9e', 1, '');
INSERT INTO staff_session VALUES (x'0a', 'session002', 2, '', NULL, 1, 2, 41, '6f9e', 1, 'removed');
UPDATE running SET quarters = 41;
INSERT INTO deed VALUES (1, 1795535183, 1, 'Zoé', 'set-up', 'Médiathèque'), (2, 0, NULL, '', 'added-person', 'أحمد');
INSERT INTO form_once VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 1);
INSERT INTO box_fact VALUES ('name', 'Médiathèque'), ('languages', 'fr en ar');
