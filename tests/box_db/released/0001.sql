-- What a box of schema 1 holds: searches that found little.
INSERT INTO unfound_pending VALUES (x'0123456789abcdef0123456789abcdef', x'aa', 2, 7);
INSERT INTO unfound VALUES (x'fedcba9876543210fedcba9876543210', x'bb', 5, 3, 'بئر الماء', 0);
INSERT INTO unfound VALUES (x'00112233445566778899aabbccddeeff', x'cc', 3, 4, 'l''école ; --', 2);
