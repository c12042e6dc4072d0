"""Which features a style sheet uses, by their names in MDN's browser compatibility data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_PREFIX = re.compile(r"^-(?:webkit|moz|ms|o)-")
_PSEUDO = re.compile(r"::?(-?[a-z][a-z-]*)")
_QUERY = re.compile(r"\(\s*(?:min-|max-)?([a-z-]+)\s*[:)]")
_COLOURS = ("white", "black")
_STRINGS = re.compile(r"""\[[^\]]*\]|"[^"]*"|'[^']*'""")


class NotCss(Exception):
    """The style sheet has a mistake."""


def css_features(text: str) -> set[str]:
    """Every property, value, function, at-rule and selector; raises NotCss where a browser would skip something."""
    return set(_of_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))


def _of_rules(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, AtRule):
            yield from _of_at_rule(rule)
        elif isinstance(rule, QualifiedRule):
            yield from _of_selectors(tinycss2.serialize(rule.prelude))
            yield from _of_block(rule.content)
        else:
            raise NotCss(f"{rule.source_line}: {getattr(rule, 'message', rule)}")


def _of_at_rule(rule: AtRule) -> Iterator[str]:
    name = _PREFIX.sub("", rule.lower_at_keyword)
    yield f"css.at-rules.{name}"
    if name == "media":
        yield from (f"css.at-rules.media.{feature}" for feature in _QUERY.findall(tinycss2.serialize(rule.prelude)))
    if rule.content is None:
        return
    if name in ("font-face", "page"):
        yield from (f"css.at-rules.{name}.{each.name}" for each in _declarations(rule.content))
    elif name == "keyframes":
        for frame in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
            yield from _of_block(frame.content)
    else:
        yield from _of_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _of_selectors(selectors: str) -> Iterator[str]:
    if "&" in selectors:
        yield "css.selectors.nesting"
    for name in _PSEUDO.findall(_STRINGS.sub("", selectors)):
        if not _PREFIX.match(name):  # some maker's own: no more than a finish
            yield f"css.selectors.{name}"


def _declarations(block: list[Node]) -> list[Declaration]:
    found = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    for each in found:
        if not isinstance(each, Declaration):
            raise NotCss(f"{each.source_line}: no declaration: {getattr(each, 'message', each)}")
    return found


def _of_block(block: list[Node]) -> Iterator[str]:
    for declaration in _declarations(block):
        name = declaration.lower_name
        if name.startswith("--"):
            yield "css.properties.custom-property"
        else:
            yield f"css.properties.{name}"
        yield from _of_value(name, declaration.value)


def _of_value(name: str, value: Iterable[Node]) -> Iterator[str]:
    for part in value:
        if part.type == "function":
            yield f"css.types.{part.lower_name}"
            yield from _of_value(name, part.arguments)
        elif part.type == "ident":
            yield f"css.properties.{name}.{part.lower_value}"
        elif part.type == "dimension":
            yield f"css.types.length.{part.lower_unit}"
        elif part.type == "hash" and len(part.value) in (4, 8):
            yield "css.types.color.alpha_hexadecimal_notation"


def lost_with_another(text: str, is_old: Callable[[str], bool]) -> list[str]:
    """Rules that an old browser skips as a whole, for the sake of one selector in their list that it does not know."""
    found = []
    for rule in _qualified_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        selectors = tinycss2.serialize(rule.prelude).split(",")
        newer = [any(not is_old(f"css.selectors.{name}") for name in _PSEUDO.findall(each)) for each in selectors]
        if any(newer) and not all(newer):
            found.append(f"{rule.source_line}: {', '.join(each.strip() for each in selectors)}")
    return found


def half_coloured(text: str) -> list[str]:
    """Rules with a colour of letters and none behind them, or the other way round, where there are no variables.

    An old browser skips `var(…)` alone, and shows letters in the colour of what is behind them.
    """
    found = []
    for rule in _qualified_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        literal = {each.lower_name.partition("-")[0] for each in _declarations(rule.content) if _is_literal(each)}
        if len(literal) == 1 and not _PSEUDO.search(tinycss2.serialize(rule.prelude).replace(":hover", "")):
            found.append(f"{rule.source_line}: {tinycss2.serialize(rule.prelude).strip()}")
    return found


def _is_literal(declaration: Declaration) -> bool:
    if declaration.lower_name not in ("color", "background", "background-color"):
        return False
    return any(part.type == "hash" or (part.type == "ident" and part.lower_value in _COLOURS)
               for part in declaration.value)  # fmt: skip


def _qualified_rules(rules: Iterable[Node]) -> Iterator[QualifiedRule]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield rule
        elif isinstance(rule, AtRule) and rule.content and rule.lower_at_keyword in ("media", "supports"):
            yield from _qualified_rules(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            )
