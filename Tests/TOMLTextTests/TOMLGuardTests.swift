// SPDX-License-Identifier: MIT
import Testing

@testable import TOMLText

struct TOMLGuardTests {
  @Test(arguments: [
    "[\n", "a = 1\n[\n", "[ \n]", "[[\n", "[=]", "[#", "x = \"\"\"\n[\n\"\"\"\n[\n", "[é]",
    "a = [\n[\n1]]\n[\n", "a = 'b\n[\n", "[\u{0}]", "a = 1\u{0}", "\u{FEFF}[\n", "a = [\u{2028}]",
    "a = _", "a = 1\u{E9}9-05-2 8", "a = [}", "a = [1, }", "a = ]",
    "a = , 1", "a = # 1", "a = { b = } }",
    "a = [\n# x\n}]", "a = 1979-05-27T", "a = [07:32]", "a = 1979-05-27 07",
    "a = [ 3OOO-----a 3 b", "a = 0x-1",
  ])
  func `a header without a name, or a missing value, is refused before it is parsed`(_ text: String)
  {
    #expect(TOMLGuard.objection(to: text) != nil)
  }

  @Test(arguments: [
    "", "[a]", "[ a . b ]", "[[a]]", "[\"a\"]", "['a b']", "[]", "[", "a = [\n[\n1]]\n", "# [\n",
    "a = \"[\" # \"\n[b]\n", "a = \"\"\"\n[\n\\\"\"\"\"\"\n[b]", "a = '''\n[\n\\'''\n[b]",
    "a = { b = [\n1, # ]\n ] }\n[c]\n", "a = {}", "a = []", "a = [ ,]", "\u{FEFF}[a]", "a =\n",
    "a = [{}, []]",
    "a = 1e-5", "a = [-1, +1.5E-3, 0x1]", "a = \"1979-05-27\"",
    "a = \"\\\"\"\n[b]", "a = '\\'\n[b]",
  ])
  func `what the parser can judge is left to it`(_ text: String) {
    #expect(TOMLGuard.objection(to: text) == nil)
  }
}
