// SPDX-License-Identifier: MIT
import ChartPages
import TaskContract
import TaskRuntime

/// Why no page can be made.
enum PageRequestError: TaskFailure, Hashable {
  case badSize(String)
  case unknownTheme(String)
  case unreadableForm(reason: String)
  case badForm(String, reason: String)
  case badData(reason: String)

  var verdict: Verdict {
    switch self {
    case .badSize, .unknownTheme: .usage
    case .unreadableForm: .noInput
    case .badForm, .badData: .badInput
    }
  }

  var description: String {
    switch self {
    case .badSize(let text):
      "the size '\(text)' is not WIDTHxHEIGHT of \(PageStyle.sizes.lowerBound) to "
        + "\(PageStyle.sizes.upperBound) pixels"
    case .unknownTheme(let name): "the theme '\(name)' is neither light nor dark"
    case .unreadableForm(let reason): reason
    case .badForm(let path, let reason): "unable to read \(path): \(reason)"
    case .badData(let reason): "the input is neither JSON nor rows: \(reason)"
    }
  }
}
