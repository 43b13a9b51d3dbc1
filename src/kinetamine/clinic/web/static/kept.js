// What this page holds, by name, with a copy of each in this browser's storage, for after a reload and for other tabs.
// What the page holds is what counts: where there is no room for a copy, it is lost with the page and not before. Each
// copy has a key of its own, so that two tabs that write at once cannot write over one another.
export class Kept {
  constructor(list, changed) {
    this.prefix = `${list}:`;
    this.held = new Map();
    this.copied = new Set();
    this.read();
    window.addEventListener("storage", (event) => {
      // Without a key all of the storage was emptied, which says nothing of any entry.
      if (event.key && event.key.startsWith(this.prefix)) { this.take(event.key, event.newValue); changed(); }
    });
  }

  items() { return Array.from(this.held.values()).sort((a, b) => a.order - b.order).map((one) => one.entry); }

  // How many are lost with this page.
  get alone() { return this.held.size - this.copied.size; }

  put(entry) {
    const name = entry.client_id, known = this.held.get(name);
    const last = Math.max(0, ...Array.from(this.held.values(), (one) => one.order));
    this.held.set(name, { order: known ? known.order : Math.max(Date.now(), last + 1), entry });
    this.copied.delete(name);
    this.copy();
  }

  drop(name) {
    this.held.delete(name);
    this.copied.delete(name);
    try { localStorage.removeItem(this.prefix + name); } catch { /* no storage at all, so no copy */ }
    this.copy();
  }

  // Copies what has no copy yet: there may be room now.
  copy() {
    for (const [name, one] of this.held) {
      if (this.copied.has(name)) { continue; }
      try {
        localStorage.setItem(this.prefix + name, JSON.stringify(one));
        this.copied.add(name);
      } catch { /* no room: the page alone holds it */ }
    }
  }

  read() {
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(this.prefix))) { this.take(key, localStorage.getItem(key)); }
    } catch { /* no storage at all */ }
  }

  take(key, text) {
    const name = key.slice(this.prefix.length);
    if (text === null) {
      this.held.delete(name);
      this.copied.delete(name);
      return;
    }
    this.held.set(name, JSON.parse(text));
    this.copied.add(name);
  }
}
