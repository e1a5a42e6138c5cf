// SPDX-License-Identifier: MIT

/// What is asked of a page, as functions that run in a world of their own: the page's scripts cannot change what they see.
enum PageScript {
  /// A name by which Chromium's tools show that world.
  static let world = "spool"

  /// `(rule, waits)`: what the rule still misses, as texts; with `waits` only when that is nothing any more.
  ///
  /// It looks once a frame: what can be seen changes without any event.
  static let missing = """
    async (rule, waits) => {
      const all = s => [...document.querySelectorAll(s)];
      const seen = e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility !== 'hidden';
      };
      const name = e => e.id || [...e.classList].slice(-1)[0] || e.localName;
      const look = () => {
        const list = document.readyState === 'complete' ? [] : ['the page itself'];
        if (rule.attribute) {
          const value = document.documentElement.getAttribute(rule.attribute);
          if (value === null || value === 'false') list.push(`${rule.attribute} is not set`);
        }
        for (const s of rule.located || []) if (!all(s).length) list.push(`no ${s}`);
        const any = rule.locatedAny || [];
        if (any.length && !any.some(s => all(s).length)) list.push(`no ${any.join(' and no ')}`);
        for (const s of rule.visible || []) {
          const hidden = all(s).filter(e => !seen(e)).length;
          if (hidden) list.push(`${hidden} of ${all(s).length} ${s} to be seen`);
        }
        for (const s of rule.absent || []) if (all(s).length) list.push(`${all(s).length} ${s}`);
        if (rule.holders) for (const h of all(rule.holders)) {
          if (!rule.finished.some(s => h.querySelector(s))) list.push(`empty ${name(h)}`);
        }
        return list;
      };
      while (waits && look().length) await new Promise(next => requestAnimationFrame(next));
      return look();
    }
    """

  /// Waits for fonts, images and the end of animations, then for two frames.
  static let settle = """
    async () => {
      await document.fonts.ready;
      await Promise.all([...document.images].map(i => i.complete ? i.decode().catch(() => {})
        : new Promise(done => { i.addEventListener('load', done); i.addEventListener('error', done); })));
      for (const a of document.getAnimations()) try { a.finish(); } catch { a.cancel(); }
      for (let n = 0; n < 2; n++) await new Promise(next => requestAnimationFrame(next));
    }
    """

  /// What ``settle`` would wait for, as texts.
  static let unsettled = """
    () => {
      const images = [...document.images].filter(i => !i.complete);
      const fonts = document.fonts.status === 'loading' ? ['fonts'] : [];
      return fonts.concat(images.map(i => `image ${i.src.split('?')[0].slice(0, 200)}`));
    }
    """

  /// `(selector)`: left, top, right and bottom of an element, or of the whole page; nothing where there is no such element.
  static let measure = """
    selector => {
      const page = document.documentElement;
      if (selector === null) {
        const height = Math.max(page.scrollHeight, document.body ? document.body.scrollHeight : 0);
        return [0, 0, page.clientWidth, height];
      }
      const box = document.querySelector(selector)?.getBoundingClientRect();
      if (!box || !(box.width > 0) || !(box.height > 0)) return null;
      return [Math.floor(box.left + scrollX), Math.floor(box.top + scrollY),
        Math.ceil(box.right + scrollX), Math.ceil(box.bottom + scrollY)];
    }
    """

  /// `(selectors)`: the texts of what they find and can be seen.
  static let alarms = """
    selectors => selectors.flatMap(s => [...document.querySelectorAll(s)])
      .map(e => e.innerText.trim().replace(/\\s+/g, ' ').slice(0, 300)).filter(text => text)
    """
}
