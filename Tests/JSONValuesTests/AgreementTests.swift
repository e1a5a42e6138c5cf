// SPDX-License-Identifier: MIT
import Testing

@testable import JSONValues

/// The parser, which reads jobs, and the validator, which lets outputs through, are of one mind about every text.
struct AgreementTests {
  private static let texts: [String] = [
    "{}", "[]", "null", "true", "false", " -1.5e3 ", "\"\"", "12", "", " ", "nul", "nulll",
    "truefalse",
    #"{"a":[1,{"b":"x\"}"}],"c":true}"#, #"{"a":1,"b":[{},[],""]} "#, "[1,2.5,-3e2,0,-0,0.0e-0]",
    "01", "-", "-a", "1.", ".5", "+1", "1e", "1e+", "1E-7", "1e5.", "0x1", "1 2", "--1", "1-", "1,",
    "NaN", "Infinity", "nan", "eee", "[e]", "-e1", "1.e1", "[-]", "0e", "00", "-01", "1_0",
    #""\u0000\ud83d\ude00""#, #""\ud83d""#, #""\ude00\ud83d""#, #""\ud83d\n""#, #""\ud83d\u0041""#,
    #""\u12""#, #""\u12g4""#, #""\x""#, #""\""#, #""\\""#, #""\/\b\f\n\r\t""#, #""\U0041""#,
    #""\u""#,
    "\"tab\there\"", "\"nul\u{0}\"", "\u{0}", "{}\u{0}", "\u{FEFF}{}", "\"\u{FEFF}\"", "\"\u{7F}\"",
    "\"ключ 😀\"", "{\"ключ\":1}", "{}x", "{}{}", "[1 2]", "[1,]", "[,1]", "{,}", #"{"a"}"#,
    #"{"a":}"#,
    #"{"a":1,}"#, "{1:2}", "{'a':1}", "[}", "{]", "}", "\u{B}1", "/* */1", "\u{A0}1",
  ]

  private static let bytes: [[UInt8]] = [
    [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
    [0x22, 0xED, 0xA0, 0x80, 0x22],
    [0x22, 0xED, 0x9F, 0xBF, 0x22], [0x22, 0xE0, 0x9F, 0xBF, 0x22],
    [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    [0x22, 0xF4, 0x8F, 0xBF, 0xBF, 0x22], [0x22, 0xF0, 0x8F, 0xBF, 0xBF, 0x22], [0x22, 0x80, 0x22],
    [0x22, 0xE2, 0x82, 0x5C, 0x6E, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0xFF],
    [0xEF, 0xBB, 0xBF],
    [0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], [0x22, 0xC3, 0x5C, 0x75, 0x30, 0x30, 0x61, 0x39, 0x22],
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private static let long: [String] = [
    repeated("9", 5000), "-" + repeated("1", 1024), "-" + repeated("1", 1023),
    "0." + repeated("3", 9000),
    "1e" + repeated("7", 3000), repeated("1", 2000) + "x", repeated("t", 3000),
    "[" + repeated("8", 1025) + "]",
    repeated("0", 2000), "\"" + repeated("a", 70_000) + "\"", repeated(" ", 3000) + "1",
    repeated("[", 512) + repeated("]", 512), repeated("[", 513) + repeated("]", 513),
    repeated(#"{"a":"#, 512) + "1" + repeated("}", 512),
    repeated(#"{"a":"#, 513) + "1" + repeated("}", 513),
    repeated(#"[{"a":"#, 256) + "1" + repeated("}]", 256), repeated("[", 600),
  ]

  private func parses(_ bytes: [UInt8]) -> Bool { (try? JSONValue(parsing: bytes)) != nil }

  /// In pieces of this many bytes: a piece may end anywhere.
  private func validates(_ bytes: [UInt8], inPiecesOf size: Int) -> Bool {
    var validator = JSONValidator()
    for start in stride(from: 0, to: bytes.count, by: size)
    where !validator.feed(bytes[start..<min(start + size, bytes.count)]) {
      return false
    }
    return validator.isComplete()
  }

  /// Keeps something of the texts above, so that both ways through the parser are gone.
  private static let skim = JSONSkim(whole: ["a"], hollow: ["c"], decisive: "b", limit: 5000)

  private func error(_ bytes: [UInt8], skimming: Bool) -> JSONError? {
    do throws(JSONError) {
      if skimming {
        _ = try JSONValue(skimming: bytes, for: Self.skim)
      } else {
        _ = try JSONValue(parsing: bytes)
      }
      return nil
    } catch {
      return error
    }
  }

  private func compare(_ bytes: [UInt8]) {
    let (whole, skimmed) = (error(bytes, skimming: false), error(bytes, skimming: true))
    #expect(whole == skimmed, "\(String(decoding: bytes.prefix(200), as: UTF8.self))")
    let isJSON = parses(bytes)
    for size in [1, 7, 1 << 16] where validates(bytes, inPiecesOf: size) != isJSON {
      Issue.record(
        "\(isJSON ? "parsed" : "not parsed") but not validated so: \(String(decoding: bytes.prefix(200), as: UTF8.self))"
      )
    }
  }

  @Test func `they agree on texts that were made to be tricky`() {
    for text in Self.texts + Self.long { compare(Array(text.utf8)) }
    for bytes in Self.bytes { compare(bytes) }
  }

  @Test func `they agree on every beginning of them`() {
    for bytes in Self.texts.map({ Array($0.utf8) }) + Self.bytes {
      for end in bytes.indices { compare(Array(bytes[..<end])) }
    }
  }

  @Test func `they agree when any byte is another one`() {
    let others: [UInt8] =
      Array("0-+.eE\"\\{}[]:,utf \n".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
    for bytes in Self.texts.map({ Array($0.utf8) }) + Self.bytes {
      for index in bytes.indices {
        for other in others {
          var changed = bytes
          changed[index] = other
          compare(changed)
        }
      }
    }
  }
}
