"""The place of each key of a TOML text is found, whatever stands around it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.adapters.toml_places import find_places

TEXT = '''\
# a comment with [brackets] and = signs
a = 1
"quoted key" = "text with # and ] and \\" in it"
'literal' = 'C:\\'
multi = """
[not.a.table]
b = 2 \\""" still text
"""
array = [
  1, # ]
  [2, "]"],
]
inline = { x = 1, y = { z = [
  3] } }
dotted . name.deep = 1

[table]
  b = \'\'\'
c = 3\'\'\'\'
d = """"quoted\""""
  [table."sub.name"]
e = 1
[[account]]
id = 1
[account.limits]
qty = 2
[[account.leg]]
n = 1
[[account.leg]]
n = 2
[[account]]   # another
id = 2
[account.limits]
qty = 3'''


def line_of(needle: str, nth: int = 0) -> int:
    lines = [number for number, line in enumerate(TEXT.splitlines(), 1) if needle in line]
    return lines[nth]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), line_of("a = 1")),
        (("quoted key",), line_of("quoted key")),
        (("literal",), line_of("literal")),
        (("multi",), line_of("multi =")),
        (("array",), line_of("array =")),
        (("inline",), line_of("inline =")),
        (("dotted", "name", "deep"), line_of("dotted")),
        (("dotted",), line_of("dotted")),
        (("table",), line_of("[table]")),
        (("table", "b"), line_of("b = '''")),
        (("table", "d"), line_of('d = "')),
        (("table", "sub.name", "e"), line_of("e = 1")),
        (("account", 0), line_of("[[account]]", 0)),
        (("account", 0, "limits", "qty"), line_of("qty = 2")),
        (("account", 0, "leg", 0, "n"), line_of("n = 1")),
        (("account", 0, "leg", 1, "n"), line_of("n = 2")),
        (("account", 1, "id"), line_of("id = 2")),
        (("account", 1, "limits"), line_of("[account.limits]", 1)),
    ],
)
def test_the_line_of_a_path(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert find_places(TEXT)[path] == line


def test_text_inside_strings_and_arrays_makes_no_path() -> None:
    places = find_places(TEXT)
    assert ("not",) not in places
    assert ("multi", "b") not in places
    assert ("b",) not in places
    assert {path[0] for path in places if path} == set(tomllib.loads(TEXT))


VALUES = st.sampled_from(['"x"', "'#'", "1", "[1,\n2]", '"""a\n[b]\n"""', "{ k = 1 }", "[ { k = 1 },\n]", "'''\n'''"])
KEYS = st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), unique=True, min_size=1, max_size=6)


@given(KEYS, st.data())
def test_every_key_is_found_on_the_line_where_it_was_written(keys: list[str], data: st.DataObject) -> None:
    text = ""
    expected: dict[tuple[str | int, ...], int] = {}
    for key in keys:
        text += data.draw(st.sampled_from(["", "\n", "# c ] [\n", "  "]))
        expected[(key,)] = text.count("\n") + 1
        text += f"{key} = {data.draw(VALUES)}\n"
    assert set(tomllib.loads(text)) == set(keys)
    assert {path: line for path, line in find_places(text).items() if path} == expected
