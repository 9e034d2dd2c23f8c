"""Reads a data dictionary in QuickFIX's XML layout, the form in which most houses hand out theirs.

The XML becomes the text form of `dictionary`, and that becomes a Dictionary; so the tool that makes our own files and
a house that brings its own go the same way. Cold code: it runs once, when a session is configured.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kairos.fix.dictionary import Dictionary
from kairos.fix.errors import LocalError


def read_quickfix_xml(path: str | Path) -> Dictionary:
    """The dictionary in that file; LocalError when it isn't one."""
    return Dictionary(quickfix_xml_to_text(path))


def quickfix_xml_to_text(path: str | Path) -> str:
    """The text form of the dictionary in that file."""
    try:
        root = ElementTree.parse(path).getroot()
        numbers = {field.attrib["name"]: field.attrib["number"] for field in root.iterfind("fields/field")}
        version = _version(root)
        lines = [f"version {version}"]
        lines += [_field_line(field, version) for field in root.iterfind("fields/field")]
        for component in root.iterfind("components/component"):
            lines.append(f"component {component.attrib['name']} {_members(component, numbers)}".rstrip())
        for region in ("header", "trailer"):
            for part in root.iterfind(region):
                lines.append(f"{region} {_members(part, numbers)}".rstrip())
        for message in root.iterfind("messages/message"):
            head = f"message {message.attrib['msgtype']} {message.attrib['name']}"
            lines.append(f"{head} {_members(message, numbers)}".rstrip())
    except ElementTree.ParseError as error:
        raise LocalError(f"{path}: not XML: {error}") from None
    except KeyError as error:
        raise LocalError(f"{path}: name or attribute {error} is missing") from None
    return "\n".join(lines) + "\n"


def _version(root: Element) -> str:
    """ "FIX.4.4", "FIXT.1.1", "FIX.5.0SP2"."""
    name = f"{root.get('type', 'FIX')}.{root.attrib['major']}.{root.attrib['minor']}"
    pack = root.get("servicepack", "0")
    return name if pack == "0" else f"{name}SP{pack}"


def _field_line(field: Element, version: str) -> str:
    """A value with a space in it describes values ("ISO Country Code"), so such a field allows any.

    What FIX 4.0 and 4.1 call `char` is any text; one character has no type of its own there.
    """
    type_name = field.attrib["type"].upper()
    if type_name == "CHAR" and version in ("FIX.4.0", "FIX.4.1"):
        type_name = "STRING"
    values = [value.attrib["enum"] for value in field.iterfind("value")]
    if any(" " in value for value in values):
        values = []
    return " ".join(["field", field.attrib["number"], field.attrib["name"], type_name, *values])


def _members(parent: Element, numbers: dict[str, str]) -> str:
    return " ".join(_member(child, numbers) for child in parent)


def _member(child: Element, numbers: dict[str, str]) -> str:
    required = "!" if child.get("required", "N").upper() == "Y" else ""
    name = child.attrib["name"]
    if child.tag == "component":
        return f"@{name}{required}"
    if child.tag == "group":
        return f"{numbers[name]}{required}({_members(child, numbers)})"
    return f"{numbers[name]}{required}"
