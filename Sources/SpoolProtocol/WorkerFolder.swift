// SPDX-License-Identifier: MIT

/// The jobs of one worker, as one listing of its folder shows them.
package struct WorkerFolder: Hashable, Sendable {
  /// Unordered.
  package let jobs: [JobName]
  private let names: [String]

  init(names: [String]) {
    self.names = names
    jobs = names.compactMap(JobName.init(fileName:))
  }

  /// Those of the jobs that have a run, named by the id alone: they were started.
  package var begun: [JobName] {
    let all = Set(names)
    return jobs.filter { all.contains($0.id.text) }
  }
}
