// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// What must hold for any bytes that somebody drops as a job.
package enum JobCheck {
  /// What does not hold, or nil.
  package static func complaint(about bytes: [UInt8]) -> String? {
    json(bytes) ?? beginnings(of: bytes) ?? job(bytes)
  }

  /// Parser and validator are of one mind, and what was read is written so that it reads the same.
  private static func json(_ bytes: [UInt8]) -> String? {
    let value = try? JSONValue(parsing: bytes)
    for size in [1, 5, max(1, bytes.count)]
    where validates(bytes, inPiecesOf: size) != (value != nil) {
      return "parser and validator differ, in pieces of \(size)"
    }
    guard let value else { return nil }
    return (try? JSONValue(parsing: value.bytes)) == value ? nil : "it reads otherwise when written"
  }

  private static func validates(_ bytes: [UInt8], inPiecesOf size: Int) -> Bool {
    var validator = JSONValidator()
    for start in stride(from: 0, to: bytes.count, by: size)
    where !validator.feed(bytes[start..<min(start + size, bytes.count)]) {
      return false
    }
    return validator.isComplete()
  }

  /// A job that is still being written is never taken for something else: it would be put away as corrupt.
  private static func beginnings(of bytes: [UInt8]) -> String? {
    guard bytes.count <= 300, (try? Job(parsing: bytes)) != nil else { return nil }
    for end in bytes.indices {
      do throws(JobFormatError) {
        _ = try Job(skimming: Array(bytes[..<end]))
      } catch {
        if error != .incomplete { return "its first \(end) bytes: \(error)" }
      }
    }
    return nil
  }

  /// Whoever reads a job with its arguments and whoever skims it agree on what it is.
  private static func job(_ bytes: [UInt8]) -> String? {
    var (whole, skimmed): (Job?, Job?)
    var errors: (JobFormatError?, JobFormatError?)
    do throws(JobFormatError) { whole = try Job(parsing: bytes) } catch { errors.0 = error }
    do throws(JobFormatError) { skimmed = try Job(skimming: bytes) } catch { errors.1 = error }
    guard errors.0 == errors.1 else { return "\(errors) whether skimmed or not" }
    whole?.keywordArguments = [:]
    whole?.positionalArguments = []
    skimmed?.keywordArguments = [:]
    guard whole == skimmed else { return "it is another job when skimmed" }
    guard let whole else { return nil }
    return times(of: whole)
  }

  /// Its times can be reckoned with and written down.
  private static func times(of job: Job) -> String? {
    var moments = [job.eta].compactMap(\.self)
    switch job.expires {
    case .at(let moment): moments.append(moment)
    case .after(let pause): moments.append(Timestamp(nanoseconds: .max) + pause)
    case nil: break
    }
    for moment in moments {
      guard let back = Timestamp(iso8601: moment.iso8601) else { return "\(moment) is no time" }
      if abs((back - moment) / .milliseconds(1)) > 1 { return "\(moment) became \(back)" }
    }
    return nil
  }
}
