// SPDX-License-Identifier: MIT
import TaskContract

/// What a queue makes of the exit statuses of its task; 0 is success, every other one that is not named here is final.
package struct ExitCodes: Hashable, Sendable {
  /// The job is tried again later.
  package var temporary = codes(leadingTo: .retry)
  /// The queue cannot work at all: it is paused, the job goes back.
  package var pausing = codes(leadingTo: .pauseQueue)

  package init() {}

  /// What becomes of a job whose task exited so.
  package func disposition(of status: Int32) -> Disposition {
    if temporary.contains(status) { return .retry }
    if pausing.contains(status) { return .pauseQueue }
    return status == Verdict.ok.rawValue ? .finish : .bury
  }

  /// What is said of it: a status without a word of its own is called by what it leads to.
  package func verdict(of status: Int32) -> Verdict {
    if let verdict = Verdict(rawValue: status) { return verdict }
    switch disposition(of: status) {
    case .retry: return .tryLater
    case .pauseQueue: return .badConfiguration
    case .bury, .finish: return .bug
    }
  }

  private static func codes(leadingTo disposition: Disposition) -> Set<Int32> {
    Set(Verdict.allCases.filter { $0.disposition == disposition }.map(\.rawValue))
  }
}

extension ExitCodes {
  /// Takes over the lists that the table names; each replaces the one that held before.
  mutating func read(_ table: SettingsTable) throws(SettingsError) {
    temporary = try table.codes("temporary_codes") ?? temporary
    pausing = try table.codes("pausing_codes") ?? pausing
    if let both = temporary.intersection(pausing).min() {
      throw table.wrong("temporary_codes", "free of \(both), which pausing_codes has as well")
    }
  }
}

extension SettingsTable {
  /// Exit statuses of a failure.
  fileprivate func codes(_ key: String) throws(SettingsError) -> Set<Int32>? {
    try integers(key, in: 1...255).map { Set($0.map(Int32.init)) }
  }
}
