// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SupersetTasks
import TaskContract
import TaskRuntime
import ThumbnailTasks

/// A chart or a dashboard, and how it stands with its picture.
struct WantedThumbnail {
  struct Failure {
    let reason: String
    let status: Int32
  }

  enum State {
    case there(path: String)
    case missing(key: CacheKey)
    case failed(Failure)
  }

  let item: ThumbnailCatalogue.Item
  /// Of the job that makes it.
  let arguments: JSONObject
  var state: State
  /// Under which its job was left.
  var job: JobID?

  init(
    _ item: ThumbnailCatalogue.Item, _ options: ComputeOptions, _ superset: SupersetSession,
    _ context: TaskContext
  ) {
    self.item = item
    arguments = [
      "current_user": options.user.map(JSONValue.string) ?? .null,
      "\(item.kind)_id": .integer(item.id), "force": .bool(options.isForced),
    ]
    do throws(ThumbnailError) {
      let job = try ThumbnailJob(.object(arguments), of: item.kind)
      let lookup = try ThumbnailLookup(job, in: superset, context.environment)
      switch lookup.known {
      case .picture(let path): state = .there(path: path)
      case .failure(let report): state = .failed(Failure(report))
      case nil: state = .missing(key: lookup.key)
      }
    } catch {
      state = .failed(Failure(reason: "\(error)", status: error.verdict.rawValue))
    }
  }

  var task: String { "cache_\(item.kind)_thumbnail" }

  /// How people are told of it.
  var title: String {
    let name = item.name.isEmpty ? "" : " \(item.name)"
    return "\(item.kind) \(item.id)\(name)"
  }

  var isMissing: Bool { if case .missing = state { true } else { false } }

  var failure: Failure? { if case .failed(let failure) = state { failure } else { nil } }

  var frame: ContactSheet.Frame {
    switch state {
    case .there(let path): ContactSheet.Frame(title: title, content: .picture(path))
    case .missing: ContactSheet.Frame(title: title, content: .text("Not made yet"))
    case .failed(let failure): ContactSheet.Frame(title: title, content: .text(failure.reason))
    }
  }
}

extension WantedThumbnail.Failure {
  /// What stands in the `.error` of a job.
  init(_ report: JSONValue) {
    let told = report["errors"]?.arrayValue?.first?["message"]?.stringValue
    reason = told ?? report["message"]?.stringValue ?? "for no known reason"
    let status = report["exit_status"]?.integerValue ?? 0
    self.status = (1...255).contains(status) ? Int32(status) : Verdict.badInput.rawValue
  }
}
