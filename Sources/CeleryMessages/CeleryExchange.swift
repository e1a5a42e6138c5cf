// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// The control file `NAME.exchange`, by which kombu knows to which queues a message goes that is sent to an exchange.
package struct CeleryExchange: Hashable, Sendable {
  package struct Binding: Hashable, Sendable {
    package var routingKey: String
    package var pattern: String
    package var queue: String

    package init(routingKey: String, pattern: String = "", queue: String) {
      self.routingKey = routingKey
      self.pattern = pattern
      self.queue = queue
    }
  }

  package private(set) var bindings: [Binding]

  package init(_ bindings: [Binding]) { self.bindings = bindings }

  /// What a producer writes that declares a queue of its own name.
  package init(queue: String) { bindings = [Binding(routingKey: queue, queue: queue)] }

  /// The mailbox of one worker (`celery@HOST`), in the file of the exchange ``controlName``.
  package init(mailboxOf worker: String) {
    bindings = [Binding(routingKey: "", queue: "\(worker).\(Self.controlName)")]
  }

  /// The exchange over which workers are revoked from, inspected and shut down.
  package static let controlName = "celery.pidbox"

  /// - Throws: ``CeleryMessageError``; `incomplete` for a file that is being written.
  package init(parsing bytes: [UInt8]) throws(CeleryMessageError) {
    let document = "a list of bindings [routing key, pattern, queue]"
    let value = try Document.value(of: bytes, beginningWith: "[", as: document)
    bindings = []
    for entry in value.arrayValue ?? [] {
      let texts = entry.arrayValue?.compactMap(\.stringValue) ?? []
      guard texts.count == 3, entry.arrayValue?.count == 3 else { throw .notThe(document) }
      bindings.append(Binding(routingKey: texts[0], pattern: texts[1], queue: texts[2]))
    }
  }

  /// Puts a binding in front, as kombu does, unless it is there.
  package mutating func bind(_ binding: Binding) {
    if !bindings.contains(binding) { bindings.insert(binding, at: 0) }
  }

  /// The queues that a message with this routing key goes to.
  package func queues(for routingKey: String) -> [String] {
    bindings.filter { $0.routingKey == routingKey }.map(\.queue)
  }

  package mutating func unbind(_ binding: Binding) { bindings.removeAll { $0 == binding } }

  /// The file's content, byte for byte as kombu writes it.
  package var bytes: [UInt8] {
    PythonJSON.bytes(
      .array(
        bindings.map { [.string($0.routingKey), .string($0.pattern), .string($0.queue)] }))
  }

  /// The file's name; nil for a name that newer kombu refuses, since it could lead elsewhere.
  package static func fileName(of exchange: String) -> String? {
    let allowed = exchange.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard allowed, exchange.isEmpty || exchange.contains(where: { $0 != "." }) else { return nil }
    return exchange + suffix
  }

  /// The exchange whose file bears this name.
  package static func name(ofFile name: String) -> String? {
    name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
  }

  private static let suffix = ".exchange"
}
