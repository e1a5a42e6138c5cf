// SPDX-License-Identifier: MIT
// Writes what d3 itself answers: node record.mjs DIRECTORY, where DIRECTORY/node_modules has
// d3-format 1.4 and d3-time-format 2.1, of which the latter counts %U and %W
// otherwise than its successors.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const { format } = require("d3-format");
const { utcFormat } = require("d3-time-format");

const specifiers = [
  "", ",", ".2f", ",.2f", ".1f", ",d", "d", "+d", "+,.1%", ".0%", ".1%", ",.2%", ".3%", ".2p",
  ".3s", ".3~s", "~s", "s", ".1s", ".0s", ".2r", ".5r", "r", ".3g", "g", "~g", ",g", "n", ".3n", "e",
  ".2e", "~e", ".12~e", "b", "#b", "o", "#o", "x", "#x", "X", "#X", "c", "$,.2f", "$,.0f", "$~s",
  "(.2f", "($,.2f", " d", "+.2f", "010d", "010,d", "020,.2f", "*^20", "*>12.1f", "*<12.1f",
  "0=12.3f", "*=+12.1f", ".>14,.2f", "12", "08.3~f", "z", ".5", "~", ".20f", ".25e", ",.3~f", "-d",
  ",~%", "#d", ".0f", ".0r", "015,.2~f", "<10d", "^11,d", "013,d",
];
const values = [
  0, -0, 1, -1, 0.5, 1.5, 2.5, -2.5, 0.1, 0.25, 0.125, 1.005, 12, 42.42, 999.5, 999.95, 1000, 1234.5678,
  -1234.5678, 9999.99, 123456, 999999, 1000000, 1234567.891, 1e9, 1.23456e9, 1e12, 1e15, 1e21, 1.5e22,
  1e-3, 0.000123, 1e-6, 1.234e-7, 1e-9, 1.5e-24, 3e-26, 1e300, 5e-324, 0.3, 0.7 + 0.1, 65535, 255,
  4294967296, 9007199254740993, 1e-16, -0.001, -1e-7,
];
const numbers = [];
for (const specifier of specifiers) {
  const text = format(specifier);
  for (const value of values) numbers.push(JSON.stringify([specifier, value, text(value)]));
}
writeFileSync(new URL("number-formats.jsonl", import.meta.url), numbers.join("\n") + "\n");

const patterns = [
  "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%H:%M:%S", "%-d %B %Y", "%a %b %e, %Y",
  "%A %d", "%I:%M %p", "%-I%p", "%j", "%-j", "%_j", "%V", "%w", "%u", "%y", "%L", "%f",
  "%Q", "%s", "%Z", "%%", "%c", "%x", "%X", "%_H:%-M", "%0e", "plain", "%b '%y", "%", "%i",
];
const times = [
  0, -1, 1, 946684800000, 951782400000, 1072915199999, 1104537600000, 1230768000000, 1293840000000,
  1325376000000, 1700000000123, 1735689599000, -157766400000, -62135596800000, 253402300799999,
  1718793000000, 1709164800000, 1356998400000, 1483228800000, 4102444800000, -86400000000000,
];
const moments = [];
for (const pattern of patterns) {
  const text = utcFormat(pattern);
  for (const time of times) moments.push(JSON.stringify([pattern, time, text(new Date(time))]));
}
writeFileSync(new URL("time-formats.jsonl", import.meta.url), moments.join("\n") + "\n");
