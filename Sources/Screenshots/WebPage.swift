// SPDX-License-Identifier: MIT

/// What is photographed, and what it may do meanwhile.
package struct WebPage: Sendable {
  package enum Content: Sendable {
    /// A page of our own: it is given to the browser as it is, and reaches nothing.
    case html([UInt8])
    case address(String)
  }

  /// Whom a page from the web may reach.
  package enum Reach: Hashable, Sendable {
    /// The origins alone, with whatever it asks for.
    case origins
    /// The page itself comes from the origins; pictures, frames and the like from anywhere on the web.
    case anywhere
  }

  package let content: Content
  package var readiness: ReadinessRule
  /// Whether scripts of an HTML text run; those of pages from the web do.
  package var allowsScripts = false
  /// Besides the origin of the address.
  package var origins: Set<WebOrigin> = []
  package var reach = Reach.origins
  /// Sent to the origin of the address alone.
  package var cookies: [WebCookie] = []
  /// A page that sends the browser here wants a login: `/login/` below the path of Superset.
  package var loginPath: String? = "/login/"
  package var isDark = false

  package init(_ content: Content, readiness: ReadinessRule) {
    self.content = content
    self.readiness = readiness
  }

  /// A page of our own that says by `data-ready` when it is drawn.
  package init(html: [UInt8]) { self.init(.html(html), readiness: .own) }
}

/// A cookie, whose value nothing prints.
package struct WebCookie: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package let name: String
  let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  package var description: String { "\(name)=..." }
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
