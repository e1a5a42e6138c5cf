// SPDX-License-Identifier: MIT
import CStb

extension Pixels {
  func resized(_ size: Shot.Size) -> Pixels {
    switch size {
    case .natural: return self
    case .within(let box):
      let scale = min(Double(box.width) / Double(width), Double(box.height) / Double(height))
      return scaled(
        to: PixelSize(
          width: Int((Double(width) * scale).rounded()),
          height: Int((Double(height) * scale).rounded())))
    case .filling(let box):
      let wanted = max(1, (width * box.height + box.width / 2) / box.width)
      var picture = self
      if wanted < height {
        picture.setHeight(wanted)
        return picture.scaled(to: box)
      }
      // What is missing is added to the small picture: a flat one would become a tower before it shrinks.
      let rows = min(box.height, max(1, (height * box.width + width / 2) / width))
      picture = scaled(to: PixelSize(width: box.width, height: rows))
      picture.setHeight(box.height)
      return picture
    }
  }

  /// Catmull-Rom keeps small letters apart; Chromium's own scale drops every second line of a canvas.
  private func scaled(to size: PixelSize) -> Pixels {
    guard size.width != width || size.height != height else { return self }
    let count = size.width * size.height * Self.channels
    let scaled = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      // It fails only without memory, which ends the program here as everywhere.
      let isDone = stbir_resize_uint8_generic(
        bytes, CInt(width), CInt(height), 0, buffer.baseAddress, CInt(size.width),
        CInt(size.height), 0, CInt(Self.channels), STBIR_ALPHA_CHANNEL_NONE, 0, STBIR_EDGE_CLAMP,
        STBIR_FILTER_CATMULLROM, STBIR_COLORSPACE_LINEAR, nil)
      precondition(isDone != 0, "no memory for a picture")
      initialized = count
    }
    return Pixels(width: size.width, height: size.height, bytes: scaled)
  }
}
