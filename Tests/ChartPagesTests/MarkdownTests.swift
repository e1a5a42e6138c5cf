// SPDX-License-Identifier: MIT
import Testing

@testable import ChartPages

/// What of Markdown becomes markup, and what does not.
struct MarkdownTests {
  private func html(_ text: String) -> String {
    String(decoding: Markdown.markup(text).bytes, as: UTF8.self)
      .replacing(" dir=\"auto\"", with: "")
  }

  @Test(arguments: [
    ("# One\n###### Six", "<h1>One</h1><h6>Six</h6>"), ("a\nb\n\nc", "<p>a b</p><p>c</p>"),
    ("- a\n- b\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
    ("*a* **b** _c_ `d<`", "<p><em>a</em> <strong>b</strong> <em>c</em> <code>d&lt;</code></p>"),
    ("> said\n> so", "<blockquote>said so</blockquote>"), ("---", "<hr/>"),
    ("```\n<x> *y*\n```", "<pre>&lt;x&gt; *y*\n</pre>"),
    ("[words](http://a.b)", "<p><u>words</u></p>"), ("![picture](x.png)", "<p><u>picture</u></p>"),
    ("a <b>c</b><br>d", "<p>a c<br/>d</p>"), ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
    ("\\*a\\*", "<p>*a*</p>"), ("a < b > c", "<p>a &lt; b &gt; c</p>"), ("#a", "<p>#a</p>"),
    ("**open", "<p>**open</p>"), ("[a](b", "<p>[a](b</p>"), ("", ""),
  ])
  func `words are marked as they ask for`(_ text: String, _ html: String) {
    #expect(self.html(text) == html)
  }

  @Test(arguments: InjectionTests.hostile)
  func `no tag of a text gets through`(_ text: String) {
    for wrapped in [
      text, "# \(text)", "- \(text)", "[\(text)](\(text))", "`\(text)`", "**\(text)**",
    ] {
      #expect(InjectionTests.strangers(in: html(wrapped)) == [])
    }
  }

  @Test(arguments: ["*", "_", "[", "`", "<", "![", "**a ", "> ", "- ", "#", "\\", "[a](", "<a"])
  func `a text of marks alone ends soon`(_ mark: String) {
    let clock = ContinuousClock()
    let time = clock.measure { _ = html(String(repeating: mark, count: 20_000)) }
    #expect(time < .seconds(10))
  }
}
