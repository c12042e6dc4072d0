"""How often one may be wrong about a password, and what is counted. Pure.

From a phone on which the person never signed in (a stranger's, or a new one), three levels count:

- of this address and this account: 8 tries, then one waits, each time twice as long, up to 15 minutes. So whoever
  forgot the password and waits has another try in 15 minutes at the latest, for ever. That is 96 tries a day at most.
- of the account, from all such phones: 60 tries are free and 192 a day are forgiven, so that one address, which makes
  half as many, never keeps a second one out. With many addresses an attacker makes 60 tries, then 192 a day: 70,000 a
  year, where a password that the box draws has 30^12 forms. Whoever wants to keep a mediator out of a *new* phone can
  thereby make her wait 15 minutes, and try again; nobody can keep her out of a phone that she used before.
- of the address, whatever the account: 40 tries, and 144 a day are forgiven: a room of people behind one router.

From a phone on which this person signed in before, which its cookie shows, one level of that phone and account counts
instead: 10 tries, then 96 a day. What strangers do does not count there, nor what is done there elsewhere.

The code of the first start has 10^8 forms, and another one with each start of the box: 10 tries from an address, 40 in
all and 144 a day. To find it, a guesser needs 950 years on average.
"""

from __future__ import annotations

from ideascube.box_db.tries import Count, Tries
from ideascube.people.names import folded_name
from ideascube.throttle import Limit

OF_ADDRESS_AND_ACCOUNT = Limit(8, 900)
OF_ACCOUNT = Limit(60, 450)
OF_ADDRESS = Limit(40, 600)
OF_KNOWN_PHONE = Limit(10, 900)
FIRST = (Limit(10, 1200), Limit(40, 600))  # of an address, of the box


def signing_in(name: str, address: str, known: str) -> Tries:
    """A try at the password of `name`. `known`: what the phone is known by to this account; empty for a stranger's."""
    account = folded_name(name)[:200]
    if known:
        return Tries("sign-in", (Count(OF_KNOWN_PHONE, ("known", known, account)),))
    return Tries(
        "sign-in",
        (
            Count(OF_ADDRESS_AND_ACCOUNT, ("both", address, account)),
            Count(OF_ACCOUNT, ("account", account)),
            Count(OF_ADDRESS, ("address", address)),
        ),
    )


def setting_up(address: str) -> Tries:
    """A try at the code of the first start."""
    of_address, of_box = FIRST
    return Tries("first", (Count(of_address, ("address", address)), Count(of_box)))


def asking_again(person_ref: str) -> Tries:
    """A try at one's own password by who is signed in, before something is changed with it."""
    return Tries("own", (Count(OF_KNOWN_PHONE, (person_ref,)),))
