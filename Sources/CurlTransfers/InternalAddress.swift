// SPDX-License-Identifier: MIT
import Glibc

/// Which addresses belong to machines that only their own network reaches, and must not be reached in a stranger's name.
enum InternalAddress {
  /// An address and how many of its first bits count.
  private struct Network {
    let bytes: [UInt8]
    let bits: Int

    func contains(_ address: [UInt8]) -> Bool {
      address.count == bytes.count
        && (0..<bits).allSatisfy { bit in
          (address[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }
  }

  /// IANA's registries of special addresses, as far as they are not globally reachable; and multicast.
  private static let networks: [Network] = [
    ("0.0.0.0", 8), ("10.0.0.0", 8), ("100.64.0.0", 10), ("127.0.0.0", 8), ("169.254.0.0", 16),
    ("172.16.0.0", 12), ("192.0.0.0", 24), ("192.0.2.0", 24), ("192.168.0.0", 16),
    ("198.18.0.0", 15), ("198.51.100.0", 24), ("203.0.113.0", 24), ("224.0.0.0", 3),
    ("::", 128), ("::1", 128), ("64:ff9b:1::", 48), ("100::", 64), ("2001::", 23),
    ("2001:db8::", 32), ("3fff::", 20), ("5f00::", 16), ("fc00::", 7), ("fe80::", 10),
    ("fec0::", 10), ("ff00::", 8),
  ].compactMap { text, bits in bytes(of: text).map { Network(bytes: $0, bits: bits) } }

  /// Prefixes of IPv6 in which an address of IPv4 stands at the byte named.
  private static let carriers: [(network: Network, offset: Int)] = [
    ("::ffff:0:0", 96, 12), ("::", 96, 12), ("64:ff9b::", 96, 12), ("2002::", 16, 2),
  ].compactMap { text, bits, offset in
    bytes(of: text).map { (Network(bytes: $0, bits: bits), offset) }
  }

  /// True also of what is no address.
  static func contains(_ text: String) -> Bool {
    guard let address = bytes(of: text) else { return true }
    if networks.contains(where: { $0.contains(address) }) { return true }
    guard let carrier = carriers.first(where: { $0.network.contains(address) }) else {
      return false
    }
    let inner = Array(address[carrier.offset..<carrier.offset + 4])
    return networks.contains { $0.contains(inner) }
  }

  private static func bytes(of text: String) -> [UInt8]? {
    // An interface follows an address of one link.
    let text = String(text.prefix { $0 != "%" })
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
