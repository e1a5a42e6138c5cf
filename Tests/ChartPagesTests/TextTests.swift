// SPDX-License-Identifier: MIT
import Testing

@testable import ChartPages

/// How wide texts are, and what of them is shown.
struct TextTests {
  private let fit = TextFit(size: 10)

  @Test func `letters are as wide as in DejaVu Sans`() {
    #expect(fit.width(of: "0") == 6.37)
    #expect(fit.width(of: "Ж") == 10.78)
    #expect(fit.width(of: "北京") == 20)
    #expect(fit.width(of: "e\u{301}") == fit.width(of: "e"))
  }

  @Test func `what does not fit ends in an ellipsis`() {
    #expect(fit.fitted("Москва", into: 100) == "Москва")
    let short = fit.fitted("Санкт-Петербург", into: 50)
    #expect(short.hasSuffix("…") && fit.width(of: short) <= 50)
    #expect(fit.fitted("Москва", into: 5) == "")
    #expect(fit.fitted(String(repeating: "x", count: 5000), into: 30).count < 6)
  }

  @Test func `a cut never divides a letter`() {
    let family = "👨‍👩‍👧"
    for width in 1...60 {
      let text = fit.fitted(family + family + "é", into: Double(width))
      #expect(text.allSatisfy { "…é".contains($0) || String($0) == family })
    }
  }

  @Test func `lines are broken at blanks`() {
    let lines = fit.lines("one two three four", width: 45, limit: 2)
    #expect(lines.count == 2 && lines[0] == "one two" && lines[1].hasSuffix("…"))
  }

  @Test func `what is not seen is left out`() {
    #expect(PlainText.cleaned("a\u{202E}b\u{200F}c\u{0}d\ne") == "abc d e")
    #expect(PlainText.cleaned("👨‍👩‍👧") == "👨‍👩‍👧")
    #expect(PlainText.cleaned("abcdef", limit: 3) == "abc…")
  }

  @Test(arguments: [
    ("abc", false), ("مبيعات", true), ("תל", true), ("12 مبيعات", true), ("a تل", false),
    ("Ж ת", false), ("", false), ("北", false),
  ])
  func `the first letter with a direction decides`(_ text: String, _ isTurned: Bool) {
    #expect(PlainText.isRightToLeft(text) == isTurned)
  }

  @Test func `a text that is written from the right ends where another one begins`() {
    let pen = Pen(theme: .light)
    let text = String(decoding: pen.text("مبيعات", 10, 10).bytes, as: UTF8.self)
    #expect(text.contains("direction=\"rtl\"") && text.contains("text-anchor=\"end\""))
  }
}
