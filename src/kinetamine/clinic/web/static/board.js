// The board: every chair at a glance, the most urgent first.
import { element, make } from "../dom.js";
import { card } from "./alarms.js";
import { follow } from "./live.js";
import { Sounds } from "./sounds.js";
import { ago, clock, clockSeconds } from "./times.js";

const zone = element("board").dataset.zone;
const sounds = new Sounds(element("sound"));
const MOST = 3;
let last = new Date(), state = "connected", drawn = "", known = new Set();

function minutes(value) { return value === null ? "no drug yet" : `minute ${Math.floor(value)}`; }

function line(text, className) { return make("p", { textContent: text, className: className || "" }); }

function chair(one) {
  const worst = one.alarms.find((alarm) => alarm.unanswered.length);
  const found = make("li", { className: `chair ${worst ? worst.priority : ""}` });
  found.dataset.session = one.session_id;
  const head = make("h2", {});
  head.append(make("a", { href: `/sessions/${one.session_id}`, textContent: `Chair ${one.chair}` }), make("span", { textContent: one.person }));
  found.append(head, line(`${minutes(one.minutes)} · ${one.phase}`));
  for (const alarm of one.alarms.slice(0, MOST)) { found.append(card(alarm, clock(alarm.first_at, zone))); }
  if (one.alarms.length > MOST) { found.append(line(`and ${one.alarms.length - MOST} less urgent alarms`)); }
  for (const slot of one.waiting) { found.append(line(`${slot.status}: ${slot.name}${slot.at ? `, ${clock(slot.at, zone)}` : ""}`, slot.status === "due now" ? "" : "late")); }
  if (one.next_due) { found.append(line(`next: ${one.next_due.name}, ${clock(one.next_due.at, zone)}`)); }
  const values = make("p", { className: "last" });
  for (const value of one.vitals) { values.append(make("span", { textContent: `${value.sign} ${value.value} ${value.unit} (${Math.max(0, Math.round(value.age_min))} min ago)` })); }
  found.append(one.vitals.length ? values : line("vital signs not recorded"));
  return found;
}

function render(picture) {
  const alarms = picture.chairs.flatMap((one) => one.alarms.map((alarm) => ({ ...alarm, at: one.chair })));
  sounds.set(alarms);
  const fresh = alarms.filter((one) => one.unanswered.length && !known.has(`${one.at} ${one.name} ${one.unanswered.length}`));
  if (fresh.length) { element("said").textContent = fresh.map((one) => `${one.priority} alarm, chair ${one.at}: ${one.text}`).join(". "); }
  known = new Set(alarms.map((one) => `${one.at} ${one.name} ${one.unanswered.length}`));
  const text = JSON.stringify(picture.chairs);
  if (text === drawn) { return; }
  drawn = text;
  const focused = document.activeElement && document.activeElement.closest(".chair");
  const kept = focused ? focused.dataset.session : "";
  element("board").replaceChildren(...picture.chairs.map(chair));
  element("nobody").hidden = picture.chairs.length > 0;
  if (kept) { const again = element("board").querySelector(`[data-session="${kept}"] a`); if (again) { again.focus(); } }
}

function say() {
  const line = element("sync");
  const words = {
    connected: `Live. Last contact ${clockSeconds(last, zone)}.`,
    offline: `Not connected: this is how it stood ${ago(Date.now() - last)}. No alarm arrives here.`,
    "signed out": `You are signed out: this is how it stood ${ago(Date.now() - last)}. No alarm arrives here.`,
  };
  line.classList.toggle("behind", state !== "connected");
  if (line.textContent !== words[state]) { line.textContent = words[state]; }
}

render(JSON.parse(element("told").textContent));
say();
window.setInterval(say, 1000);
follow("/api/board/live", (_, picture) => { last = new Date(); state = "connected"; render(picture); }, (what) => { state = what; say(); });
