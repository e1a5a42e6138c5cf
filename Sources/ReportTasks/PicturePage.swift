// SPDX-License-Identifier: MIT
import JSONValues

/// A page that is a picture and nothing else, to be printed on a sheet of its size.
struct PicturePage {
  let html: [UInt8]

  /// Nil for what is no PNG.
  init?(png: [UInt8]) {
    guard png.count > 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
    let (width, height) = (Self.number(png[16..<20]), Self.number(png[20..<24]))
    guard width > 0, height > 0 else { return nil }
    let head = """
      <!DOCTYPE html><html data-ready="true"><head><meta charset="utf-8"><style>
      @page { size: \(width)px \(height)px; margin: 0 }
      html, body { margin: 0 } img { display: block; width: \(width)px; height: \(height)px }
      </style></head><body><img alt="" src="data:image/png;base64,
      """
    html = Array(head.utf8) + Array(Base64.encode(png).utf8) + Array("\"></body></html>".utf8)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
