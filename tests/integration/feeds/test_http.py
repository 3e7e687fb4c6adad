"""The guarded client: it reaches what it may, at the address that it judged, and hands nothing to strangers."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from datetime import timedelta

import pytest

from monitor.clock import SystemClock
from monitor.http import Client, HttpError, Limits
from tests.fixtures.rebinding_dns import Names
from tests.fixtures.small_web import Asked, Page, a_feed, serve


def a_client(*allow: str, names: Names | None = None, total: float = 5) -> Client:
    resolve = (names or Names()).resolve
    return Client(clock=SystemClock(), allow=allow, limits=Limits(total=timedelta(seconds=total)), resolve=resolve)


def failure(client: Client, url: str) -> str:
    with client, pytest.raises(HttpError) as raised:
        client.get(url)
    return raised.value.because


def test_loopback_is_refused_unless_this_very_host_and_port_is_allowed() -> None:
    with serve({"/": Page(body=b"inside")}) as web:
        assert failure(a_client(), web.url("/")) == "refused-address"
        assert failure(a_client(f"127.0.0.1:{web.port + 1}"), web.url("/")) == "refused-address"
        assert web.asked == []

        with a_client(web.host) as client:
            assert client.get(web.url("/")).body == b"inside"


@pytest.mark.parametrize("name", ["flip.test", "rebind.test"])
def test_a_name_is_resolved_once_and_the_connection_goes_to_the_judged_address(name: str) -> None:
    names = Names()
    with serve({"/": Page(body=b"here")}) as web, a_client(web.host, names=names) as client:
        assert client.get(f"http://{name}:{web.port}/").body == b"here"

        assert names.asked[name] == 1


@pytest.mark.parametrize("name", ["flip.test", "rebind.test"])
def test_a_name_that_changes_its_mind_is_judged_anew_at_the_next_connection(name: str) -> None:
    with serve({"/": Page(body=b"here")}) as web:
        client = a_client(web.host)
        client.get(f"http://{name}:{web.port}/")

        assert failure(client, f"http://{name}:{web.port}/") == "refused-address"


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("both.test", "refused-address"),
        ("many.test", "refused-address"),
        ("forbidden.test", "refused-address"),
        ("nx.test", "dns"),
    ],
)
def test_one_answer_that_is_not_public_refuses_the_name(name: str, because: str) -> None:
    with serve({"/": Page()}) as web:
        assert failure(a_client(web.host), f"http://{name}:{web.port}/") == because
        assert web.asked == []


@pytest.mark.parametrize("name", ["slow.test", "silent.test"])
def test_a_resolver_that_hangs_ends_with_the_time_of_the_request(name: str) -> None:
    began = time.monotonic()

    assert failure(a_client(names=Names(slow_seconds=2), total=0.3), f"http://{name}/") == "timeout"
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "http:///x",
        "http://[bad",
        "//x",
        "",
        "http://a:b/",
    ],
)
def test_only_http_and_https_are_asked(url: str) -> None:
    assert failure(a_client(), url) == "refused-address"


def test_a_closed_port_is_a_failure_to_connect() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{taken.getsockname()[1]}"

        assert failure(a_client(host), f"http://{host}/") == "connect"


def test_a_server_that_speaks_no_tls_is_a_tls_failure() -> None:
    with serve() as web:
        assert failure(a_client(web.host), f"https://{web.host}/") == "tls"


def test_a_proxy_in_the_environment_does_not_lead_round_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({"/": Page(body=b"direct")}) as web, serve() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))

        with a_client(web.host) as client:
            assert client.get(web.url("/")).body == b"direct"
        assert proxy.asked == []


def test_cookies_are_dropped() -> None:
    with serve({"/": Page(headers={"Set-Cookie": "alder=1; Path=/"})}) as web, a_client(web.host) as client:
        client.get(web.url("/"))
        client.get(web.url("/"))

        assert "cookie" not in web.asked[1].headers


def test_what_is_secret_stays_with_the_host_it_was_meant_for() -> None:
    with serve({"/": Page(body=a_feed())}) as other:

        def away(_: Asked) -> Page:
            return Page(status=302, headers={"Location": f"http://user:word@{other.host}/"})

        with serve({"/": away}) as web, a_client(web.host, other.host) as client:
            secret = {"Authorization": "Bearer t", "X-Token": "t", "If-None-Match": '"1"'}
            client.get(f"http://me:mine@{web.host}/", secret)

            there, elsewhere = web.asked[0].headers, other.asked[0].headers
            assert there["authorization"]
            assert there["x-token"] == "t"
            assert not {"authorization", "x-token", "cookie", "referer"} & set(elsewhere)
            assert elsewhere["if-none-match"] == '"1"'


def test_a_redirect_inside_is_judged_like_the_first_address() -> None:
    with serve({"/": Page(body=b"secret")}) as inside:

        def away(_: Asked) -> Page:
            return Page(status=301, headers={"Location": inside.url("/")})

        with serve({"/": away}) as web:
            assert failure(a_client(web.host), web.url("/")) == "refused-address"
            assert inside.asked == []


def test_only_a_get_follows_redirects() -> None:
    with serve({"/": Page(status=302, headers={"Location": "/else"})}) as web, a_client(web.host) as client:
        answer = client.request("POST", web.url("/"), content=b"{}")

        assert (answer.status, len(web.asked)) == (302, 1)


def test_a_body_over_the_limit_is_refused_on_its_announced_length() -> None:
    with (
        serve({"/": Page(body=b"x" * 2_000)}) as web,
        Client(clock=SystemClock(), allow=[web.host], limits=Limits(body_bytes=1_000)) as client,
        pytest.raises(HttpError) as raised,
    ):
        client.get(web.url("/"))

    assert raised.value.because == "too-large"


def test_tls_is_begun_by_the_name_though_the_connection_goes_to_an_address() -> None:
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)

    def resolve(host: str, port: int) -> Iterable[str]:
        return ["127.0.0.1"]

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        client = Client(clock=SystemClock(), allow=[f"news.example:{port}"], resolve=resolve)

        def shake() -> None:
            connection, _ = listening.accept()
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except (ssl.SSLError, OSError):
                    return

        thread = threading.Thread(target=shake)
        thread.start()
        assert failure(client, f"https://news.example:{port}/") in ("tls", "connect")
        thread.join(5)

    assert asked == ["news.example"]
