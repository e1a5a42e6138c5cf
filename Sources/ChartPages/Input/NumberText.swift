// SPDX-License-Identifier: MIT

/// A number's format, and the currency around it.
struct NumberText: Hashable {
  private let format: ValueFormat
  private let currency: CurrencyFormat?

  init(_ name: String? = nil, _ currency: CurrencyFormat? = nil) {
    self.currency = currency
    format = ValueFormat(currency == nil ? name : CurrencyFormat.bare(name))
  }

  func text(_ number: Double) -> String {
    let digits = format.text(number)
    return currency?.wrapped(digits) ?? digits
  }
}
