// SPDX-License-Identifier: MIT
import Testing

@testable import SupersetWeb

struct LoginFormTests {
  @Test func `the token of the form is found whatever the order of its attributes`() {
    let page = """
      <form><input name="username" value="x"><input id="csrf_token" name="csrf_token" type="hidden"
      value="IjVm.awx-_Q"> </form>
      """.replacing("\n", with: " ")
    #expect(LoginForm.token(in: page) == "IjVm.awx-_Q")
    #expect(
      LoginForm.token(in: #"<input type="hidden" value="abc" name="csrf_token"/>"#) == "abc")
    #expect(LoginForm.token(in: #"<input name="token" value="abc">"#) == nil)
    #expect(LoginForm.token(in: "") == nil)
  }

  @Test func `what is sent is encoded byte for byte`() {
    #expect(
      LoginForm.body(user: "ann", password: "p&=+ ё", token: "a.b-c_d")
        == "username=ann&password=p%26%3D%2B%20%D1%91&csrf_token=a.b-c_d")
  }
}
