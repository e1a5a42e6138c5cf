// SPDX-License-Identifier: MIT
import SystemCalls

extension SpoolSettings {
  package static func load(_ path: String) throws(SystemError) -> SpoolSettings { SpoolSettings() }
}
