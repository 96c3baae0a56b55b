"""A throw-away authority and a certificate for Discord's three host names, made once per test run."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: The file that a client in another process trusts.
AUTHORITY = "authority.pem"
HOSTS = ("discord.com", "gateway.discord.gg", "cdn.discordapp.com")


def make_contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the server's context and a client's that trusts only this authority."""
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("loopback authority", authority_key.public_key(), authority_key, issuer=None)
    server = _certificate("discord.com", server_key.public_key(), authority_key, issuer=authority)
    chain, key = folder / "chain.pem", folder / "key.pem"
    (folder / AUTHORITY).write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(server.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        server_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(chain, key)
    trusting = ssl.create_default_context(cadata=authority.public_bytes(serialization.Encoding.PEM).decode())
    return serving, trusting


def _certificate(name, public_key, signing_key, *, issuer):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    if issuer is None:
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = builder.add_extension(usage, critical=True)
    else:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signing_key, hashes.SHA256())
