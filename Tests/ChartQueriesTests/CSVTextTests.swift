// SPDX-License-Identifier: MIT
import Testing

@testable import ChartQueries

struct CSVTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("-5", "-5"), ("-5.25", "-5.25"), ("-", "'-"), ("-5a", "'-5a"),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("@x", "'@x"), ("%x", "'%x"), ("|a|b", "'\\|a\\|b"),
    ("a|b", "a|b"), (" =x", "' =x"), ("\u{a0}\t-x", "'\u{a0}\t-x"), ("\"\"=x", "'\"\"=x"),
    ("\"=x", "\"=x"), (" x", " x"), ("a=b", "a=b"),
  ])
  func `what a spreadsheet would run is made text`(_ text: String, _ escaped: String) {
    #expect(CSVText.escaped(text) == escaped)
  }

  @Test(arguments: [
    (["a", "b"], "a,b\n"), (["", ""], ",\n"), ([""], "\"\"\n"), (["a,b", "c"], "\"a,b\",c\n"),
    (["say \"x\""], "\"say \"\"x\"\"\"\n"), (["two\nlines"], "\"two\nlines\"\n"),
    (["back\\slash"], "back\\\\slash\n"), (["c\r"], "c\r\n"),
  ])
  func `fields are quoted where they must be`(_ fields: [String], _ line: String) {
    var bytes: [UInt8] = []
    CSVText.append(fields, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == line)
  }
}
