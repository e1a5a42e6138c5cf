// SPDX-License-Identifier: MIT
import SystemCalls

/// Python with packages from PyPI; nil, said aloud, where these cannot be had.
package enum TestPython {
  /// The interpreter; made beside the test program, once for all tests.
  package static func path() -> String? {
    let place = "\(RunningProgram.path.parentPath)/notifications"
    let install = """
      exec 9>\(place).lock; flock 9; [ -e \(place)/ready ] || { python3 -m venv \(place) && \
      timeout 200 \(place)/bin/pip install -q --retries 1 --disable-pip-version-check \
      aiosmtpd==1.4.6 nh3==0.3.8 && touch \(place)/ready; }
      """
    guard Shell(directory: "/tmp", patience: 300).run(install) != nil else {
      print("SKIPPED: aiosmtpd and nh3 could not be had from PyPI")
      return nil
    }
    return "\(place)/bin/python"
  }
}
