// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

extension SQLValue {
  /// A moment as Superset's tables keep it: UTC without saying so.
  package var timestamp: Timestamp? { textValue.flatMap(Timestamp.init(iso8601:)) }
}

extension Timestamp {
  /// As Superset writes it into its tables: `2026-11-29 09:00:00.000250`, UTC, to the microsecond.
  package var metadataText: String {
    let micros = (nanoseconds / 1000) % 1_000_000
    let fraction = String(micros < 0 ? micros + 1_000_000 : micros)
    let zeros = String(repeating: "0", count: 6 - fraction.count)
    let seconds = iso8601.prefix { $0 != "." }
    return seconds.map { $0 == "T" ? " " : String($0) }.joined() + "." + zeros + fraction
  }
}
