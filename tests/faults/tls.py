"""Certificates made for a test, and a door in front of PostgreSQL that speaks TLS as PostgreSQL does."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""What a client asks before TLS begins (PostgreSQL's manual, 54.7)."""


class Issuer:
    """Somebody who signs certificates; `file` holds the one that a desk is to trust."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, _called(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = _certificate(self._name, self._name, self._key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.file = folder / f"{name}.crt"
        self.file.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def signed(self, host: str) -> ssl.SSLContext:
        """What a server needs to say that it is `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(_called(host), self._name, key.public_key())
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        file = self._folder / f"{self.file.stem}.{host}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
    return made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))


@contextmanager
def door(server_port: int, context: ssl.SSLContext) -> Iterator[int]:
    """The port of a door on loopback that takes encrypted connections only and passes them to the server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, server_port, context), daemon=True).start()
        yield int(listening.getsockname()[1])
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, server_port: int, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            client = listening.accept()[0]
            threading.Thread(target=_let_in, args=(client, server_port, context), daemon=True).start()


def _let_in(client: socket.socket, server_port: int, context: ssl.SSLContext) -> None:
    with suppress(OSError), client:
        if client.recv(len(SSL_REQUEST)) != SSL_REQUEST:
            return
        client.sendall(b"S")
        with (
            context.wrap_socket(client, server_side=True) as sealed,
            socket.create_connection(("127.0.0.1", server_port)) as server,
        ):
            back = threading.Thread(target=_pass, args=(server, sealed), daemon=True)
            back.start()
            _pass(sealed, server)
            server.shutdown(socket.SHUT_WR)
            back.join()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
