// SPDX-License-Identifier: MIT
import Testing

@testable import SupersetWeb

struct SessionCookieTests {
  private struct Vector: CustomTestStringConvertible {
    let key: String
    let user: Int
    let time: Int
    let cookie: String

    var testDescription: String { "user \(user) at \(time)" }
  }

  private static let key = "peer-measurement-secret-key-0123456789abcdef-not-for-production"

  /// Made by Flask 2.3.3 with itsdangerous 2.2.0: the same session, key and moment.
  private static let vectors = [
    Vector(
      key: key, user: 1, time: 1700000000,
      cookie: ".eJwlzjEOwzAIQNG7eO4A2BjIZSJjsNo1aaaqd2-kHuB_vU_Z15Hns2zv48pH2V9RtqJGS1ZOmsh"
        + "auXeYPrBSi0GExIldsrN7cmS1Fk37kNbuAMQTsAmaGq9Ocl9YHYdDJEBokrNPc29JNiTrFK1kYUH"
        + "AmBNSW7kh15nHX4Pl-wOYpS8G.ZVPxAA.BGCdp6wNKY8oJN-qMzdT6ai7qYs"),
    Vector(
      key: key, user: 42, time: 1,
      cookie: ".eJwlzjEOwzAIQNG7eO4AGGzIZSJjsNo1aaaqd2-kHuB_vU_Z15Hns2zv48pH2V9RtqJGq6-cNFG"
        + "0SmswfWAljkGEJImtZxP3lMhqHKxtdOY7gO4JyB1NTVajfl9EHYdDJEBokotPc-ckGz3r7FrJwoJ"
        + "AMCekcrkh15nHX8NUvj_Hri87.AQ.9dFTLwLkY2i47yQ4AwF0VlCKS7E"),
    Vector(
      key: key, user: 1000000, time: 2000000000,
      cookie: ".eJwljjEOwzAIAP_iuQNgYyCfqYzBatekmar-vVF7-53uXe5rz-NRttd-5q3cn1G2okZLVk6ayFq"
        + "5d5g-sFKLQYTEiV2ys3tyZLUWTfuQ1i4BxBOwCZoar05yVVgdh0MkQGiSs09zb0k2JOsUrWRhQcC"
        + "YE1JbuUbOI_f_DcKP8vkCtU4wJg.dzWUAA.KROnDWTmFT3uuy4YShGb8zyJCCA"),
    Vector(
      key: #"ключ "x""#, user: 7, time: 1800000000,
      cookie: ".eJwlzjEOwzAIQNG7eO4A2BjIZSJjsNo1aaaqd2-kHuB_vU_Z15Hns2zv48pH2V9RtqJGS1ZOmsh"
        + "auXeYPrBSi0GExIldsrN7cmS1Fk37kNbuAMQTsAmaGq9Ocl9YHYdDJEBokrNPc29JNiTrFK1kYUH"
        + "AmBNSW7kh15nHXyPl-wOYty8M.a0nSAA.peza3Urs7nq8FHSK7_uYMcsJgfY"),
  ]

  @Test(arguments: vectors)
  private func `a cookie is the one that Flask makes`(_ vector: Vector) {
    let cookie = SessionCookie(userID: vector.user, secretKey: vector.key, at: vector.time)
    #expect(cookie.value == vector.cookie)
  }
}
