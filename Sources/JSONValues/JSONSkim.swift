// SPDX-License-Identifier: MIT

/// What is to be kept of an object by somebody who only needs to know some of its members.
package struct JSONSkim: Sendable {
  /// Members that are kept as they are.
  let whole: Set<String>
  /// Members of which only the sort is kept: an empty array, object or text, some number.
  let hollow: Set<String>
  /// The member that makes the others worth anything: an object that has it and more values to keep than `limit` is
  /// refused; without it, what is beyond the limit is not kept.
  let decisive: String
  let limit: Int

  package init(whole: Set<String>, hollow: Set<String>, decisive: String, limit: Int) {
    self.whole = whole
    self.hollow = hollow
    self.decisive = decisive
    self.limit = limit
  }
}
