"""Certificates of an authority of our own, for servers of the suite."""

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Certificates:
    """Whoever trusts the `authority` believes a server that shows `chain`, which holds its key too."""

    authority: Path
    chain: Path
    #: of the same authority, and of another host
    of_another_host: Path

    def server(self, *, of_another_host: bool = False) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.of_another_host if of_another_host else self.chain)
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


def make(folder: Path) -> Certificates:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
    root = _builder(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    (folder / "authority.pem").write_bytes(_pem(root.sign(key, hashes.SHA256())))
    for file, host in (
        ("server.pem", x509.IPAddress(ipaddress.ip_address(HOST))),
        ("other.pem", x509.DNSName("x.example")),
    ):
        _issue(folder / file, name, key, host)
    return Certificates(folder / "authority.pem", folder / "server.pem", folder / "other.pem")


def _issue(path: Path, issuer: x509.Name, issuer_key: ec.EllipticCurvePrivateKey, host: x509.GeneralName) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Server of the tests")])
    builder = _builder(subject, issuer, key).add_extension(x509.SubjectAlternativeName([host]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(_pem(builder.sign(issuer_key, hashes.SHA256())) + private)


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
