// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import Testing

@testable import Notifications

struct HTMLSanitizerTests {
  private func cleaned(_ html: String) -> String { HTMLSanitizer.message.cleaned(html) }

  @Test(arguments: [
    ("plain & simple", "plain &amp; simple"), ("a < b > c", "a &lt; b &gt; c"),
    ("<b>bold", "<b>bold</b>"), ("</b>x</p>", "x"), ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
    ("<script>alert(1)</script>x", "x"), ("<SCRIPT src=x>a</sCript >x", "x"),
    ("<style>b{}</style>x", "x"), ("<script>never ended <b>x</b>", ""),
    ("<script>a</scripts>b</script>c", "c"), ("<img src=x onerror=alert(1)>x", "x"),
    ("<b onclick=x() style='a'>x</b>", "<b>x</b>"), ("<!-- <b> -->x<!-->y<!--->z", "xyz"),
    ("<!DOCTYPE html><?php x ?>x", "x"), ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"), ("a<br>b<br/>c</br>", "a<br>b<br>c"),
    (
      "<a href=\"https://x.org/?a=1&b=2\" title='\"'>x</a>",
      "<a href=\"https://x.org/?a=1&amp;b=2\" title=\"&quot;\" rel=\"noopener noreferrer\">x</a>"
    ),
    ("<a href=/x/y?z#w>x</a>", "<a href=\"/x/y?z#w\" rel=\"noopener noreferrer\">x</a>"),
    ("<a href=mailto:a@x.org>x", "<a href=\"mailto:a@x.org\" rel=\"noopener noreferrer\">x</a>"),
    (
      "<td colspan=2 halign=left style=x class='a b'>x",
      "<td colspan=\"2\" halign=\"left\" class=\"a b\">x</td>"
    ),
    ("&eacute;&bogus;&#x41;&#0;&amp;lt;&copy", "é&bogus;A\u{FFFD}&amp;lt;&amp;copy"),
    ("<b", ""), ("<b x='", ""), ("<", "&lt;"), ("</", "&lt;/"), ("<>", "&lt;&gt;"),
    ("x<1", "x&lt;1"),
    ("<svg><script>x</script></svg>y", "y"), ("<math><mtext><b>x</math>", "<b>x</b>"),
    ("<textarea><script>x</script></textarea>y", "y"), ("a\0b", "a b"),
  ])
  func `what only looks like something stays, and is whole in itself`(
    _ html: String, _ expected: String
  ) {
    #expect(cleaned(html) == expected)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)",
    "java\tscript:alert(1)", "java&Tab;script:x", "java&NewLine;script:x", " javascript:x",
    "\u{1}javascript:x", "javascript&colon;alert(1)", "javascript&#58;x", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "blob:x", "jav\u{0}ascript:x", "://x", "x:y",
    "javascript&#0000058;alert(1)", "&#x6A&#x61;vascript:x",
  ])
  func `a link leads to a page or a mailbox, however its scheme is spelled`(_ link: String) {
    for quote in ["\"", "'"] {
      let output = cleaned("<a href=\(quote)\(link)\(quote)>x</a>")
      #expect(output == "<a rel=\"noopener noreferrer\">x</a>" || !output.contains("href=\"j"))
      #expect(!output.lowercased().contains("javascript:"))
      #expect(!output.contains("href=\"data:") && !output.contains("href=\"file:"))
    }
  }

  @Test func `hostile nesting takes no time and no depth`() {
    let inputs = [
      String(repeating: "<div>", count: 100_000), String(repeating: "<b></i>", count: 100_000),
      String(repeating: "<!--", count: 100_000), String(repeating: "<a '", count: 100_000),
      String(repeating: "<script", count: 100_000), String(repeating: "</", count: 100_000),
      String(repeating: "<script></script", count: 100_000), String(repeating: "&", count: 300_000),
      String(repeating: "&a", count: 300_000),
      "<a " + String(repeating: "x=1 ", count: 100_000) + ">",
      "<a " + (0..<100_000).map { "x\($0)=1 " }.joined() + ">",
      String(repeating: "<", count: 300_000),
    ]
    for input in inputs {
      let start = ContinuousClock.now
      let output = cleaned(input)
      _ = HTMLText.plain(input)
      #expect(output.utf8.count <= 6 * input.utf8.count)
      #expect(output.matches(of: #/<div>/#).count <= 100)
      // Some 0.2 s in a debug build; what grows with the square would take minutes.
      #expect(ContinuousClock.now - start < .seconds(20), "\(input.prefix(20))")
    }
  }

  /// Nothing that nh3 would still take away is left: its answer to what has been cleaned is the same text.
  @Test func `what was cleaned is clean to nh3, too`() throws {
    guard let python = TestPython.path() else { return }
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "<b>", "</b>", "<p>", "</p>", "<a href='https://x.org/'>", "</a>", "<a href=javascript:x>",
      "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<table>", "<tr>", "<td>",
      "</td>", "</table>", "<svg>", "<math>", "<mtext>", "<textarea>", "</textarea>", "<title>",
      "<noscript>", "<iframe>", "<img src=x onerror=y>", "<div class=x onclick='y'>", "</div>",
      "text",
      " & ", "&lt;", "&#60;script&#62;", "\"", "'", "<", ">", "=", "<ul>", "<li>", "</ul>", "<br>",
      "<form>", "<![CDATA[", "]]>", "<b title=\"</b><script>\">", "é", "<abbr title='&quot;&gt;'>",
    ]
    let inputs = (0..<2_000).map { _ in
      (0..<Int.random(in: 1...12, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      .joined()
    }
    let outputs = inputs.map(cleaned)
    let directory = try TemporaryDirectory("nh3")
    try directory.write(JSONValue.array(outputs.map(JSONValue.string)).text, to: "outputs")
    let script = "\(#filePath.parentPath)/server/nh3_look.py"
    let text = Shell(directory: directory.path).run("\(python) -B \(script) < outputs")
    let answers = try #require(try JSONValue(parsing: text ?? "").arrayValue?.map(\.stringValue))
    // It puts tags of tables and paragraphs elsewhere; links and texts it must not touch.
    func links(_ html: String) -> Set<String> {
      Set(html.matches(of: #/<(?:a|abbr) [^>]*>/#).map { String($0.0) })
    }
    func letters(_ html: String) -> [Character] {
      html.replacing(#/<[^>]*>/#, with: "").replacing("&quot;", with: "\"").filter {
        !$0.isWhitespace
      }.sorted()
    }
    for (index, (output, answer)) in zip(outputs, answers).enumerated() {
      let answer = try #require(answer)
      #expect(links(output) == links(answer), "\(inputs[index]) -> \(output) -> \(answer)")
      #expect(letters(output) == letters(answer), "\(inputs[index]) -> \(output) -> \(answer)")
      #expect(!answer.contains("<script") && !output.contains("<script"))
    }
  }
}
