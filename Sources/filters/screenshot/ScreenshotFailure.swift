// SPDX-License-Identifier: MIT
import Screenshots
import SystemCalls
import TaskContract
import TaskRuntime

/// Why there is no picture, and what the exit status says of it.
enum ScreenshotFailure: TaskFailure {
  case usage(String)
  case input(SystemError)
  case output(SystemError)
  case malformedCookies(line: Int)
  case screenshot(ScreenshotError)

  var verdict: Verdict {
    switch self {
    case .usage: .usage
    case .input: .noInput
    case .output: .cannotCreate
    case .malformedCookies: .badInput
    case .screenshot(let error): error.verdict
    }
  }

  var description: String {
    switch self {
    case .usage(let reason): reason
    case .input(let error), .output(let error): "\(error)"
    case .malformedCookies(let line):
      "unable to read the cookies: line \(line) is no cookie like name=value"
    case .screenshot(let error): "\(error)"
    }
  }
}
