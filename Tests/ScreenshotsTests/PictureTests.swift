// SPDX-License-Identifier: MIT
import Testing

@testable import Screenshots

/// What is on pictures of pages of our own, pixel by pixel.
@Suite(.serialized)
struct PictureTests {
  private let studio: Studio

  init() throws { studio = try Studio() }

  private let blocks = """
    <!doctype html><body style="margin:0;background:#ffffff">
    <div style="position:absolute;left:100px;top:50px;width:200px;height:100px;background:#ff0000"></div>
    <div style="position:absolute;left:600px;top:400px;width:100px;height:100px;background:#0000ff"></div>
    <svg style="position:absolute;left:0;top:300px" width="100" height="100"><rect width="100" height="100" fill="#00ff00"/></svg>
    """

  /// 200 bands of 100 pixels, each of its own colour, and something that stays in the window.
  private func bands(_ count: Int) -> String {
    let bands = (0..<count).map {
      "<div style='height:100px;background:rgb(\($0 % 256),\($0 / 256),100)'></div>"
    }
    return "<!doctype html><body style='margin:0'>\(bands.joined())"
  }

  @Test func `shapes are where the page has them`() throws {
    let picture = try studio.picture(blocks)
    #expect(picture.size == "800x600")
    #expect(picture.colour(101, 51) == "#ff0000")
    #expect(picture.colour(299, 149) == "#ff0000")
    #expect(picture.colour(301, 149) == "#ffffff")
    #expect(picture.colour(650, 450) == "#0000ff")
    #expect(picture.colour(50, 350) == "#00ff00")
    #expect(picture.colour(0, 0) == "#ffffff")
  }

  @Test func `text is drawn, at the same place with the same bytes each time`() throws {
    let page = WebPage(
      """
      <!doctype html><body style="margin:10px;font:20px 'DejaVu Sans'"><table border=1>
      <tr><td>Região</td><td>Ελλάδα</td><td>1,234.5</td></tr><tr><td>مرحبا</td><td>Привет</td></tr></table>
      """)
    let first = try studio.browser.picture(of: page, as: Shot()).bytes
    let again = try studio.browser.picture(of: page, as: Shot()).bytes
    #expect(first == again)
    studio.browser.close()
    #expect(try studio.browser.picture(of: page, as: Shot()).bytes == first)
    let picture = try Pixels(png: first)
    #expect(Set((15..<200).map { picture.colour($0, 25) }).count > 5)
  }

  @Test func `density multiplies pixels`() throws {
    let picture = try studio.picture(blocks) { $0.density = 2 }
    #expect(picture.size == "1600x1200")
    #expect(picture.colour(201, 101) == "#ff0000")
    #expect(picture.colour(199, 99) == "#ffffff")
  }

  @Test func `a thumbnail has the size that was asked for, and what the page has`() throws {
    let picture = try studio.picture(blocks) {
      $0.size = .filling(PixelSize(width: 400, height: 300))
    }
    #expect(picture.size == "400x300")
    #expect(picture.colour(100, 50) == "#ff0000")
    #expect(picture.colour(325, 225) == "#0000ff")
    let within = try studio.picture(blocks) {
      $0.size = .within(PixelSize(width: 400, height: 400))
    }
    #expect(within == picture)
  }

