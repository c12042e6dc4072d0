"""Whether a script is ECMAScript 5, and which objects and methods of browsers it uses, by their names in MDN's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_javascript.language()))

# The grammar's names for what ECMA-262, edition 5.1, has; anything else in a script is newer.
_STATEMENTS = """program comment statement_block expression_statement variable_declaration variable_declarator
    if_statement else_clause switch_statement switch_body switch_case switch_default for_statement for_in_statement
    while_statement do_statement return_statement break_statement continue_statement throw_statement try_statement
    catch_clause finally_clause labeled_statement statement_identifier empty_statement with_statement
    debugger_statement function_declaration function_expression formal_parameters"""
_EXPRESSIONS = """identifier property_identifier this null true false number string string_fragment escape_sequence
    regex regex_pattern regex_flags array object pair call_expression new_expression arguments member_expression
    subscript_expression assignment_expression augmented_assignment_expression unary_expression update_expression
    binary_expression ternary_expression sequence_expression parenthesized_expression undefined"""
_SIGNS = """var if else switch case default for in while do return break continue throw try catch finally with
    debugger function new typeof instanceof void delete
    { } ( ) [ ] ; , . : ? = == === != !== < > <= >= + - * / % ++ -- ! ~ & | ^ && || << >> >>>
    += -= *= /= %= &= |= ^= <<= >>= >>>= / " ' get set"""
_ALLOWED = {*_STATEMENTS.split(), *_EXPRESSIONS.split(), *_SIGNS.split()}

_NEW_IN_REGEX = re.compile(r"\(\?<|\\[pPk]\{|\\u\{")
_NEW_NUMBER = re.compile(r"^0[bo]|_|n$", re.IGNORECASE)


def newer_than_es5(script: str) -> list[str]:
    """What of the script a browser with ECMAScript 5 alone would stumble over, as `line: piece`."""
    tree = _PARSER.parse(script.encode())
    return [f"{node.start_point.row + 1}: {_text(node)[:60]}" for node in _nodes(tree.root_node) if _is_newer(node)]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _is_newer(node: Node) -> bool:
    if node.is_error or node.is_missing or node.type not in _ALLOWED:
        return True
    if node.type == "regex_pattern":
        return bool(_NEW_IN_REGEX.search(_text(node)))
    if node.type == "regex_flags":
        return bool(set(_text(node)) - set("gim"))
    if node.type == "number":
        return bool(_NEW_NUMBER.search(_text(node)))
    return node.type == "arguments" and _text(node).rstrip(" )\n").endswith(",")


def names_used(script: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The global names, and the pairs of an object's name (empty where it has none) and a member of it."""
    nodes = list(_nodes(_PARSER.parse(script.encode()).root_node))
    own = {_text(name) for node in nodes for name in _declared(node)}
    used = {_text(node) for node in nodes if node.type == "identifier"} - own - {"arguments"}
    members = {_member(node) for node in nodes if node.type == "member_expression"}
    return used, {(owner if owner not in own else "", name) for owner, name in members}


def _declared(node: Node) -> list[Node]:
    if node.type in ("variable_declarator", "function_declaration", "function_expression"):
        name = node.child_by_field_name("name")
        return [name] if name else []
    if node.type == "catch_clause":
        parameter = node.child_by_field_name("parameter")
        return [parameter] if parameter else []
    if node.type == "for_in_statement":
        return [each for each in node.children_by_field_name("left") if each.type == "identifier"]
    return node.named_children if node.type == "formal_parameters" else []


def _member(node: Node) -> tuple[str, str]:
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    assert owner is not None
    assert name is not None
    return _called(owner), _text(name)


def _called(owner: Node) -> str:
    """What an object is called: its own name, or that of the member or method that gave it."""
    if owner.type == "identifier":
        return _text(owner)
    giver = owner.child_by_field_name("function") if owner.type == "call_expression" else owner
    name = giver.child_by_field_name("property") if giver and giver.type == "member_expression" else None
    return _text(name) if name else ""
