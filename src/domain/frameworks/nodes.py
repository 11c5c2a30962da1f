"""From YAML's nodes to plain values, keeping the line of every key."""

from typing import TypeAlias

import yaml

KeyPath: TypeAlias = tuple[str | int, ...]


class NodeFault(Exception):
    def __init__(self, line: int, path: KeyPath, reason: str) -> None:
        self.line, self.path, self.reason = line, path, reason


class NodeReader:
    """Reads one document. `{value: …, source: default}` reads as its value, and its path goes into `defaults`."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {(): 1}
        self.defaults: set[KeyPath] = set()
        self._seen: set[int] = set()
        self._loader = yaml.SafeLoader(text)
        root = self._loader.get_single_node()
        self.data = None if root is None else self._value(root, ())

    def _value(self, node: yaml.Node, path: KeyPath) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self._read_once(node, path)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return [self._item(child, (*path, index)) for index, child in enumerate(node.value)]

    def _item(self, node: yaml.Node, path: KeyPath) -> object:
        self.lines[path] = _line(node)
        return self._value(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> object:
        try:
            value: object = self._loader.construct_object(node)
        except ValueError as error:
            raise NodeFault(_line(node), path, str(error)) from error
        return value

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> object:
        entries = self._entries(node, path)
        if entries.keys() == {"value", "source"}:
            return self._default(entries, path)
        return {key: self._value(child, (*path, key)) for key, child in entries.items()}

    def _entries(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, yaml.Node]:
        entries: dict[str, yaml.Node] = {}
        for key_node, child in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise NodeFault(_line(key_node), path, "a key is one word")
            if key in entries:
                raise NodeFault(_line(key_node), (*path, key), "duplicate key")
            entries[key] = child
            self.lines[*path, key] = _line(key_node)
        return entries

    def _default(self, entries: dict[str, yaml.Node], path: KeyPath) -> object:
        if entries["source"].value != "default":
            raise NodeFault(self.lines[*path, "source"], (*path, "source"), "the only source to mark is `default`")
        self.defaults.add(path)
        return self._value(entries["value"], path)

    def _read_once(self, node: yaml.Node, path: KeyPath) -> None:
        # An alias can refer to itself, or grow without bound; no file of ours needs one.
        if id(node) in self._seen:
            raise NodeFault(self.lines[path], path, "anchors and aliases are not used here")
        self._seen.add(id(node))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
