// SPDX-License-Identifier: MIT

/// A server that takes mail, and how it is spoken to.
package struct SMTPServer: Hashable, Sendable {
  /// What keeps others from reading along.
  package enum Security: Hashable, Sendable {
    case none
    /// Begun in the clear; a server that knows no STARTTLS gets nothing.
    case startTLS
    /// From the first byte on.
    case implicit
  }

  package var host: String
  package var port: Int
  package var security = Security.none
  /// Nil where nobody logs in.
  package var login: Login?
  /// Whether the server has to show a certificate that the machine trusts.
  package var checksCertificate = false
  /// Certificates of those who may vouch for it; nil for those of the system.
  package var certificates: String?
  /// Seconds until there is a connection.
  package var connectTimeout = 30
  /// Seconds for all of it.
  package var timeout = 600

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Who sends, to the server.
  package struct Login: Hashable, Sendable {
    package let user: String
    package let password: String

    package init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// Nil for a host that is none, or would end the address early.
  var url: String? {
    let isIPv6 = host.contains(":")
    let forbidden = "/@?#[]\\%\"<> "
    guard !host.isEmpty, (1...65_535).contains(port),
      host.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }),
      !host.contains(where: forbidden.contains),
      !isIPv6 || host.allSatisfy({ $0.isHexDigit || ":.".contains($0) })
    else { return nil }
    let scheme = security == .implicit ? "smtps" : "smtp"
    return "\(scheme)://\(isIPv6 ? "[\(host)]" : host):\(port)/"
  }
}

/// What a server says to one command.
package struct SMTPReply: Hashable, Sendable, CustomStringConvertible {
  package let code: Int
  /// Without what the sender was trusted with.
  package let text: String

  package init(code: Int, text: String) {
    self.code = code
    self.text = text
  }

  package var isRefusal: Bool { code >= 400 }
  /// Whether the same may be taken later.
  package var isTemporary: Bool { (400..<500).contains(code) }
  package var description: String { text.isEmpty ? "\(code)" : "\(code) \(text)" }
}

/// An address for which a server takes nothing.
package struct SMTPRefusal: Hashable, Sendable {
  package let recipient: String
  package let reply: SMTPReply
}

/// Why a message is with nobody, or why that is not known, by how far the conversation came.
package enum SMTPError: Error, Hashable, Sendable {
  /// It cannot be sent as it is.
  case badRequest(reason: String)
  case nameResolution(reason: String)
  case connect(reason: String)
  /// Also where the server has none although it must.
  case tls(reason: String)
  case login(SMTPReply)
  /// The sender, or the message, or whoever connects.
  case refused(SMTPReply)
  case allRefused([SMTPRefusal])
  case transfer(reason: String)
  /// All of the message was sent, and no answer came: it may be on its way.
  case unanswered(reason: String)
  case cancelled
}
