"""Reads what the doctor may find out of the code: every finding that is not well, and its words.

Sentences of others that it hands on are read where they are raised or returned.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "eventsnap_desktop"
DOCTOR = ("app/doctor_machine.py", "app/doctor_services.py", "app/findings.py")
# What the doctor hands on, by topic: files whose errors, and functions whose answers, it tells.
HANDED_ON = {
    "database": ("index/database.py", "index/embedded.py", "index/schema.py", "index/failures.py"),
    "photo storage": ("storage/s3_failures.py",),
    "model pack": ("vision/packs.py",),
    "inference": ("vision/runtime.py:why_not_cuda",),
    "camera": ("camera/devices.py:list_linux",),
    "printer": ("delivery/printers.py:_problems",),
    "settings": ("settings/config_file.py:read_config", "settings/config_file.py:_flattened"),
}

# Of the program's own doing: nobody who asks the doctor meets them.
_NEVER_TOLD = {"The index was closed", "the migrations are not numbered 1, 2, 3, ..."}


def findings() -> Iterator[tuple[str, str]]:
    """Yield topic and words of every finding in the doctor's code that may not be well.

    A topic or words that are made elsewhere are "".
    """
    for file in DOCTOR:
        for node in ast.walk(_tree(file)):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Finding":
                continue
            topic, level, said, *_ = node.args
            if ast.unparse(level) != "Level.OK":
                yield words(topic), words(said)


def sentences() -> Iterator[tuple[str, str]]:
    """Yield topic and sentence of everything that the doctor hands on."""
    for topic, places in HANDED_ON.items():
        for place in places:
            file, _, function = place.partition(":")
            tree = _tree(file)
            inside = _function(tree, function) if function else tree
            found = _texts_of(inside) if function else _errors_of(tree)
            for text in dict.fromkeys(found):
                yield topic, text


def words(node: ast.AST) -> str:
    """Return a text's words, with … for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _gaps(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(words(one) if isinstance(one, ast.Constant) else "…" for one in node.values)
    return ""


def _gaps(text: str) -> str:
    while "{" in text and "}" in text:
        before, _, rest = text.partition("{")
        text = f"{before}…{rest.partition('}')[2]}"
    return text


def _errors_of(tree: ast.AST) -> Iterator[str]:
    """Yield the sentences of errors: of calls, and of tables with sentence and advice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error") and node.args:
            text = words(node.args[0])
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and _is_advice(node.elts[1]):
            text = words(node.elts[0])
        else:
            continue
        if " " in text and text not in _NEVER_TOLD:
            yield text


def _is_advice(node: ast.AST) -> bool:
    return words(node).endswith(".") or ast.unparse(node).endswith("_ADVICE")


def _texts_of(tree: ast.AST) -> Iterator[str]:
    """Yield the sentences of a function but its docstring."""
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    documented = ast.get_docstring(tree, clean=False) if isinstance(tree, ast.FunctionDef) else None
    for node in ast.walk(tree):
        text = "" if id(node) in inside else words(node)
        if " " in text.strip("… ") and "%s" not in text and text != documented:
            yield text


def _function(tree: ast.AST, name: str) -> ast.FunctionDef:
    [found] = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    return found


def _tree(file: str) -> ast.AST:
    return ast.parse((PROGRAM / file).read_text(encoding="utf-8"))
