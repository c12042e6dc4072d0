"""Where a visitor is in films, books and courses, and what they keep: on a learner's card, else in their browser alone.

`places` has the rules, `cookie` what a browser keeps, `request` what handlers use. Why nobody is known by it:
docs/privacy.md
"""
