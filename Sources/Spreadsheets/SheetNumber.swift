// SPDX-License-Identifier: MIT
import Glibc

/// Numbers with sixteen digits, as XlsxWriter writes them for Superset; a spreadsheet computes with fifteen.
enum SheetNumber {
  static func text(of number: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
      _ = withVaList([number]) { vsnprintf(buffer.baseAddress, buffer.count, "%.16G", $0) }
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }

  static func text(of number: Int) -> String {
    number.magnitude < 10_000_000_000_000_000 ? String(number) : text(of: Double(number))
  }
}
