// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import ChartPages

/// Numbers as d3 and Superset write them.
struct NumberFormatTests {
  @Test func `a number is written as d3 writes it`() throws {
    let cases = try Recorded.cases("number-formats")
    #expect(cases.count > 3000)
    for item in cases {
      let specifier = try #require(item[0].stringValue)
      let number = try #require(item[1].doubleValue)
      let text = NumberFormat(specifier)?.text(number)
      #expect(text == item[2].stringValue, "\(specifier) of \(number)")
    }
  }

  @Test(arguments: ["", ".", "%%", "12.f", "abc", ",,", "<<<<", ".2ff", "💥", "^^^"])
  func `what d3 refuses is told beside the number`(_ name: String) {
    guard NumberFormat(name) == nil else { return }
    #expect(ValueFormat(name).text(1.5) == "1.5 (Invalid format: \(name))")
  }

  @Test(arguments: [
    (0, "0"), (1, "1"), (-1.5, "-1.5"), (12.345, "12.35"), (999.999, "1000"), (1000, "1k"),
    (1234, "1.23k"), (-1234, "-1.23k"), (2_024_000, "2.02M"), (1e9, "1B"), (1.5e12, "1.5T"),
    (0.5, "0.5"), (0.00123456, "0.0012"), (0.0001, "100µ"), (0.000012, "12µ"),
    (0.0000001, "100n"), (141_000_000, "141M"),
  ])
  func `adaptive is Superset's adaptive`(_ number: Double, _ text: String) {
    #expect(ValueFormat("SMART_NUMBER").text(number) == text)
    #expect(ValueFormat(nil).text(number) == text)
  }

  @Test func `what is no number has a sign of its own`() {
    #expect(ValueFormat(",d").text(.infinity) == "∞")
    #expect(ValueFormat(",d").text(-.infinity) == "-∞")
    #expect(ValueFormat(",d").text(.nan) == "NaN")
    #expect(ValueFormat("SMART_NUMBER_SIGNED").text(12) == "+12")
  }

  @Test(arguments: [
    (0, "0ms"), (500, "500ms"), (1000, "1s"), (1500, "1.5s"), (60_000, "1m"), (90_500, "1m 30.5s"),
    (3_600_000, "1h"), (90_061_000, "1d 1h 1m 1s"), (-1500, "-1.5s"), (31_536_000_000, "1y"),
  ])
  func `a duration is said as people say it`(_ milliseconds: Double, _ text: String) {
    #expect(ValueFormat("DURATION").text(milliseconds) == text)
  }

  @Test func `bytes are counted by thousands or by 1024`() {
    #expect(ValueFormat("MEMORY_DECIMAL").text(123_456) == "123.46kB")
    #expect(ValueFormat("MEMORY_BINARY").text(123_456) == "120.56KiB")
    #expect(ValueFormat("MEMORY_BINARY").text(0) == "0B")
  }

  @Test func `a currency stands before or after the number`() {
    let euro: JSONValue = ["symbol": "EUR", "symbolPosition": "suffix"]
    let dollar: JSONValue = ["symbol": "USD", "symbolPosition": "prefix"]
    #expect(NumberText(",.2f", CurrencyFormat(euro)).text(1234.5) == "1,234.50 €")
    #expect(NumberText("$,.0f", CurrencyFormat(dollar)).text(1234.5) == "$ 1,235")
    #expect(CurrencyFormat(["symbol": ""]) == nil)
  }

  @Test func `a number that nobody formats is written as a browser would`() {
    #expect(ScriptNumber.text(1e21) == "1e+21")
    #expect(ScriptNumber.text(123_456_789_012_345_680) == "123456789012345680")
    #expect(ScriptNumber.text(0.000001) == "0.000001")
    #expect(ScriptNumber.text(1e-7) == "1e-7")
    #expect(ScriptNumber.text(.leastNonzeroMagnitude) == "5e-324")
    #expect(ScriptNumber.text(-12.5) == "-12.5")
  }
}
