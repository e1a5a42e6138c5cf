// SPDX-License-Identifier: MIT

/// Whose pages a browser shows: they do not all ask alike.
package enum Frontend: Hashable, Sendable {
  /// Apache Superset 4.1.
  case superset
  /// DODO's fork of it; of values in two languages a filter takes those of the reader's.
  case fork(language: String)

  var isFork: Bool { self != .superset }
}
