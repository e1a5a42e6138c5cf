// SPDX-License-Identifier: MIT

/// What a browser is started with: nothing but what a picture needs, and the same picture each time.
enum BrowserArguments {
  static func list(_ settings: BrowserSettings, profile: String) -> [String] {
    fixed + ["--user-data-dir=\(profile)"] + (settings.isSandboxed ? [] : ["--no-sandbox"])
      + ["about:blank"]
  }

  private static let fixed = [
    // No port: whoever can reach one could read every page.
    "--remote-debugging-pipe",
    // It asks for nothing, and tells nobody anything.
    "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
    "--disable-extensions", "--disable-sync", "--metrics-recording-only", "--no-pings",
    "--dns-prefetch-disable", "--disable-breakpad", "--disable-crash-reporter", "--mute-audio",
    "--deny-permission-prompts", "--block-new-web-contents",
    // UDP of a page's own would pass by what is allowed.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    // Containers have 64 MB of it.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    // The same bytes whatever the machine and its settings.
    "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-lcd-text",
    "--hide-scrollbars", "--lang=en-US", "--disable-skia-runtime-opts",
    // Nothing of the page waits since nobody looks at it.
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    // A page that wants more than half a gigabyte of script objects ends before the machine's memory does.
    "--js-flags=--max-old-space-size=512",
  ]

  /// Nothing of ours: there may be secrets in it.
  static func environment(profile: String) -> [String] {
    [
      "PATH=/usr/bin:/bin", "HOME=\(profile)", "TMPDIR=\(profile)", "LANG=C.UTF-8", "TZ=UTC",
      "DBUS_SESSION_BUS_ADDRESS=disabled:",
    ]
  }
}
