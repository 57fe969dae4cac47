"""The signed message of a digital signature (CMS, RFC 5652): whose it is, and whether it signs certain bytes."""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from asn1crypto import cms, tsp, x509

_LONGEST_NAME = 200
_Parts = Sequence[bytes | memoryview]
"""Bytes in pieces: a file is not copied to leave its signature out."""


class CheckedMessage(NamedTuple):
    """Who signed and when, by the message; whether its digest is that of the bytes and the signature that of its
    certificate's key (None where that cannot be told)."""

    name: str | None = None
    time: str | None = None
    holds: bool | None = None


def checked(message: bytes, signed: _Parts) -> CheckedMessage:
    """What a signed `message` says of the bytes that it signs, which come in pieces.

    Never raises: what is damaged cannot be told.
    """
    try:
        content = cms.ContentInfo.load(message)["content"]
        signer = content["signer_infos"][0]
        certificate = _certificate(content, signer)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return CheckedMessage()
    name, time, holds = None, None, None
    try:
        attributes = _attributes(signer)
        name, time = _name(certificate), _time(attributes)
        holds = _holds(content, signer, attributes, certificate, signed)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        pass
    return CheckedMessage(name, time, holds)


def _certificate(content: Any, signer: Any) -> x509.Certificate | None:
    """The certificate among those of the message that the signer names."""
    wanted = signer["sid"]
    for choice in content["certificates"]:
        certificate = choice.chosen
        if wanted.name == "issuer_and_serial_number":
            issued = wanted.chosen["issuer"] == certificate.issuer
            if issued and wanted.chosen["serial_number"].native == certificate.serial_number:
                return certificate
        elif wanted.chosen.native == certificate.key_identifier:
            return certificate
    return None


def _name(certificate: x509.Certificate | None) -> str | None:
    """Whom a certificate is made out to."""
    if certificate is None:
        return None
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name")
    name = name[0] if isinstance(name, list) and name else name
    return " ".join(str(name).split())[:_LONGEST_NAME] or None if name else None


def _attributes(signer: Any) -> dict[str, Any]:
    attributes = signer["signed_attrs"]
    if not isinstance(attributes, cms.CMSAttributes):
        return {}
    return {attribute["type"].native: attribute["values"][0] for attribute in attributes if len(attribute["values"])}


def _time(attributes: dict[str, Any]) -> str | None:
    time = attributes.get("signing_time")
    return None if time is None else str(time.native.isoformat())


def _holds(
    content: Any, signer: Any, attributes: dict[str, Any], certificate: x509.Certificate | None, signed: _Parts
) -> bool | None:
    algorithm = signer["digest_algorithm"]["algorithm"].native
    inside = content["encap_content_info"]
    message: _Parts = signed
    if inside["content_type"].native == "tst_info":  # a time stamp: what it names is the digest of the bytes
        stamp: tsp.TSTInfo = inside["content"].parsed
        imprint = stamp["message_imprint"]
        if imprint["hashed_message"].native != _digest(imprint["hash_algorithm"]["algorithm"].native, signed):
            return False
        message = [bytes(inside["content"])]
    elif inside["content"].native is not None:  # an old kind, in which the message holds the digest
        message = [bytes(inside["content"])]
        if message[0] != _digest("sha1", signed):
            return False
    if attributes:
        digest = attributes.get("message_digest")
        if digest is None or digest.native != _digest(algorithm, message):
            return False
        encoded = signer["signed_attrs"].dump()
        message = [b"\x31", encoded[1:]]  # as a set of its own, which is what was signed
    return None if certificate is None else _verifies(certificate, signer, algorithm, message)


def _digest(algorithm: str, parts: _Parts) -> bytes:
    found = hashlib.new(algorithm)
    for part in parts:
        found.update(part)
    return found.digest()


def _verifies(certificate: x509.Certificate, signer: Any, algorithm: str, message: _Parts) -> bool | None:
    """Whether the signature of a message was made with the key of a certificate; None for a kind that is not known."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa, utils
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    signature = signer["signature"].native
    method = signer["signature_algorithm"]
    kinds = {kind.name: kind for kind in (hashes.SHA1, hashes.SHA224, hashes.SHA256, hashes.SHA384, hashes.SHA512)}
    try:
        key = load_der_public_key(certificate.public_key.dump())
        if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, b"".join(message))
            return True
        pss = method["parameters"] if method["algorithm"].native == "rsassa_pss" else None
        named = pss["hash_algorithm"]["algorithm"].native if pss is not None else _hash_of(method, algorithm)
        if named not in kinds:
            return None
        kind, digest = kinds[named](), _digest(named, message)
        ready = utils.Prehashed(kind)
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(ready))
        elif isinstance(key, rsa.RSAPublicKey):
            how = padding.PSS(padding.MGF1(kind), pss["salt_length"].native) if pss is not None else padding.PKCS1v15()
            key.verify(signature, digest, how, ready)
        else:
            return None
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm:
        return None
    return True


def _hash_of(method: Any, algorithm: str) -> str:
    """The hash that a way of signing names, else that of the digest."""
    try:
        return str(method.hash_algo)
    except ValueError:
        return algorithm
