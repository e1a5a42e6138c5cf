// SPDX-License-Identifier: MIT
import Testing

@testable import JSONValues

struct JSONParserTests {
  @Test(arguments: [
    #"{"a":[1,2.5,-3e2,true,false,null,"x\n\"\\"],"ключ":{"b":{}}}"#,
    #"{"😀":"\u0001","n":[],"big":123456789012345678901234567890}"#,
  ])
  func `what is read is written again`(_ text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(try JSONValue(parsing: value.text) == value)
  }

  @Test func `every beginning of a document is incomplete, never invalid`() throws {
    let text = Array(#"{"a": [1, -2.5e+3, true, null, "x\u00e9\ud83d\ude00é"], "b": {}} "#.utf8)
    for end in 0..<(text.count - 1) {
      #expect {
        _ = try JSONValue(parsing: text[..<end])
      } throws: { ($0 as? JSONError)?.kind == .incomplete }
    }
  }

  @Test(arguments: [
    "}", "[1,]", "{,}", #"{"a" 1}"#, "nul1", "01", "1 2", "\"\u{1}\"", #""\x""#, #"{"a":1}}"#,
    "-x", "[1 2]", "'a'", #"{"a":1,}"#, "+1", ".5", "NaN",
  ])
  func `what no further bytes can mend is invalid`(_ text: String) {
    #expect {
      _ = try JSONValue(parsing: text)
    } throws: { ($0 as? JSONError)?.kind != .incomplete }
  }

  @Test func `a million brackets are refused, not a crash`() {
    let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError(kind: .invalid("nested deeper than 512"), offset: 512)) {
      _ = try JSONValue(parsing: bomb)
    }
  }

  @Test func `bytes that are not UTF-8 are invalid`() {
    #expect(throws: JSONError.self) { _ = try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test func `of a repeated member the last value counts`() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#)["a"] == 2)
  }

  @Test func `surrogate pairs become one scalar, a lone one the replacement`() throws {
    #expect(try JSONValue(parsing: #""\ud83d\ude00""#) == "😀")
    #expect(try JSONValue(parsing: #""\ud83dx""#) == "\u{FFFD}x")
  }

  @Test func `numbers keep their kind`() throws {
    let value = try JSONValue(parsing: "[1, 1.0, 1e400, 18446744073709551616, -0]")
    #expect(value.text == "[1,1.0,1e400,18446744073709551616,0]")
  }
}
