"""The official Python client of the Model Context Protocol: one article from nothing to public. A program of its own.

The arguments are the address and the mode: `2026-07-28`, `legacy` (by `initialize`) or `auto`. The bearer token is in
EDGE_TOKEN. It prints what it sees, and ends with 1 at the first surprise.
"""

import asyncio
import json
import os
import sys

import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

# A picture of 16 × 16 pixels, which becomes the cover.
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGElEQVR42mNgaDhAGhrVMKphVMOohmGuAQDr0vwfxW7rsQ"
    "AAAABJRU5ErkJggg=="
)


async def call(client, name, **arguments):
    """Calls a tool. The client itself checks the result against the tool's schema."""
    result = await client.call_tool(name, arguments)
    shown = {key: value if len(str(value)) < 60 else "…" for key, value in arguments.items()}
    text = json.dumps(result.structured_content or result.content[0].text, ensure_ascii=False)
    print(f"        {name} {json.dumps(shown)}: {text[:160]}", flush=True)
    return result


async def run(url, mode):
    headers = {"Authorization": f"Bearer {os.environ['EDGE_TOKEN']}"}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
            # A client that is told the version asks nobody for it, and so learns no name.
            name = client.server_info.name if client.server_info else "not asked"
            print(f"        protocol {client.protocol_version}, server {name}", flush=True)
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            print(f"        tools: {', '.join(tools)}", flush=True)
            assert tools["publish-draft"].annotations.destructive_hint, tools["publish-draft"]
            assert all(tool.output_schema and tool.title for tool in tools.values())
            article = {"title": f"Over MCP, {mode}", "html": f'<p>Hello.</p><img src="{PICTURE}">'}
            checked = await call(client, "check-article", article=article)
            assert checked.structured_content["acceptable"], checked
            made = (await call(client, "create-draft", article=article)).structured_content
            draft = (await call(client, "get-draft", media_id=made["media_id"])).structured_content
            wrong = await call(
                client, "publish-draft", media_id=made["media_id"], expected_title="Another", digest=draft["digest"]
            )
            assert wrong.is_error and json.loads(wrong.content[0].text)["error"]["kind"] == "invalid-input", wrong
            submitted = await call(
                client, "publish-draft", media_id=made["media_id"], expected_title=article["title"], digest=draft["digest"]
            )
            publish_id = submitted.structured_content["publish_id"]
            status = await call(client, "get-publish-status", publish_id=publish_id, wait_seconds=30)
            assert status.structured_content["state"] == "published", status
            listed = (await call(client, "list-published")).structured_content
            assert article["title"] in str(listed), listed


asyncio.run(run(*sys.argv[1:]))
