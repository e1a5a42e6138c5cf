// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol

/// An outcome that was read and asks for something.
struct Finding: Hashable {
  let outcome: Outcome
  /// Of the file that was read; only this one will have been announced.
  let inode: UInt64
  var requests: [CacheRequest] = []
  var event: JobEvent?
  /// The job whose end is told in its place, where that has still to come; until then there is nothing to announce.
  var awaits: JobID?
  /// Why parts of it cannot be done; the log has a line for each, the event is an error's.
  var complaints: [String] = []

  /// Whether anything is to be done.
  var asks: Bool { event != nil || !requests.isEmpty || !complaints.isEmpty }

  mutating func readRequests(_ document: JSONValue) {
    for element in document["cache"]?.arrayValue ?? [] {
      do {
        requests.append(try CacheRequest(element, of: outcome))
      } catch {
        complain("a member of its cache is bad: \(error.reason)")
      }
    }
  }

  /// One request cannot be done: whoever waits hears of an error instead of "done".
  mutating func complain(_ reason: String) {
    complaints.append(reason)
    if case .done? = event?.ending { event?.ending = .failed(errors: []) }
    guard case .failed(let errors)? = event?.ending else { return }
    event?.ending = .failed(errors: errors + [["message": .string("Not cached: \(reason)")]])
  }
}
