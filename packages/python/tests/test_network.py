"""Proxies and certificates."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import APP_ID, APP_SECRET, Simulator

from wechat_official_account import Account, ErrorKind, WeChatError

VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"]


class Proxy:
    """A proxy that makes tunnels, all of them to the simulator."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://canary-user:canary-password@127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.tunnel, args=(client,), daemon=True).start()

    def tunnel(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        self.asked.append(head.decode())
        upstream = socket.create_connection(("127.0.0.1", self.port))
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=self.copy, args=(client, upstream), daemon=True).start()
        self.copy(upstream, client)

    def copy(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        sink.close()


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Simulator, Path]]:
    ca = tmp_path_factory.mktemp("ca") / "ca.pem"
    simulator = Simulator("--ca", str(ca))
    yield simulator, ca
    simulator.stop()


@pytest.fixture
def proxy(tls: tuple[Simulator, Path]) -> Iterator[Proxy]:
    proxy = Proxy(tls[0].port)
    yield proxy
    proxy.server.close()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def verified(**options: Any) -> bool:
    with Account(APP_ID, APP_SECRET, retry_pauses_milliseconds=[], **options) as account:
        return account.verify() > 0


def test_certificates_come_from_a_file_from_data_and_from_the_environment(
    tls: tuple[Simulator, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, ca = tls
    with pytest.raises(WeChatError) as caught:
        verified(api_base=simulator.url)
    assert caught.value.kind == ErrorKind.TLS
    assert verified(api_base=simulator.url, ca_file=ca)
    assert verified(api_base=simulator.url, ca_file=str(ca))
    assert verified(api_base=simulator.url, ca_data=ca.read_text())
    assert verified(api_base=simulator.url, ca_data=ca.read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(ca))
    assert verified(api_base=simulator.url)
    with pytest.raises(WeChatError):
        verified(api_base=simulator.url, trust_env=False)


def test_an_empty_variable_names_no_certificates(
    tls: tuple[Simulator, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, ca = tls
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(name, "")
    assert verified(api_base=simulator.url, ca_file=ca)
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    assert verified(api_base=simulator.url, ca_file=ca, trust_env=False)
    with pytest.raises(ValueError, match="SSL_CERT_FILE=/nowhere/ca.pem: correct or unset it, or use trust_env=False"):
        verified(api_base=simulator.url, ca_file=ca)


def test_certificates_that_are_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        verified(ca_file=tmp_path / "missing.pem")
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(ValueError, match="ca_file: .*certificate"):
        verified(ca_file=tmp_path / "empty.pem")
    with pytest.raises(ValueError, match="ca_data: .*certificate"):
        verified(ca_data="nothing")


def test_an_argument_that_has_no_certificate_is_named(tls: tuple[Simulator, Path], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ca_data: has no valid certificate"):
        verified(ca_data=b"\x30junk")
    (tmp_path / "junk.pem").write_text("-----BEGIN CERTIFICATE-----\nMGp1bms=\n-----END CERTIFICATE-----\n")
    with pytest.raises(ValueError, match="ca_file: has no valid certificate"):
        verified(ca_file=tmp_path / "junk.pem")
    assert verified(api_base=tls[0].url.replace("https:", "HTTPS:"), ca_file=tls[1])


def test_the_proxy_of_the_environment_is_used(
    tls: tuple[Simulator, Path], proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    assert verified(ca_file=tls[1])
    assert proxy.asked[0].startswith("CONNECT api.weixin.qq.com:443 ")
    assert "roxy-" in proxy.asked[0] and APP_SECRET not in "".join(proxy.asked)


def test_an_argument_comes_before_the_environment(
    tls: tuple[Simulator, Path], proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert verified(ca_file=tls[1], proxies={"https": proxy.url})
    assert verified(ca_file=tls[1], proxies={"all": proxy.url})
    assert verified(ca_file=tls[1], proxies=proxy.url)
    assert len(proxy.asked) == 3


def test_no_proxy_is_used_where_none_is_wanted(
    tls: tuple[Simulator, Path], proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base is a name that leads nowhere, so only the proxy could have answered."""
    base = "https://api.wechat.invalid"
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    choices: list[dict[str, Any]] = [{"trust_env": False}, {"proxies": {}}, {"proxies": {"http": proxy.url}}]
    for options in choices:
        with pytest.raises(WeChatError) as caught:
            verified(api_base=base, ca_file=tls[1], **options)
        assert caught.value.kind == ErrorKind.NETWORK
    monkeypatch.setenv("NO_PROXY", "wechat.invalid")
    with pytest.raises(WeChatError):
        verified(api_base=base, ca_file=tls[1])
    assert proxy.asked == []


@pytest.mark.parametrize("key", ["https://", "htps", "HTTPS", "http://canary@127.0.0.1"])
def test_a_key_that_would_be_no_proxy_is_refused(proxy: Proxy, key: str) -> None:
    with pytest.raises(ValueError, match="proxies: must have no other keys than https, http, all and") as caught:
        verified(proxies={key: proxy.url})
    assert "canary" not in str(caught.value)


def test_an_exception_goes_past_the_proxy(tls: tuple[Simulator, Path], proxy: Proxy) -> None:
    base = "https://api.wechat.invalid"
    with pytest.raises(WeChatError):
        verified(api_base=base, ca_file=tls[1], proxies={"all": proxy.url, "no_proxy": "wechat.invalid"})
    assert proxy.asked == []


def test_a_proxy_that_is_none_is_told_without_its_password() -> None:
    with pytest.raises(ValueError, match="SOCKS") as caught:
        verified(proxies={"https": "socks5://user:canary@127.0.0.1:1"})
    assert "canary" not in str(caught.value)