  @Test func `a thumbnail of another shape is cut off below or goes on below, and never is black`()
    throws
  {
    let low = try studio.picture(blocks) { $0.size = .filling(PixelSize(width: 400, height: 150)) }
    #expect(low.size == "400x150")
    #expect(low.colour(100, 50) == "#ff0000")
    let ground = "<!doctype html><body style='background:#123456'>"
    let high = try studio.picture(ground) { $0.size = .filling(PixelSize(width: 400, height: 800)) }
    #expect(high.size == "400x800")
    #expect(
      Set([(0, 0), (399, 0), (0, 799), (399, 799), (200, 301)].map { high.colour($0.0, $0.1) }) == [
        "#123456"
      ])
  }

  @Test func `the whole page is as high as what it holds`() throws {
    let picture = try studio.picture(bands(30)) { $0.area = .page }
    #expect(picture.size == "800x3000")
    for band in 0..<30 { #expect(picture.colour(400, band * 100 + 50) == "#\(hex(band))0064") }
    #expect(try studio.picture("<p>short") { $0.area = .page }.size == "800x600")
  }

  @Test func `a very tall page is put together of tiles without a seam`() throws {
    let picture = try studio.picture(bands(200)) { $0.area = .page }
    #expect(picture.size == "800x20000")
    var wrong: [Int] = []
    for band in 0..<200 {
      for row in [0, 50, 99] where picture.colour(3, band * 100 + row) != "#\(hex(band))0064" {
        wrong.append(band)
      }
    }
    #expect(wrong == [])
    let dense = try studio.picture(bands(50)) {
      $0.area = .page
      $0.density = 1.5
    }
    #expect(dense.size == "1200x7500")
    #expect(dense.colour(3, 7_499) == "#\(hex(49))0064")
    #expect(dense.colour(3, 4_124) == "#\(hex(27))0064")
  }

  @Test func `a page without end is cut off, and one of too many pixels refused`() throws {
    let studio = try Studio {
      $0.limits.height = 5_000
      $0.limits.pixels = 5_000_000
    }
    var shot = Shot()
    shot.area = .page
    let picture = try studio.browser.picture(of: WebPage(bands(200)), as: shot)
    #expect(picture.warnings == ["the page is cut off at 5000 pixels"])
    #expect(try Pixels(png: picture.bytes).size == "800x5000")
    shot.density = 2
    let error = studio.failure(WebPage(bands(200))) { $0 = shot }
    #expect(error == .tooLarge(PixelSize(width: 1_600, height: 10_000)))
  }

  @Test func `an element is photographed alone, also below the window`() throws {
    let red = try studio.picture(blocks) { $0.area = .element("div") }
    #expect(red.size == "200x100")
    #expect(Set([(0, 0), (199, 99)].map { red.colour($0.0, $0.1) }) == ["#ff0000"])
    let far =
      "<body style='margin:0'><p style='height:3000px'><b id=x style='display:block;width:70px;height:60px;background:#00ff00'>"
    let picture = try studio.picture(far) { $0.area = .element("#x") }
    #expect(picture.size == "70x60")
    #expect(picture.colour(35, 30) == "#00ff00")
    let error = studio.failure(WebPage(blocks)) { $0.area = .element("#none") }
    #expect("\(try #require(error))".hasSuffix("no #none"))
    let odd = studio.failure(WebPage(blocks)) { $0.area = .element("][") }
    #expect("\(try #require(odd))".contains("is not a valid selector"))
  }

  @Test func `a page may be dark, and sees that nothing is to move`() throws {
    var page = WebPage(
      """
      <style>body { background: #ffffff } @media (prefers-color-scheme: dark) { body { background: #000033 } }
      @media (prefers-reduced-motion: reduce) { html { border-left: 9px solid #00ff00 } }
      div { height: 90px; animation: x 60s linear } @keyframes x { from { background: #ff0000 } to { background: #ff0000 } }
      </style><body><div></div>
      """)
    #expect(try studio.picture(page).colour(400, 300) == "#ffffff")
    page.isDark = true
    let picture = try studio.picture(page)
    #expect(picture.colour(400, 300) == "#000033")
    #expect(picture.colour(4, 300) == "#00ff00")
    #expect(picture.colour(400, 40) == "#000033")
  }

  @Test func `a report is a PDF`() throws {
    var shot = Shot()
    shot.format = .pdf
    let bytes = try studio.browser.picture(of: WebPage(bands(40)), as: shot).bytes
    #expect(bytes.starts(with: "%PDF-".utf8))
    #expect(String(decoding: bytes, as: UTF8.self).contains("/Count 4"))
  }

  private func hex(_ byte: Int) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0\(digits)" : digits
  }
}
