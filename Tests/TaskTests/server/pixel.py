# SPDX-License-Identifier: MIT
"""pixel.py PNG: red, green and blue of its middle; eight bits a channel, not interlaced."""
import struct
import sys
import zlib


def rows(data):
    """The lines of pixels, each a bytearray, and the bytes of a pixel."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    assert depth == 8 and not interlaced
    size = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    packed, place = b"", 8
    while place < len(data):
        length, = struct.unpack(">I", data[place:place + 4])
        if data[place + 4:place + 8] == b"IDAT":
            packed += data[place + 8:place + 8 + length]
        place += length + 12
    raw, before, stride = zlib.decompress(packed), bytearray(width * size), width * size + 1
    lines = []
    for y in range(height):
        kind, line = raw[y * stride], bytearray(raw[y * stride + 1:(y + 1) * stride])
        for x in range(len(line)):
            left = line[x - size] if x >= size else 0
            corner = before[x - size] if x >= size else 0
            line[x] = (line[x] + predicted(kind, left, before[x], corner)) & 255
        lines.append(line)
        before = line
    return lines, size


def predicted(kind, left, up, corner):
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        lines, size = rows(file.read())
    line = lines[len(lines) // 2]
    start = len(line) // size // 2 * size
    print(*line[start:start + 3])
