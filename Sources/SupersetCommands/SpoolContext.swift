// SPDX-License-Identifier: MIT
import ProgramStart
import SpoolProtocol
import SystemCalls
import TaskContract
import TaskRuntime

/// How a person's program looks at Superset: as a task of the spool would.
package enum SpoolContext {
  /// - Parameters:
  ///   - program: the name under which it speaks.
  ///   - spool: otherwise `SPOOL`, or the current directory.
  ///   - configuration: otherwise `SPOOL_CONFIG`, or the spool's own.
  package static func make(
    for program: String, spool: String?, configuration: String?, _ console: Console
  ) throws(TaskStartError) -> TaskContext {
    let inherited = TaskContext(
      options: try TaskOptions([], valued: []), cancellation: .never(), log: { console.log($0) })
    let found = inherited.environment
    let root = Program(name: program).absolute(spool ?? found[.spool] ?? ".")
    let layout = SpoolLayout(root: root)
    var own: [TaskVariable: String] = [.spool: root]
    let usual = (try? SystemFiles().exists(layout.configuration)) == true
    own[.configuration] =
      configuration ?? found[.configuration] ?? (usual ? layout.configuration : "")
    if spool != nil || found[.cache] == nil { own[.cache] = layout.cache }
    return TaskContext(
      options: try TaskOptions([], valued: []), environment: found.replacing(own),
      cancellation: .never(), log: { console.log($0) })
  }
}
