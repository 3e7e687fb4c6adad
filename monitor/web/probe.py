"""Whether the daemon could listen at an address, for `config check`."""

import http.client
import socket
from contextlib import closing

from monitor.web.listener import SERVER

_PATIENCE = 2.0


def listen_trouble(host: str, port: int) -> str:
    """Why nothing could listen there now; empty where it could, or where the daemon does already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        if _is_ours(host, port):
            return ""
        return (error.strerror or str(error)).lower()
    return ""


def _is_ours(host: str, port: int) -> bool:
    """Whether a daemon of ours answers there."""
    with closing(http.client.HTTPConnection(host, port, timeout=_PATIENCE)) as connection:
        try:
            connection.request("HEAD", "/")
            return connection.getresponse().headers.get("Server") == SERVER
        except (OSError, http.client.HTTPException):
            return False
