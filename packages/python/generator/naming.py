"""Python's names for the things of the contract."""

from __future__ import annotations

import re
import textwrap

from .contract import Contract




# The contract's names that have another one in Python.
TYPES = {"error": "WeChatError"}

# A case of a variant is a class of its own. `None` is a case without a class: its record stands for it.
CASES: dict[tuple[str, str], str | None] = {
    ("article", "news"): None,
    ("article", "pictures"): None,
    ("material-content", "news"): None,
    ("material-content", "video"): None,
    ("material-content", "file"): None,
    ("media-content", "file"): None,
    ("media-content", "video"): None,
    ("image-result", "uploaded"): "ImageUploaded",
    ("image-result", "kept"): "ImageKept",
    ("image-result", "unsure"): "ImageUnsure",
    ("image-result", "elsewhere"): "ImageElsewhere",
    ("image-result", "failed"): "ImageFailed",
    ("publish-status", "published"): "Published",
    ("publish-status", "publishing"): "Publishing",
    ("publish-status", "original-declaration-failed"): "OriginalDeclarationFailed",
    ("publish-status", "failed"): "PublishFailed",
    ("publish-status", "review-refused"): "ReviewRefused",
    ("publish-status", "deleted-by-user"): "DeletedByUser",
    ("publish-status", "banned-by-system"): "BannedBySystem",
    ("publish-status", "unknown"): "UnknownStatus",
    ("delete-which", "all"): "DeleteAll",
    ("delete-which", "one"): "DeleteOne",
}

# The names of what the cases carry.
PAYLOADS = {
    "ImageUploaded": "image",
    "ImageFailed": "error",
    "Published": "publication",
    "OriginalDeclarationFailed": "articles",
    "ReviewRefused": "articles",
    "UnknownStatus": "code",
    "DeleteOne": "index",
}


def snake(name: str) -> str:
    return name.replace("-", "_")


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def type_name(name: str) -> str:
    return TYPES.get(name, camel(name))


def case_class(variant: str, case: str) -> str | None:
    """Returns the class of a case; none if its record stands for it. Fails for a case that has no name yet."""
    return CASES[variant, case]


def enum_member(name: str) -> str:
    return snake(name).upper()


class Documentation:
    """The contract's documentation with Python's names in it."""

    def __init__(self, contract: Contract) -> None:
        names = {member.name for definition in contract.types if definition.kind == "record"
                 for member in definition.members}
        names |= {function.name for function in contract.functions()}
        names |= {parameter.name for function in contract.functions() for parameter in function.parameters}
        self._names = names
        self._types = {definition.name for definition in contract.types} - names

    def text(self, docs: str) -> str:
        return re.sub(r"`([a-z][a-z0-9.-]*)`", self._translate, docs)

    def docstring(self, docs: str, indent: str) -> str:
        """Returns a docstring, wrapped as it came, in lines of at most 120 characters."""
        text = self.text(docs).replace("\\", "\\\\").replace('"""', "'''")
        if len(indent) + len(text) + 6 <= 120 and "\n" not in text and not text.endswith('"'):
            return f'{indent}"""{text}"""\n'
        lines = [f"{indent}{line}".rstrip() for line in self._wrap(text, 120 - len(indent))]
        body = "\n".join(lines)[len(indent):]
        return f'{indent}"""{body}\n{indent}"""\n'

    def _wrap(self, text: str, width: int) -> list[str]:
        """Fills each paragraph and each item of a list anew."""
        lines: list[str] = []
        for paragraph in self._paragraphs(text):
            mark = len(paragraph) - len(paragraph.lstrip("-1234567890. "))
            hanging = " " * mark if self._is_item(paragraph) else ""
            wrap = textwrap.TextWrapper(width, subsequent_indent=hanging, initial_indent="" if lines else "   ",
                                        break_long_words=False, break_on_hyphens=False)
            filled = wrap.wrap(paragraph) or [""]
            # The quotes before the first line take three columns.
            lines += filled if lines else [filled[0][3:], *filled[1:]]
        return lines

    def _paragraphs(self, text: str) -> list[str]:
        found: list[str] = []
        for line in text.splitlines():
            is_own = self._is_item(line) or line.startswith(("Errors:", "WeChat:"))
            if is_own or not line or not found or not found[-1]:
                found.append(line)
            else:
                found[-1] += " " + line.strip()
        return found

    def _is_item(self, line: str) -> bool:
        return re.match(r"- |[0-9]+\. |[a-z_0-9]+: [A-Z0-9]", line) is not None and not line.startswith("WeChat")

    def _translate(self, match: re.Match[str]) -> str:
        parts = match.group(1).split(".")
        if len(parts) == 1 and parts[0] in self._types and "-" in parts[0]:
            return f"`{type_name(parts[0])}`"
        return "`" + ".".join(snake(part) if part in self._names else part for part in parts) + "`"
