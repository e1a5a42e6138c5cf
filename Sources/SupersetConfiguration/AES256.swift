// SPDX-License-Identifier: MIT

/// FIPS 197 with a key of 256 bits, the way back only: Superset encrypts, we read.
struct AES256 {
  static let blockSize = 16
  private static let rounds = 14

  /// Sixteen bytes for each round and one more.
  private let keys: [[UInt8]]

  init(key: [UInt8]) {
    var words = (0..<8).map { Array(key[$0 * 4..<$0 * 4 + 4]) }
    var constant: UInt8 = 1
    for step in 8..<4 * (Self.rounds + 1) {
      var word = words[step - 1]
      if step % 8 == 0 {
        word = (word[1...] + word[..<1]).map { Self.box[Int($0)] }
        word[0] ^= constant
        constant = Self.doubled(constant)
      } else if step % 8 == 4 {
        word = word.map { Self.box[Int($0)] }
      }
      words.append(zip(word, words[step - 8]).map { $0 ^ $1 })
    }
    keys = (0...Self.rounds).map { Array(words[$0 * 4..<$0 * 4 + 4].joined()) }
  }

  /// Cipher block chaining; nil for what is no whole number of blocks.
  func decrypted(_ bytes: [UInt8], from start: [UInt8]) -> [UInt8]? {
    guard !bytes.isEmpty, bytes.count % Self.blockSize == 0 else { return nil }
    var before = start
    var text: [UInt8] = []
    for index in stride(from: 0, to: bytes.count, by: Self.blockSize) {
      let block = Array(bytes[index..<index + Self.blockSize])
      text += zip(decrypted(block), before).map { $0 ^ $1 }
      before = block
    }
    return text
  }

  private func decrypted(_ block: [UInt8]) -> [UInt8] {
    var state = zip(block, keys[Self.rounds]).map { $0 ^ $1 }
    for round in (0..<Self.rounds).reversed() {
      // Rows turned to the right, bytes looked up, and the key of the round.
      state = (0..<16).map { place in
        let (column, row) = (place / 4, place % 4)
        return Self.inverseBox[Int(state[(column + 4 - row) % 4 * 4 + row])] ^ keys[round][place]
      }
      if round > 0 { state = Self.unmixed(state) }
    }
    return state
  }

  private static func unmixed(_ state: [UInt8]) -> [UInt8] {
    (0..<16).map { place in
      let (column, row) = (place / 4, place % 4)
      let factors: [UInt8] = [14, 11, 13, 9]
      return (0..<4).reduce(0) { sum, other in
        sum ^ product(state[column * 4 + other], factors[(other + 4 - row) % 4])
      }
    }
  }

  // MARK: the field of 256 elements

  private static func doubled(_ number: UInt8) -> UInt8 {
    number << 1 ^ (number & 0x80 == 0 ? 0 : 0x1B)
  }

  private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (left, right, sum) = (left, right, UInt8(0))
    while right != 0 {
      if right & 1 == 1 { sum ^= left }
      left = doubled(left)
      right >>= 1
    }
    return sum
  }

  /// Inverses, found by going round the field in both directions at once, and then turned.
  private static let box: [UInt8] = {
    var box = [UInt8](repeating: 0x63, count: 256)
    var (number, inverse) = (UInt8(1), UInt8(1))
    repeat {
      number = product(number, 3)
      inverse = product(inverse, 0xF6)
      let turns = (0..<5).reduce(UInt8(0)) { $0 ^ (inverse << $1 | inverse >> (8 - $1)) }
      box[Int(number)] = turns ^ 0x63
    } while number != 1
    return box
  }()

  private static let inverseBox: [UInt8] = {
    var inverse = [UInt8](repeating: 0, count: 256)
    for (number, value) in box.enumerated() { inverse[Int(value)] = UInt8(number) }
    return inverse
  }()
}
