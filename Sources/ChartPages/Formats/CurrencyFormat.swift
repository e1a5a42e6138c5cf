// SPDX-License-Identifier: MIT
import JSONValues

/// A currency before or after the number, as `currency_format` has it.
struct CurrencyFormat: Hashable {
  private let symbol: String
  private let isPrefix: Bool

  /// `{"symbol": "EUR", "symbolPosition": "suffix"}`; nil where no currency is named.
  init?(_ value: JSONValue?) {
    guard let code = value?["symbol"]?.stringValue, !code.isEmpty else { return nil }
    symbol = Self.symbols[code] ?? code
    isPrefix = value?["symbolPosition"]?.stringValue == "prefix"
  }

  func wrapped(_ digits: String) -> String {
    isPrefix ? "\(symbol) \(digits)" : "\(digits) \(symbol)"
  }

  /// The format without the signs that the currency stands for.
  static func bare(_ format: String?) -> String? {
    format?.filter { $0 != "$" && $0 != "%" }
  }

  /// As English has them in its browser; the others are called by their codes.
  private static let symbols = [
    "USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "MXN": "MX$", "JPY": "¥", "CNY": "CN¥",
    "BRL": "R$", "KRW": "₩", "ILS": "₪", "VND": "₫", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$",
    "HKD": "HK$", "TWD": "NT$", "PHP": "₱", "XAF": "FCFA",
  ]
}
