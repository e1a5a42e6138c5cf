// SPDX-License-Identifier: MIT
import CPostgres
import PostgresLink

/// A result of libpq: one row, or how a statement ended.
final class PostgresResult {
  private let raw: OpaquePointer

  init(_ raw: OpaquePointer) { self.raw = raw }

  deinit { PQclear(raw) }

  var status: ExecStatusType { PQresultStatus(raw) }

  /// Of the only row; borrowed until the result goes.
  var cells: [PostgresCell] {
    (0..<PQnfields(raw)).map { column in
      let isNull = PQgetisnull(raw, 0, column) == 1
      let start = PQgetvalue(raw, 0, column)
      let text = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(raw, 0, column)))
      return PostgresCell(type: PQftype(raw, column), text: isNull ? nil : text)
    }
  }

  /// How many rows an INSERT, UPDATE or DELETE has changed; nil of anything else.
  var changedRows: Int? {
    let tag = PQcmdStatus(raw).map { String(cString: $0) } ?? ""
    guard ["INSERT", "UPDATE", "DELETE"].contains(tag.prefix { $0 != " " }) else { return nil }
    return PQcmdTuples(raw).flatMap { Int(String(cString: $0)) }
  }

  /// As psycopg2 tells it: without the severity, the line in question and a mark below it included, and a line feed at its
  /// end.
  var failure: PostgresFailure {
    let state = PQresultErrorField(raw, 67).map { String(cString: $0) }
    let text = PQresultErrorMessage(raw).map { String(cString: $0) } ?? ""
    return PostgresFailure(ofStatement: state, Self.withoutSeverity(text))
  }

  /// What libpq says of a connection.
  static func text(_ connection: OpaquePointer) -> String {
    sentence(PQerrorMessage(connection).map { String(cString: $0) } ?? "")
  }

  private static func sentence(_ text: String) -> String {
    var sentence = withoutSeverity(text)
    while sentence.last == "\n" { sentence.removeLast() }
    return sentence
  }

  private static func withoutSeverity(_ text: String) -> String {
    let severity = ["ERROR:  ", "FATAL:  ", "PANIC:  "].first(where: text.hasPrefix)
    return String(text.dropFirst(severity?.count ?? 0))
  }
}
