"""A PDF that is signed as signing services do it: by an update appended to the file, with a certificate of its own."""

import datetime
import re
from functools import cache

import make_odd_files as make
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

_RANGE = b"/ByteRange[0 0000000000 0000000000 0000000000]"
_ROOM = 8192
"""Signs of the signature in the file, two for each byte."""
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def signer(name: str, *, elliptic: bool = False) -> tuple[x509.Certificate, Key]:
    """A certificate that a person made out to herself, and its key."""
    key: Key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    return made, key


def unsigned(lines: tuple[str, ...] = make.LINES) -> bytes:
    """A PDF of one page with an empty form; objects 1 to 6 are taken."""
    return make.pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            4: make.stream_of(make.shown(lines)),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            6: b"<</Fields[]>>",
        }
    )


def updated(data: bytes, objects: dict[int, bytes]) -> bytes:
    """The PDF with `objects` appended, new or in the place of those of their numbers."""
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    out, places = bytearray(data), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(_size(data), max(objects) + 1)
    out += b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, before, start)
    return bytes(out)


def signed(
    data: bytes, name: str, *, elliptic: bool = False, time: str = "D:20210210091300+01'00'", box: str = "0 0 0 0"
) -> bytes:
    """The PDF with one more signature field, which is signed; it shows the `name` where its `box` has an extent."""
    first = _size(data)
    page, form = _newest(data, 3), _newest(data, 6)
    annots = re.search(rb"/Annots\[(.*?)\]", page)
    listed = annots[1] if annots else b""
    bare = page.replace(annots[0], b"") if annots else page
    reference = b"%d 0 R" % first
    out = updated(
        data,
        {
            3: bare[:-2] + b"/Annots[" + listed + b" " + reference + b"]>>",
            6: form.replace(b"]", b" " + reference + b"]", 1),
            first: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(sig%d)/Rect[%b]/F 4/P 3 0 R/V %d 0 R/AP<</N %d 0 R>>>>"
            % (first, box.encode(), first + 1, first + 2),
            first + 2: make.stream_of(
                f"BT /F1 9 Tf 2 4 Td (Signerat av {name}) Tj ET".encode("cp1252"),
                "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
            ),
            first + 1: b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%b)" % time.encode()
            + _RANGE
            + b"/Contents<"
            + b"0" * _ROOM
            + b">>>",
        },
    )
    begin = out.rindex(b"/Contents<") + len(b"/Contents")
    end = begin + _ROOM + 2
    numbers = b"/ByteRange[0 %d %d %d]" % (begin, end, len(out) - end)
    out = out.replace(_RANGE, numbers.ljust(len(_RANGE)))
    certificate, key = signer(name, elliptic=elliptic)
    message = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(out[:begin] + out[end:])
        .add_signer(certificate, key, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    )
    return out[: begin + 1] + message.hex().encode().ljust(_ROOM, b"0") + out[end - 1 :]


def _size(data: bytes) -> int:
    return int(re.findall(rb"/Size (\d+)", data)[-1])


def _newest(data: bytes, number: int) -> bytes:
    """The body of an object as it stands last in the file."""
    found: list[bytes] = re.findall(rb"\n%d 0 obj\n(.*?)\nendobj" % number, data, re.DOTALL)
    return found[-1]
