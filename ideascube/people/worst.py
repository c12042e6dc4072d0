"""Passwords of ten signs and more that people choose most, and that guessers try first; folded. Pure.

The head of public lists of leaked passwords, with what French, Spanish and Arabic keyboards and box owners add to it.
Shorter ones are refused for their length, runs and repetitions by rule: see `passwords`.
"""

from __future__ import annotations

_MOST_CHOSEN = """
password10 password12 password123 password1234 password12345 passw0rd123 p@ssword123 p@ssw0rd123 mypassword
thepassword newpassword changeme123 changemenow letmein123 letmeinnow welcome123 welcome1234 welcome2024 welcome2025
welcome2026 administrator admin12345 admin123456 adminadmin administrateur rootroot12 superadmin superuser1
qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyqwerty 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5
zaq12wsxcde asdfghjkl1 asdfghjkl; zxcvbnm123 azertyuiop azerty1234 azerty12345 azerty123456 azertyazerty motdepasse
motdepasse1 motdepasse123 monmotdepasse bonjour123 bonjour1234 bienvenue1 bienvenue123 jetaime123 doudou1234
soleil1234 chocolat123 marseille13 contrasena contrasena1 contrasena123 contraseña contraseña1 bienvenido1
teamo12345 estrella12 alhamdulillah bismillah1 bismillah123 subhanallah mashallah1 inchallah1 inshallah1 habibi1234
allahuakbar mohammed123 mohamed123 muhammad123 ahmed12345 fatima1234 iloveyou12 iloveyou123 ilovemyself sunshine12
princess12 football12 football123 basketball baseball12 liverpool1 liverpool123 chelsea123 barcelona1 barcelona123
realmadrid manchester manchester1 superman12 batman1234 spiderman1 starwars12 pokemon123 minecraft1 charlie123
michael123 jennifer12 jordan1234 computer12 computer123 internet12 internet123 internet1234 samsung123 samsung1234
motorola12 nokia12345 google1234 facebook12 facebook123 whatsapp12 whatsapp123 youtube123 android123 ideascube1
ideascube12 ideascube123 ideascubebox ideasbox12 ideasbox123 ideasbox1234 bibliotheque bibliotheque1 library123
library1234 mediatheque mediateur1 mediateur123 mediator12 mediator123 teacher123 professeur1 refugee123 kakuma1234
dadaab1234 zaatari123 africa1234 burundi123 rwanda1234 congo12345 cameroun12 cameroun123 senegal123 bangladesh
bangladesh1 pakistan12 pakistan123 afghanistan ukraine123 palestine1 palestine123 syria12345 jesus12345 jesuschrist
ilovejesus godisgood1 godisgreat blessed123 family1234 liberte123 secret1234 secret12345 testtest12 test123456
user123456 guest12345 default123 abcd123456 abc1234567 abcdef1234 a123456789 aa12345678 a1b2c3d4e5 1a2b3c4d5e
qwe1234567 asd1234567 zxc1234567 112233445566 1122334455 1212121212 1231231230 123123123123 1234512345 123454321
12345654321 1234554321 12344321aa 147258369a 159357258 741852963a 789456123a 7894561230 9876543210a 987654321a
00123456789 0011223344
"""

WORST = frozenset(_MOST_CHOSEN.split())
