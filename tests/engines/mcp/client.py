"""The official Python client of the Model Context Protocol: one article from nothing to public. A program of its own.

The arguments are the transport, the mode (`2026-07-28`, `legacy` or `auto`) and the file for the list of the tools.
Over `http` the address follows, and the bearer token is in WECHAT_MCP_TOKEN. Over `stdio` the file for the server's
stderr follows, and the server's command. It prints what it sees, and ends with 1 at the first surprise.
"""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError


@asynccontextmanager
async def connect(transport, mode, *server):
    if transport == "http":
        headers = {"Authorization": f"Bearer {os.environ['WECHAT_MCP_TOKEN']}"}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            async with Client(streamable_http_client(*server, http_client=http), mode=mode) as client:
                yield client
        return
    stderr, command, *arguments = server
    with open(stderr, "w") as errors:
        parameters = StdioServerParameters(command=command, args=arguments)
        async with Client(stdio_client(parameters, errors), mode=mode) as client:
            yield client


class Caller:
    """Calls tools, and prints what comes."""

    def __init__(self, client, tools):
        self.client, self.tools = client, tools
        self.progress = []

    async def _call(self, name, arguments):
        async def progress(done, total, message):
            self.progress.append((done, total, message))

        result = await self.client.call_tool(name, arguments, progress_callback=progress)
        shown = {key: value if len(str(value)) < 60 else "…" for key, value in arguments.items()}
        text = json.dumps(result.structured_content, ensure_ascii=False)
        failed = " failed" if result.is_error else ""
        print(f"        {name} {json.dumps(shown)}{failed}: {text[:160]}", flush=True)
        # Old clients get the text only.
        assert json.loads(result.content[0].text) == result.structured_content, result
        # The client itself does not check the content of errors.
        Draft202012Validator(self.tools[name].output_schema).validate(result.structured_content)
        return result

    async def done(self, name, **arguments):
        result = await self._call(name, arguments)
        assert not result.is_error, result
        return result.structured_content

    async def refused(self, name, **arguments):
        result = await self._call(name, arguments)
        assert result.is_error, result
        return result.structured_content


async def run(transport, mode, list_file, *server):
    async with connect(transport, mode, *server) as client:
        # A client that is told the version does not ask who the server is.
        server = client.server_info.name if client.server_info else "not asked"
        print(f"        protocol {client.protocol_version}, server {server}", flush=True)
        assert client.protocol_version == ("2025-11-25" if mode == "legacy" else "2026-07-28"), client.protocol_version
        listed = (await client.list_tools()).tools
        as_json = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in listed]
        Path(list_file).write_text(json.dumps(as_json))
        tools = {tool.name: tool for tool in listed}
        print(f"        tools: {', '.join(tools)}", flush=True)
        for tool in listed:
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            hints = tool.annotations
            stated = [hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint]
            assert tool.title and None not in stated, tool
        caller = Caller(client, tools)
        await article(caller)
        try:
            await client.call_tool("no-such-tool", {})
            raise AssertionError("a tool that is not there was called")
        except MCPError as error:
            print(f"        no-such-tool: {error}", flush=True)


async def article(caller):
    """One article from nothing to public."""
    assert (await caller.done("account-status"))["drafts"] == 0
    text = {"title": "Hello", "html_path": "article.html"}
    assert (await caller.done("check-article", article=text))["acceptable"]
    outside = await caller.refused("upload-image", path="../client")
    assert outside["subject"] == "path", outside
    cover = await caller.done("upload-image", path="photo.jpg")
    text["cover_media_id"] = cover["media_id"]
    caller.progress.clear()
    made = await caller.done("create-draft", article=text)
    assert made["pictures"] == 1 and {finding["severity"] for finding in made["findings"]} <= {"advice"}, made
    counts = [done for done, _, _ in caller.progress]
    assert counts == sorted(set(counts)) and {total for _, total, _ in caller.progress} == {1}, caller.progress
    print(f"        progress: {'; '.join(message for _, _, message in caller.progress)}", flush=True)
    draft = await caller.done("get-draft", media_id=made["media_id"])
    assert draft["digest"] == made["digest"], draft
    approved = {"media_id": made["media_id"], "digest": draft["digest"]}
    wrong = await caller.refused("publish-draft", expected_title="Another", **approved)
    assert (wrong["kind"], wrong["may_have_happened"]) == ("invalid-input", False), wrong
    task = await caller.done("publish-draft", expected_title="Hello", **approved)
    status = await caller.done("get-publish-status", publish_id=task["publish_id"], wait_seconds=30)
    assert status["state"] == "published", status
    published = await caller.done("list-published")
    assert published["publications"][0]["articles"][0]["url"] == status["urls"][0], published
    spare = await caller.done("create-draft", article={**text, "title": "Spare"})
    await caller.done("delete-draft", media_id=spare["media_id"], title="Spare")
    missing = await caller.refused("get-draft", media_id=spare["media_id"])
    assert missing["kind"] == "not-found" and missing["rid"], missing


asyncio.run(run(*sys.argv[1:]))
