// SPDX-License-Identifier: MIT
import CurlTransfers
import Testing

struct HTTPHeadersTests {
  @Test func `names are compared without regard to case`() {
    var headers = HTTPHeaders([("content-type", "a"), ("X", "b")])
    #expect(headers["Content-Type"] == "a")
    headers["CONTENT-TYPE"] = "c"
    #expect(headers.values(of: "content-type") == ["c"])
    headers["x"] = nil
    #expect(headers.fields.map(\.name) == ["CONTENT-TYPE"])
  }

  @Test func `a cookie takes the place of the older one, and leaves others alone`() {
    var headers = HTTPHeaders([("Cookie", "sticky=1; session=old;session_id=x")])
    headers.send(cookie: "session", "new")
    #expect(headers["Cookie"] == "sticky=1; session_id=x; session=new")
  }

  @Test func `of several cookies that are set the last one of a name counts`() {
    let headers = HTTPHeaders([
      ("Set-Cookie", "session=a; HttpOnly; Path=/"), ("set-cookie", "other=b"),
      ("Set-Cookie", "session=c=; Secure"), ("Set-Cookie", "sessions=d"),
    ])
    #expect(headers.setCookie("session") == "c=")
    #expect(headers.setCookie("nothing") == nil)
  }

  @Test func `a cookie that cannot be sent back is none`() {
    let headers = HTTPHeaders([
      ("Set-Cookie", "session=a"), ("Set-Cookie", "session=b\rX-Evil: 1"), ("Set-Cookie", "other"),
    ])
    #expect(headers.setCookie("session") == "a")
  }

  @Test(arguments: [("A", "b\r\nC: d"), ("A", "b\0"), ("A:", "b"), ("", "b"), ("A b", "c")])
  func `a header that would be two is none`(_ name: String, _ value: String) {
    #expect(!HTTPHeaders([(name, value)]).areSound)
    let client = HTTPClient(HTTPLimits())
    #expect(throws: HTTPError.badRequest(reason: "one of its headers is none")) {
      try client.answer(
        to: HTTPRequest(.get, "http://127.0.0.1:1/", HTTPHeaders([(name, value)])))
    }
  }
}
