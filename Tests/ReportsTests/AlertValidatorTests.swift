// SPDX-License-Identifier: MIT
import SQLDatabases
import Testing

@testable import Reports

@Suite struct AlertValidatorTests {
  private func answer(_ value: SQLValue) -> AlertAnswer { AlertAnswer(columns: 1, rows: [[value]]) }

  private let empty = AlertAnswer(columns: 1, rows: [])

  @Test(
    arguments: [
      (SQLValue.null, false, "None"), (.integer(0), false, "0"), (.real(0), false, "0.0"),
      (.integer(7), true, "7"), (.real(0.5), true, "0.5"), (.text("0"), true, "0"),
      (.text(""), true, ""), (.text("é"), true, "é"),
    ])
  func `not null is triggered by all but zero and nothing`(
    _ value: SQLValue, _ isTriggered: Bool, _ kept: String
  ) throws {
    let validator = AlertValidator("not null", settings: "{}")
    #expect(try validator.isTriggered(by: answer(value)) == isTriggered)
    #expect(try validator.finding(in: answer(value)) == .init(row: kept))
  }

  @Test func `an empty answer is nothing to the one and zero to the other`() throws {
    let notNull = AlertValidator("not null", settings: nil)
    #expect(try !notNull.isTriggered(by: empty))
    #expect(try notNull.finding(in: empty) == .init(row: "None"))
    let below = AlertValidator("operator", settings: #"{"op": "<", "threshold": 5}"#)
    #expect(try below.isTriggered(by: empty))
    #expect(try below.finding(in: empty) == .init(value: 0))
  }

  @Test(
    arguments: [
      ("<", 4.0, true), ("<", 5, false), ("<=", 5, true), ("<=", 5.1, false), (">", 5.1, true),
      (">", 5, false), (">=", 5, true), (">=", 4.9, false), ("==", 5, true), ("==", 5.1, false),
      ("!=", 5.1, true), ("!=", 5, false),
    ])
  func `an operator compares with its threshold`(
    _ name: String, _ value: Double, _ isTriggered: Bool
  ) throws {
    let validator = AlertValidator("operator", settings: #"{"op": "\#(name)", "threshold": 5}"#)
    #expect(try validator.isTriggered(by: answer(.real(value))) == isTriggered)
  }

  @Test(
    arguments: [
      (SQLValue.text(" 12 "), 12.0), (.text("1e3"), 1000), (.text("1_000"), 1000),
      (.text("-inf"), -Double.infinity), (.null, 0), (.integer(-3), -3), (.text(".5"), 0.5),
    ])
  func `what Python reads as a float is a number`(_ value: SQLValue, _ number: Double) throws {
    let validator = AlertValidator("operator", settings: nil)
    #expect(try validator.finding(in: answer(value)).value == number)
  }

  @Test(arguments: ["x", "", "0x10", "1__0", "_1", "1,5", "nan(1)"])
  func `what Python reads as none is an error`(_ text: String) {
    let validator = AlertValidator("operator", settings: nil)
    #expect(throws: ReportFailure.alertInvalidType) {
      try validator.finding(in: answer(.text(text)))
    }
  }

  @Test(arguments: ["{}", "[", #"{"op": "<"}"#, #"{"op": "~", "threshold": 1}"#, "null"])
  func `a wrong condition is told after the value is kept`(_ settings: String) throws {
    let validator = AlertValidator("operator", settings: settings)
    #expect(try validator.finding(in: answer(.integer(3))).value == 3)
    #expect(throws: ReportFailure.alertValidatorConfig) {
      try validator.isTriggered(by: answer(.integer(3)))
    }
  }

  @Test func `two rows or two columns are no value`() {
    let validator = AlertValidator("operator", settings: nil)
    #expect(throws: ReportFailure.alertMultipleRows(2)) {
      try validator.finding(in: AlertAnswer(columns: 1, rows: [[.null], [.null]]))
    }
    #expect(throws: ReportFailure.alertMultipleColumns(3)) {
      try validator.finding(in: AlertAnswer(columns: 3, rows: [[.null, .null, .null]]))
    }
  }

  /// A row with one cell, as a database gives it.
  private struct Row: SQLRow {
    let kind: SQLKind
    let text: String

    var count: Int { 1 }
    func kind(at index: Int) -> SQLKind { kind }
    func integer(at index: Int) -> Int { Int(text) ?? 0 }
    func real(at index: Int) -> Double { Double(text) ?? 0 }
    func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
      Array(text.utf8).withUnsafeBytes(body)
    }
  }

  /// What psycopg2, pandas 2.0.3 and `str` made of them.
  @Test(
    arguments: [
      (SQLKind.boolean, "1", true, "True", 1.0), (.boolean, "0", false, "False", 0),
      (.decimal, "10.50", true, "10.50", 10.5), (.decimal, "0.00", false, "0.00", 0),
      (.real, "1e+20", true, "1e+20", 1e20), (.integer, "5", true, "5", 5),
    ])
  func `cells are kept as Python prints their kind`(
    _ kind: SQLKind, _ text: String, _ isTriggered: Bool, _ kept: String, _ number: Double
  ) throws {
    var answer = AlertAnswer(columns: 0, rows: [])
    answer.take(Row(kind: kind, text: text))
    let validator = AlertValidator("not null", settings: nil)
    #expect(try validator.finding(in: answer) == .init(row: kept))
    #expect(try validator.isTriggered(by: answer) == isTriggered)
    #expect(try AlertValidator("operator", settings: nil).finding(in: answer).value == number)
  }

  @Test(
    arguments: [
      ("2024-01-02 03:04:05.678901", "2024-01-02T03:04:05.678901000"),
      ("2024-01-02 03:04:05", "2024-01-02T03:04:05.000000000"), ("2024-01-02", "2024-01-02"),
    ])
  func `times are kept as NumPy prints them`(_ text: String, _ kept: String) throws {
    var answer = AlertAnswer(columns: 0, rows: [])
    answer.take(Row(kind: .time, text: text))
    #expect(try AlertValidator("not null", settings: nil).finding(in: answer).row == kept)
  }
}
