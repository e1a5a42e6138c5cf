// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import SQLTemplates

/// Values in a format of their own, as Python's `format` writes them.
struct FormattedValueTests {
  @Test(arguments: [
    (JSONValue.integer(1_234_567), "{:,d}", "1,234,567"), (.double(0.126), "{:.1%}", "12.6%"),
    (.double(.nan), "{:.2f}", "nan"), (.string("abc"), "{:>5}", "  abc"),
    (.bool(true), "{:d}", "1"),
    (.null, "{:}", "None"),
  ])
  func `a value is written as its format says`(
    _ value: JSONValue, _ format: String, _ text: String
  ) throws {
    #expect(try TemplateValue(value).formatted(by: format) == text)
  }

  @Test(arguments: [
    (JSONValue.string("a"), "{:,}", "Cannot specify ',' with 's'."),
    (.string("a"), "{:+}", "Sign not allowed in string format specifier"),
    (.string("a"), "{:#}", "Alternate form (#) not allowed in string format specifier"),
    (.string("a"), "{:=5}", "'=' alignment not allowed in string format specifier"),
    (.null, "{:,d}", "unsupported format string passed to NoneType.__format__"),
    (.double(1), "{:,d}", "Unknown format code 'd' for object of type 'float'"),
  ])
  func `what cannot be written so is an error`(
    _ value: JSONValue, _ format: String, _ message: String
  ) {
    let error = #expect(throws: TemplateError.self) {
      try TemplateValue(value).formatted(by: format)
    }
    #expect(error?.message == message)
  }
}
