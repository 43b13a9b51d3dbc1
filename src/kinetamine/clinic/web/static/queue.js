// Entries that were made and are not stored on the server yet: held by this page and kept in this browser, under whoever
// made them, and sent under the same name until the server has them. What the server sends back stays here to be mended.
import { Kept } from "./kept.js";

const RETRY_MS = 3000;
const TOO_LONG_MS = 30000;

export class Queue {
  constructor(session, user, told) {
    this.kept = new Kept(`kinetamine-queue:${user}:${session}`, () => this.told({}));
    this.user = user;
    this.address = `/api/sessions/${session}/entries`;
    this.told = told;
    this.flushing = null;
    this.state = "connected";
    this.last = new Date();
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => { this.state = "offline"; this.told({}); });
    window.setInterval(() => { this.kept.copy(); this.flush(); }, RETRY_MS);
  }

  items() { return this.kept.items(); }

  waiting() { return this.items().filter((one) => !one.problem); }

  sentBack() { return this.items().filter((one) => one.problem); }

  // How many there is no room for in this browser: they are lost when the page is closed.
  get alone() { return this.kept.alone; }

  drop(name) { this.kept.drop(name); }

  heardFrom() { this.last = new Date(); this.state = "connected"; }

  async add(entry) {
    this.kept.put(entry);
    this.told({});
    await this.flush();
  }

  reject(name, problem) {
    const found = this.items().find((one) => one.client_id === name);
    if (found) { this.kept.put({ ...found, problem }); }
  }

  // Ends when all is sent, or cannot be now; one who asks meanwhile waits for the same end.
  flush() {
    this.flushing = this.flushing || this.sendAll().finally(() => { this.flushing = null; });
    return this.flushing;
  }

  async sendAll() {
    let together = true;
    while (this.waiting().length > 0 && await this.send(together ? this.waiting() : this.waiting().slice(0, 1))) {
      together = this.state !== "one by one";
    }
  }

  // True where it is worth going on at once.
  async send(items) {
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ by: this.user, entries: items.map(({ problem, form, ...entry }) => entry) }),
        signal: AbortSignal.timeout(TOO_LONG_MS),
      });
    } catch {
      this.state = "offline";
      this.told({});
      return false;
    }
    if (answer.ok) {
      const found = await answer.json();
      for (const one of items) { this.drop(one.client_id); }
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
    const wrong = items.length === 1 ? items[0] : items.find((one) => one.client_id === problem.client_id);
    if (!wrong) { this.state = "one by one"; return true; }
    const name = wrong.client_id;
    this.reject(name, { at: problem.at || problem.field || "", message: problem.message });
    this.told({ rejected: name });
    return true;
  }
}
