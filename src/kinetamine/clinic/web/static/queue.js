// Entries that were made and are not stored on the server yet: kept in this browser, under whoever made them, and sent
// under the same name until the server has them. What the server sends back stays here to be mended.
const RETRY_MS = 3000;

export class Queue {
  constructor(session, user, told) {
    this.key = `kinetamine-queue:${user}:${session}`;
    this.user = user;
    this.address = `/api/sessions/${session}/entries`;
    this.told = told;
    this.busy = false;
    this.spare = [];
    this.state = "connected";
    this.last = new Date();
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => { this.state = "offline"; this.told({}); });
    window.setInterval(() => this.flush(), RETRY_MS);
  }

  items() {
    try { return JSON.parse(localStorage.getItem(this.key) || "[]"); } catch { return this.spare; }
  }

  keep(items) {
    this.spare = items;
    try { localStorage.setItem(this.key, JSON.stringify(items)); } catch { /* no room: kept while the page is open */ }
  }

  waiting() { return this.items().filter((one) => !one.problem); }

  sentBack() { return this.items().filter((one) => one.problem); }

  drop(name) { this.keep(this.items().filter((one) => one.client_id !== name)); }

  heardFrom() { this.last = new Date(); this.state = "connected"; }

  async add(entry) {
    this.keep([...this.items(), entry]);
    this.told({});
    await this.flush(true);
  }

  reject(name, problem) {
    this.keep(this.items().map((one) => (one.client_id === name ? { ...one, problem } : one)));
  }

  async flush(always = false) {
    if (this.busy || (!always && this.waiting().length === 0)) { return; }
    this.busy = true;
    try {
      let one = true;
      while (this.waiting().length > 0 && await this.send(one ? this.waiting() : this.waiting().slice(0, 1))) {
        one = this.state !== "one by one";
      }
    } finally { this.busy = false; }
  }

  // True where it is worth going on at once.
  async send(items) {
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ by: this.user, entries: items.map(({ problem, form, ...entry }) => entry) }),
      });
    } catch {
      this.state = "offline";
      this.told({});
      return false;
    }
    if (answer.ok) {
      const found = await answer.json();
      const names = new Set(items.map((one) => one.client_id));
      this.keep(this.items().filter((one) => !names.has(one.client_id)));
      this.heardFrom();
      this.told({ picture: found.picture });
      return true;
    }
    return this.refused(answer, items);
  }

  async refused(answer, items) {
    const problem = await answer.json().catch(() => ({ message: "The server could not answer." }));
    if (answer.status === 401 || answer.status === 403) { this.state = "signed out"; this.told({}); return false; }
    if (answer.status >= 500) { this.state = "offline"; this.told({}); return false; }
    this.heardFrom();
    const name = problem.client_id || (items.length === 1 ? items[0].client_id : "");
    if (!name) { this.state = "one by one"; return true; }
    this.reject(name, { at: problem.at || problem.field || "", message: problem.message });
    this.told({ rejected: name });
    return true;
  }
}
