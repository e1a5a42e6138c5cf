// SPDX-License-Identifier: MIT
import CPNG

/// A picture in memory: rows of red, green and blue, a byte each.
struct Pixels: Hashable {
  private(set) var width: Int
  private(set) var height: Int
  private(set) var bytes: [UInt8]

  static let channels = 3

  init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * Self.channels, "a picture with all its pixels")
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// What is transparent becomes white, as the browser's own background is.
  init(png: [UInt8]) throws(ScreenshotError) {
    // libpng keeps the address between its two calls.
    let read = png.withUnsafeBytes { Self.read($0) }
    guard let read else {
      throw .refused(call: "Page.captureScreenshot", reason: "its picture is no sound PNG")
    }
    self = read
  }

  private static func read(_ png: UnsafeRawBufferPointer) -> Pixels? {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, png.baseAddress, png.count) != 0 else {
      return nil
    }
    image.format = spool_png_rgb
    let (width, height) = (Int(image.width), Int(image.height))
    var white = png_color(red: 255, green: 255, blue: 255)
    var isSound = false
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * channels) { buffer, count in
      count = buffer.count
      isSound = png_image_finish_read(&image, &white, buffer.baseAddress, 0, nil) != 0
    }
    return isSound ? Pixels(width: width, height: height, bytes: bytes) : nil
  }

  func png() throws(ScreenshotError) -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.format = spool_png_rgb
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    defer { png_image_free(&image) }
    // What does not shrink grows by a filter's byte a row and a little of each block.
    var size = bytes.count + bytes.count / 1_000 + height + 4_096
    var isSound = false
    let png = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      isSound = png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, bytes, 0, nil) != 0
      count = isSound ? size : 0
    }
    guard isSound else { throw .badPage(reason: "its picture cannot be written as PNG") }
    return png
  }

  /// Puts another picture of the same width below.
  mutating func append(_ other: Pixels) {
    precondition(other.width == width, "tiles of one picture")
    bytes += other.bytes
    height += other.height
  }

  /// The rows from the top, or all of them and then rows of this colour.
  mutating func setHeight(_ rows: Int) {
    let row = width * Self.channels
    if rows < height {
      bytes.removeLast((height - rows) * row)
    } else if rows > height {
      let corner = Array(bytes[(bytes.count - row)..<(bytes.count - row + Self.channels)])
      let ground = [[UInt8]](repeating: corner, count: width).flatMap { $0 }
      for _ in height..<rows { bytes += ground }
    }
    height = rows
  }
}
