// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol

/// Why a member of a group failed.
package struct GroupFailure {
  package let message: String
  package let exitStatus: Int32

  /// What stands beside it now; somebody may have moved it back meanwhile.
  package init(_ member: GroupLook.Member, of spool: Spool) {
    do throws(CommandError) {
      let place = try spool.place(of: member.id, in: member.queue)
      guard let place, case .failed(let report, let status) = try JobResult(place, of: spool) else {
        throw .noSuchJob(member.id.text)
      }
      message = (try? JSONValue(parsing: report))?["message"]?.stringValue ?? "for no known reason"
      exitStatus = status
    } catch {
      message = "\(error)"
      exitStatus = error.verdict.rawValue
    }
  }
}
