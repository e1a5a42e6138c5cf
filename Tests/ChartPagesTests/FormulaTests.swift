// SPDX-License-Identifier: MIT
import Testing

@testable import ChartPages

/// Formulas of annotations, by their values.
struct FormulaTests {
  @Test(
    arguments: [
      ("5", 5), ("x", 3), ("y = 2x + 1", 7), ("3*(x-1)^2", 12), ("-x^2", -9), ("2^-1", 0.5),
      ("10 - 4 - 3", 3), ("x/2/3", 0.5), ("1.5e", 1.5 * 2.718281828459045), ("sin(90)", 1),
      ("log(1000)", 3), ("ln(e)", 1), ("root(16) + abs(-1)", 5), ("7 Mod 4", 3), ("x > 2", 1),
      ("x<=2", 0), ("f=x==3", 1), ("(x>2)*10 and 4", 4), ("2(x)(x)", 18),
    ])
  func `a formula has its value`(_ text: String, _ value: Double) throws {
    let formula = try #require(Formula(text))
    let found = try #require(formula.value(at: 3))
    #expect(abs(found - value) < 1e-9)
  }

  @Test(
    arguments: [
      "", "x +", "(x", "x)", "y", "alert(1)", "1..2", "x ; 1", "sin", "sin x", "* 2", "北",
      String(repeating: "(", count: 600) + "x" + String(repeating: ")", count: 600),
      String(repeating: "-", count: 900) + "x", String(repeating: "x", count: 1001),
    ])
  func `what is none is refused`(_ text: String) { #expect(Formula(text) == nil) }

  @Test(arguments: ["1/0", "ln(0-1)", "10^400", "0/0"])
  func `what has no value is not drawn`(_ text: String) throws {
    let formula = try #require(Formula(text))
    #expect(formula.value(at: 3) == nil)
  }
}
