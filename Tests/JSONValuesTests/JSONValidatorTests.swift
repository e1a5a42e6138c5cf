// SPDX-License-Identifier: MIT
import Testing

@testable import JSONValues

struct JSONValidatorTests {
  private func accepts(_ text: String) -> Bool {
    var validator = JSONValidator()
    // A byte at a time: pieces may end anywhere.
    for byte in text.utf8 where !validator.feed([byte]) { return false }
    return validator.isComplete()
  }

  @Test(arguments: [
    "{}", "[]", "null", " -1.5e3 ", #"{"a":[1,{"b":"x\"}"}],"c":true}"#, "\"\"", "12",
    "[[],[{}],\"a\"]\n", "", "{", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, "nul", "[1 2]", "1 2",
    "}", "[}", "{]", #"{"a":1,}"#, "hello", "\"open", "[1", #"{"a":1}{"b":2}"#, "{1:2}", "01",
  ])
  func `it agrees with the parser`(_ text: String) {
    #expect(accepts(text) == ((try? JSONValue(parsing: text)) != nil))
  }
}
