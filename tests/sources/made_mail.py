"""Mail in the formats of Outlook and of signing programs, made for tests."""

# ruff: noqa: E501 - inputs that are tables or lines of their own
import base64
import struct
from collections.abc import Mapping, Sequence

Tree = Mapping[str, "bytes | Tree"]

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(tree: Tree) -> bytes:
    """An OLE file with these streams and storages; every stream is padded into whole sectors of its own chain."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right, child, start, size
    streams: list[bytes] = []

    def add(name: str, what: "bytes | Tree", kind: int) -> int:
        number = len(entries)
        entries.append((name, kind, FREE, FREE, END, 0))
        if isinstance(what, bytes):
            streams.append(what)
            entries[number] = (name, kind, FREE, FREE, -len(streams), len(what))
            return number
        kids = [add(each, inner, 2 if isinstance(inner, bytes) else 1) for each, inner in what.items()]
        for kid, following in zip(kids, [*kids[1:], FREE], strict=True):
            entries[kid] = (*entries[kid][:2], following, *entries[kid][3:])
        entries[number] = (*entries[number][:3], kids[0] if kids else FREE, *entries[number][4:])
        return number

    add("Root Entry", tree, 5)
    directory_sectors = (len(entries) * 128 + 511) // 512
    fat = [FAT]
    fat += [*range(2, directory_sectors + 1), END]
    body = b""
    mini, mini_fat = b"", []
    starts: list[int] = []
    small = [len(stream) < 4096 for stream in streams]
    for stream, is_small in zip(streams, small, strict=True):
        if is_small:
            count = (len(stream) + 63) // 64
            starts.append(len(mini_fat) if count else END)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END] if count else []
            mini += stream.ljust(count * 64, b"\0")
        else:
            starts.append(len(fat))
            count = (len(stream) + 511) // 512
            fat += [*range(len(fat) + 1, len(fat) + count), END]
            body += stream.ljust(count * 512, b"\0")
    mini_start = len(fat) if mini else END
    if mini:
        count = (len(mini) + 511) // 512
        fat += [*range(len(fat) + 1, len(fat) + count), END]
        body += mini.ljust(count * 512, b"\0")
    mini_table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    table_start = len(fat) if mini_fat else END
    table_count = (len(mini_table) + 511) // 512
    if mini_fat:
        fat += [*range(len(fat) + 1, len(fat) + table_count), END]
        body += mini_table.ljust(table_count * 512, b"\xff")
    directory = b""
    for name, kind, right, child, start, size in entries:
        if kind == 5:
            start, size = mini_start, len(mini)
        elif start < 0:
            start = starts[-start - 1]
        raw = (name + "\0").encode("utf-16-le")
        directory += struct.pack(
            "<64sHBBIII16sI8s8sIQ", raw, len(raw), kind, 1, FREE, right, child, b"", 0, b"", b"", start & FREE, size
        )
    assert len(fat) <= 128
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096,
        table_start, table_count if mini_fat else 0, END, 0,
    ) + struct.pack("<109I", 0, *[FREE] * 108)  # fmt: skip
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header + table + directory.ljust(directory_sectors * 512, b"\0") + body


def outlook(
    strings: Mapping[int, str],
    files: Sequence[tuple[str, "bytes | Tree"]] = (),
    binary: Mapping[int, bytes] | None = None,
    sent: int = 0,
    *,
    inner: bool = False,
) -> Tree:
    """What a message of Outlook holds; ``sent`` in hundreds of nanoseconds since 1601."""
    fixed = struct.pack("<HHIQ", 0x40, 0x0039, 6, sent) if sent else b""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(24 if inner else 32) + fixed}
    for number, value in strings.items():
        tree[f"__substg1.0_{number:04X}001F"] = value.encode("utf-16-le")
    for number, data in (binary or {}).items():
        tree[f"__substg1.0_{number:04X}0102"] = data
    for place, (name, what) in enumerate(files):
        tree[f"__attach_version1.0_#{place:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            ("__substg1.0_37010102" if isinstance(what, bytes) else "__substg1.0_3701000D"): what,
        }
    return tree


def winmail(body: bytes, files: Sequence[tuple[str, bytes]], long_names: bool = True) -> bytes:
    """Outlook's envelope."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    made = struct.pack("<IH", 0x223E9F78, 1)
    if body:
        words = body.decode().encode("utf-16-le") + b"\0\0"
        made += attribute(
            1, 0x00069003, struct.pack("<IHHII", 1, 0x1F, 0x1000, 1, len(words)) + words + bytes(-len(words) % 4)
        )
    for name, data in files:
        made += attribute(2, 0x00069002, bytes(14))
        made += attribute(2, 0x00018010, b"SHORT~1.TXT\0")
        made += attribute(2, 0x0006800F, data)
        if long_names:
            raw = name.encode("utf-16-le") + b"\0\0"
            made += attribute(
                2, 0x00069005, struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(raw)) + raw + bytes(-len(raw) % 4)
            )
    return made


def _tlv(tag: int, data: bytes, *, open_ended: bool = False) -> bytes:
    if open_ended:
        return bytes([tag, 0x80]) + data + b"\0\0"
    if len(data) < 0x80:
        return bytes([tag, len(data)]) + data
    size = (len(data).bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + len(data).to_bytes(size, "big") + data


def signed(inner: bytes, *, open_ended: bool = False, kind: str = "2a864886f70d010702") -> bytes:
    """A CMS structure around a message: the text lies in it, in one piece or in many."""
    data = bytes.fromhex("2a864886f70d010701")
    octets = _tlv(0x04, inner)
    if open_ended:
        cut = [inner[place : place + 50] for place in range(0, len(inner), 50)]
        octets = _tlv(0x24, b"".join(_tlv(0x04, one) for one in cut), open_ended=True)
    content = _tlv(0x30, _tlv(0x06, data) + _tlv(0xA0, octets, open_ended=open_ended), open_ended=open_ended)
    body = _tlv(0x30, _tlv(0x02, b"\1") + _tlv(0x31, b"") + content + _tlv(0x31, b""), open_ended=open_ended)
    outer = _tlv(0x06, bytes.fromhex(kind)) + _tlv(0xA0, body, open_ended=open_ended)
    return _tlv(0x30, outer, open_ended=open_ended)


def carrying(data: bytes, kind: str, name: str, body: str = "") -> bytes:
    """A message with one packed part, after a text where one is given."""
    packed = base64.encodebytes(data).decode()
    head = "From: Lena Brandt <lena@harbour.test>\nSubject: Letter\nDate: Mon, 3 Mar 2025 08:15:00 +0100\nMIME-Version: 1.0\n"
    part = f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n\n{packed}'
    if not body:
        return (head + part).encode()
    return f"{head}Content-Type: multipart/mixed; boundary=zz\n\n--zz\nContent-Type: text/plain\n\n{body}\n--zz\n{part}\n--zz--\n".encode()
