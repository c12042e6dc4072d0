"""How often one may be wrong about a card's pictures. Two levels count: that of an address and that of the whole box.

- A class of 30 behind one address may be wrong 40 times before anybody waits.
- One address alone cannot make the others wait: it may try half as often as the box forgives.
- An attacker with many addresses has 120 tries, then 288 a day, against 45,239,040 orders of pictures: with 500
  cards on the box, some one of them is found after 314 days of trying, and a certain one after 430 years.
"""

from __future__ import annotations

from ideascube.throttle import Limit

ENTERING = (Limit(40, 600), Limit(120, 300))  # of one address, of the box
TAKING = (Limit(60, 120), Limit(200, 60))
