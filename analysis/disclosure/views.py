"""Every text that a reader could get out of a file: unzipped, inflated, decoded, with its tags taken away."""

import base64
import binascii
import gzip
import html
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

DEEPEST = 8
LARGEST = 500_000_000  # bytes that one container may unfold to
PNG, GZIP, ZIP, PDF = b"\x89PNG\r\n\x1a\n", b"\x1f\x8b", b"PK\x03\x04", b"%PDF"
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}(?:(?:\\n|\s(?=[A-Za-z0-9+/_-]{16}))[A-Za-z0-9+/_-]+)*={0,2}")
RUN = re.compile(r"[A-Za-z0-9+/]{64,}")
TAG = re.compile(r"<[^<>]*>")
APART = "td|th|tr|li|p|div|h[1-6]|text|title|desc|dt|dd|caption|option|c|v|row|si|w:p|w:tc|w:tr|a:p"
PART = re.compile(rf"</?(?:{APART})(?:\s[^<>]*)?/?>")  # a tag between two things that nobody reads as one
PARTED = "\0"
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class View:
    """One way to read a file or what it holds: where it was found, and its bytes."""

    place: str
    data: bytes


class UnreadableError(Exception):
    """Something that can't be looked into, so that it can't be said to be clean."""


def open_views(place: str, data: bytes, depth: int = 0) -> Iterator[View]:
    """Yield the bytes and all that they hold.

    Raises UnreadableError for what is locked, broken, nested too deep or too big.
    """
    if depth > DEEPEST:
        raise UnreadableError(f"{place}: nested too deep")
    inner = list(_open(place, data))
    yield View(place, data)
    for name, held in inner:
        yield from open_views(name, held, depth + 1)


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096] and not data.startswith((PNG, GZIP, ZIP, PDF))


def _open(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(ZIP):
        yield from _unzip(place, data)
    elif data.startswith(GZIP):
        yield f"{place}!gzip", _guard(place, lambda: gzip.decompress(data))
    elif data.startswith(PNG):
        yield from _read_png(place, data)
    elif data.startswith(PDF):
        yield from _read_pdf(place, data)
    elif _is_text(data):
        yield from _read_base64(place, data)


def _guard(place: str, read) -> bytes:
    try:
        return read()
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise UnreadableError(f"{place}: {type(error).__name__}") from error


def _unzip(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        pack = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableError(f"{place}: BadZipFile") from error
    if sum(entry.file_size for entry in pack.infolist()) > LARGEST:
        raise UnreadableError(f"{place}: unfolds to more than {LARGEST} bytes")
    yield f"{place}!comments", b"\n".join([pack.comment, *(e.comment + e.extra for e in pack.infolist())])
    for entry in pack.infolist():
        yield f"{place}!{entry.filename}", entry.filename.encode()
        yield f"{place}!{entry.filename}", _guard(place, lambda entry=entry: pack.read(entry))


def _read_png(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the texts that an image carries beside its picture."""
    at = len(PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield f"{place}!{kind.decode()}", body
        if kind in (b"zTXt", b"iTXt"):
            yield f"{place}!{kind.decode()}", _inflate(body)
        at += size + 12


def _inflate(body: bytes) -> bytes:
    """Return what a compressed stream in the bytes holds, nothing where there is none."""
    for start in (at for at in range(len(body)) if body[at] == 0x78):
        try:
            return zlib.decompressobj().decompress(body[start:], LARGEST)
        except zlib.error:
            continue
    return b""


def _read_pdf(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for number, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)):
        try:
            yield f"{place}!stream {number}", zlib.decompressobj().decompress(stream, LARGEST)
        except zlib.error:
            yield f"{place}!stream {number}", stream


def _read_base64(place: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what runs of base64 hold: data URIs, images in notebooks, hidden attachments."""
    for number, found in enumerate(BASE64.finditer(data)):
        run = re.sub(rb"\\n|\s", b"", found[0]).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        try:
            yield f"{place}!base64 {number}", base64.b64decode(run + b"=" * (-len(run) % 4), validate=True)
        except binascii.Error:
            continue  # no base64 after all; its text is read like any other


def get_texts(data: bytes, *, plain: bool = False) -> list[str]:
    """Return the readings of some bytes, each in one line: as they are and, unless `plain`, unescaped, without tags.

    Without tags, what stands in cells or paragraphs of their own is parted by PARTED, since the neighbours of a
    table are no long number; what other tags divide is read together. Long runs of base64 are left out: chance
    looks like anything in them, and what they hold is read apart.
    """
    first = drop_base64(_decode(data))
    readings = [first]
    if not plain:
        seen = _unescape(first)
        readings.append(seen)
        if "<" in seen:
            parted = PART.sub(PARTED, seen)
            readings += [TAG.sub("", parted)] + [TAG.sub(" ", parted)] * (TAG.search(parted) is not None)
    return list(dict.fromkeys(" ".join(text.split()) for text in readings))


def _unescape(text: str) -> str:
    """Return the text as a browser shows it: escapes and entities resolved, signs without width gone."""
    if "\\u" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = html.unescape(text) if "&" in text else text
    text = unquote(text) if "%" in text else text
    return text if text.isascii() else _fold(text)


def _fold(text: str) -> str:
    """Return a text with the plain forms of its signs: digits of any script as ours, one dash, none without width."""
    for sign in set(text):
        if not sign.isascii() and (plain := _get_plain(sign)) != sign:
            text = text.replace(sign, plain)
    return text


@cache
def _get_plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    if kind == "Pd" or sign in "\u2212\u00b7":
        return "-"
    return str(unicodedata.decimal(sign)) if kind == "Nd" else unicodedata.normalize("NFKC", sign)


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[1:200:2].count(0) > 0.3 * max(1, len(data[1:200:2])):
        return data.decode("utf-16-le", errors="replace")
    return data.decode("utf-8", errors="replace")


def drop_base64(text: str) -> str:
    """Return the text without long runs of base64, in which chance looks like anything."""
    return RUN.sub(lambda run: " " if _is_mixed(run[0]) else run[0], text)


def _is_mixed(run: str) -> bool:
    """Whether a run has signs of all kinds, as no word or path has at such length."""
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(sum(map(kind, run)) > len(run) / 20 for kind in kinds) and run.count("/") < len(run) / 12
