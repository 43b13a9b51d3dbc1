// A session's page: forms become entries, entries wait until they are sent, and what the server knows is drawn.
import { all, element, make } from "../dom.js";
import { card, judgedHere } from "./alarms.js";
import { draw } from "./chart.js";
import { Correction } from "./correction.js";
import { WrongError, clean, collect, fill, impossible, newName, tell, when } from "./entries.js";
import { follow } from "./live.js";
import { Queue } from "./queue.js";
import { Sounds } from "./sounds.js";
import { dueList, gateList, timeline, valuesTable, waitingList } from "./session_parts.js";
import { ago, clock, clockSeconds, minutes, typed } from "./times.js";

const root = element("session");
const { id, user, zone } = root.dataset;
const start = JSON.parse(element("told").textContent);
const sounds = new Sounds(element("sound"));
const drawn = {};
const MOST = 60;
const UNSEEN = "nobody can be let go until the server has seen every entry.";
let picture = start.picture, signedOut = false, most = MOST, announced = new Set(), leaving = false;

const queue = new Queue(id, user, heard);
const correction = root.dataset.mayEnter === "yes" ? new Correction(zone, (entry) => queue.add({ ...entry, corrects: newestHere(entry.corrects) })) : null;

function heard(news) {
  if (news.picture) { picture = news.picture; }
  if (news.rejected) { returned(news.rejected); }
  render();
}

// What was corrected here and is not sent yet is corrected again after that, so that nobody stands in their own way.
function newestHere(name) {
  return queue.waiting().reduce((newest, one) => (one.corrects === newest ? one.client_id : newest), name);
}

// Back in its form with the time when it was made, where nothing else was typed there; otherwise it waits above the
// timeline until somebody mends it.
function returned(name, asked = false) {
  const entry = queue.items().find((one) => one.client_id === name);
  if (!entry || !entry.form) { return; }
  const form = element(entry.form);
  if (!asked && all("[data-key]", form).some((one) => one.value.trim())) { return; }
  clean(form);
  putBack(form.querySelector(".at"), typed(entry.device_time, zone), entry.device_time);
  fill(form.querySelector(".fields"), entry.content, entry.note || "");
  queue.drop(name);
  keepDraft(form);
  tell(form, entry.form, entry.problem.at, entry.problem.message);
}

// Draws a part only where what it shows has changed, so that a button is not taken from under a finger.
function part(name, shown, make_) {
  const text = JSON.stringify(shown);
  if (drawn[name] === text) { return; }
  drawn[name] = text;
  make_();
}

function render() {
  const waits = queue.waiting();
  renderNow();
  const here = judgedHere(waits, start.fixed.limits, picture.before);
  const alarms = [...here, ...picture.alarms];
  sounds.set(alarms);
  announce(alarms);
  part("bar", alarms, () => renderBar(alarms));
  part("alarms", alarms, () => element("alarms").replaceChildren(...alarms.map(alarmCard)));
  part("due", picture.due, () => element("due").replaceChildren(...dueList(picture.due, zone)));
  part("timeline", [most, picture.timeline], () => {
    element("timeline").replaceChildren(...timeline(picture.timeline, zone, correction, most));
    element("earlier").hidden = picture.timeline.length <= most;
  });
  part("waiting", queue.items(), () => element("waiting-entries").replaceChildren(...waitingList(queue, zone, (name) => { returned(name, true); render(); })));
  part("gate", [picture.gate, picture.phase], () => renderGate());
  part("arranged", picture.arranged || {}, () => renderArranged());
  renderChart(waits);
  sync();
}

function renderNow() {
  const over = picture.left_at || new Date().toISOString();
  element("minutes").textContent = picture.started_at ? `${Math.floor(minutes(picture.started_at, over))} min` : "not started";
  const rate = picture.ml_per_h ? `, ${round(picture.ml_per_h)} mL/h` : "";
  element("phase").textContent = picture.state === "closed" ? "the session is over" : picture.phase_words + rate;
  const volume = picture.ml ? `, ${round(picture.ml)} mL` : "";
  const ordered = picture.ordered_base_mg === null ? "" : `, ordered ${round(picture.ordered_base_mg)} mg`;
  element("given").textContent = `${round(picture.base_mg)} mg of base${volume}${ordered}`;
  const warning = picture.is_over ? `More was given than ordered: ${round(picture.base_mg)} mg of base${ordered}.` : "";
  if (element("over").textContent !== warning) { element("over").textContent = warning; }
  element("over").hidden = !picture.is_over;
  element("next").textContent = nextDue();
  for (const box of all("[data-phases]")) {
    const fits = box.dataset.phases.split(" ").includes(picture.phase);
    if (box.hidden !== !fits) { box.hidden = !fits; }
  }
  const device = element("device-number");
  if (device && !device.value && document.activeElement !== device) { device.placeholder = String(picture.devices + 1); }
}

function round(value) { return String(Number(value.toFixed(2))); }

function announce(alarms) {
  const names = alarms.filter((one) => one.unanswered.length).map((one) => `${one.priority} alarm: ${one.text}, last ${one.value}`);
  const fresh = names.filter((one) => !announced.has(one));
  if (fresh.length) { element("said").textContent = fresh.join(". "); }
  announced = new Set(names);
}

// Stays in sight while the page is scrolled, and answers what is on the screen now.
function renderBar(alarms) {
  const open = alarms.filter((one) => one.unanswered.length);
  const count = (priority) => open.filter((one) => one.priority === priority).length;
  const words = ["high", "medium", "low"].filter(count).map((one) => `${count(one)} ${one}`);
  const bar = element("alarm-bar");
  bar.hidden = open.length === 0;
  bar.className = `alarm-bar ${open.length ? open[0].priority : ""}`;
  bar.querySelector("a").textContent = `Unanswered alarms: ${words.join(", ")}`;
  const readings = [...new Set(open.filter((one) => !one.here).flatMap((one) => one.unanswered))];
  const button = bar.querySelector("button");
  button.hidden = open.length < 2 || readings.length === 0 || root.dataset.mayEnter !== "yes";
  button.onclick = () => act("alarm acknowledged", { readings });
}

function nextDue() {
  if (picture.state === "closed") { return "nothing"; }
  const late = picture.due.filter((one) => ["late", "due now"].includes(one.status));
  if (late.length) { return late.map((one) => `${one.name}, ${one.status}`).join("; "); }
  const coming = picture.due.find((one) => one.status === "to come");
  if (!coming) { return "nothing"; }
  return coming.at ? `${coming.name}, in ${Math.max(0, Math.ceil(minutes(new Date().toISOString(), coming.at)))} min` : coming.name;
}

function alarmCard(alarm) {
  const found = card(alarm, alarm.here ? "" : clock(alarm.first_at, zone));
  if (alarm.here) {
    found.querySelector("p").append(" · judged in this browser; not yet sent");
    return found;
  }
  if (!alarm.unanswered.length || root.dataset.mayEnter !== "yes") { return found; }
  const tools = make("div", { className: "tools" });
  const count = alarm.unanswered.length;
  const seen = make("button", { type: "button", textContent: count === 1 ? "I have seen it" : `I have seen these ${count} readings` });
  seen.addEventListener("click", () => act("alarm acknowledged", { readings: alarm.unanswered }));
  const seconds = start.fixed.silence_s[alarm.priority];
  const hush = make("button", { type: "button", textContent: `Silence for ${seconds} s` });
  hush.disabled = !alarm.sounds;
  hush.addEventListener("click", () => act("alarm silenced", { readings: alarm.unanswered, seconds }));
  tools.append(seen, hush);
  found.append(tools);
  return found;
}

function act(happened, content) {
  queue.add({ client_id: newName(), device_time: new Date().toISOString(), happened, content, note: "" });
}

function renderGate() {
  element("gate").replaceChildren(...gateList(picture.gate, zone));
  const gone = picture.state === "closed", alone = picture.phase === "left";
  element("gate-text").textContent = gone ? "The session is over." : picture.gate.unmet ? `${picture.gate.unmet} unmet.` : picture.gate.text;
  if (!element("discharge")) { return; }
  element("override").hidden = gone || alone || picture.gate.unmet === 0;
  element("let-go").hidden = gone;
  element("let-go").textContent = alone ? "Close the session: they left by themselves" : "The person leaves now";
  element("let-go").disabled = gone || (!alone && picture.gate.unmet > 0 && !element("discharge-why"));
}

function renderArranged() {
  for (const button of all("#arrange button")) {
    const held = (picture.arranged || {})[button.dataset.what];
    button.setAttribute("aria-pressed", held ? "true" : "false");
    button.dataset.name = held ? held.name : "";
  }
}

function renderChart(waits) {
  const begun = picture.started_at || picture.now;
  const held = picture.observed.map((one) => ({ ...one, minute: one.minute === null ? minutes(begun, one.at) : one.minute }));
  const unsent = waits.filter((one) => !one.corrects).flatMap((one) => Object.entries(one.content.values || {}).map(([quantity, value]) => (
    { quantity, value, minute: minutes(begun, one.device_time), place: "", waits: true, at: one.device_time })));
  const now = picture.started_at ? minutes(begun, picture.left_at || new Date().toISOString()) : 0;
  const shown = { prediction: start.fixed.prediction, observed: [...held, ...unsent], changed: picture.changed_minute, now: Math.round(now / 5) * 5 };
  part("chart", [shown.observed, shown.changed, shown.now, element("chart").clientWidth], () => {
    draw(element("chart"), shown);
    element("values").replaceChildren(...valuesTable(shown.observed, zone));
  });
  part("legend", [shown.changed], () => element("legend").replaceChildren(...legend(shown.changed)));
}

function legend(changed) {
  const found = [make("span", { textContent: "● observed   ▲ above the band   ▼ below it   ○ not yet sent" })];
  const held = start.fixed.prediction;
  if (!held) { return [...found, make("span", { textContent: "Nothing was predicted for this session." })]; }
  found.push(make("span", { className: "prediction", textContent: `┄ prediction, not a measurement: typical, and 5 to 95 % of readings between people; model ${held.model}, version ${held.version}` }));
  if (changed !== null) { found.push(make("span", { textContent: "After a pause, a change of rate, an early stop, or drug that is not as ordered the band is of another dose." })); }
  for (const one of held.warnings) { found.push(make("span", { className: "prediction", textContent: one })); }
  return found;
}

function sync() {
  const waits = queue.waiting().length, back = queue.sentBack().length;
  const state = signedOut ? "signed out" : queue.state;
  const kept = waits ? `${counted(waits)} kept ${queue.alone ? "here" : "in this browser"} and not yet sent. ` : "";
  const contact = `Last contact ${clockSeconds(queue.last, zone)}, ${ago(Date.now() - queue.last)}.`;
  const words = {
    connected: waits ? `${kept}${contact}` : `Everything is sent. Last contact ${clockSeconds(queue.last, zone)}.`,
    "one by one": `${kept}${contact}`,
    offline: `Not connected. ${kept}The server judges no alarm meanwhile. ${contact}`,
    "signed out": `You are signed out. ${kept}Sign in again as the same person; nothing is lost. ${contact}`,
  };
  const line = element("sync");
  line.classList.toggle("behind", state !== "connected" || waits > 0 || back > 0);
  const text = words[state] + (back ? ` ${back} sent back: see the timeline.` : "") + alone();
  if (line.dataset.text === text) { return; }
  line.dataset.text = text;
  line.replaceChildren(text, ...(state === "signed out" ? [" ", make("a", { href: "/sign-in", target: "_blank", textContent: "Sign in" })] : []));
}

function counted(entries) { return `${entries} ${entries === 1 ? "entry is" : "entries are"}`; }

function alone() {
  return queue.alone ? ` This browser has no room left: ${counted(queue.alone)} kept only while this page stays open.` : "";
}

// Drafts: what was typed and not saved is there again after a reload; nothing else is ever filled in.
function draftKey(form) { return `kinetamine-draft:${user}:${id}:${form.id}`; }

function keepDraft(form) {
  const fields = Object.fromEntries(all("[data-key]", form).map((one) => [one.dataset.key, one.value]));
  const at = form.querySelector(".at");
  if (![at, ...all("[data-key]", form)].some((one) => one.value.trim())) { at.dataset.moment = ""; }
  const held = { ...fields, ".at": at.value, ".moment": at.dataset.moment || "" };
  try { localStorage.setItem(draftKey(form), JSON.stringify(held)); } catch { /* no room: typed text stays on the page */ }
}

function restoreDraft(form) {
  const held = JSON.parse(localStorage.getItem(draftKey(form)) || "null");
  if (!held) { return; }
  for (const one of all("[data-key]", form)) { if (held[one.dataset.key]) { one.value = held[one.dataset.key]; } }
  putBack(form.querySelector(".at"), held[".at"] || "", held[".moment"] || "");
  const box = form.closest("details");
  if (box && Object.values(held).some(Boolean)) { box.open = true; }
}

// A time that was put back to the minute is still the moment it was, unless another is typed.
function putBack(at, shown, moment) {
  at.value = shown;
  at.dataset.moment = moment;
}

function momentOf(at) {
  const { moment } = at.dataset;
  return moment && at.value.trim() === typed(moment, zone) ? moment : when(at, zone);
}

function submit(form) {
  clean(form);
  try {
    const { content, note } = collect(form.querySelector(".fields"), form.dataset.happened, form.dataset.scale);
    impossible(content, start.fixed.ranges);
    const entry = { client_id: newName(), device_time: momentOf(form.querySelector(".at")), happened: form.dataset.happened, content, note, form: form.id };
    form.reset();
    putBack(form.querySelector(".at"), "", "");
    localStorage.removeItem(draftKey(form));
    queue.add(entry);
    const box = form.closest("details");
    if (box) { box.open = false; box.querySelector("summary").focus(); }
  } catch (error) {
    if (!(error instanceof WrongError)) { throw error; }
    tell(form, form.id, error.at, error.message);
  }
}

// Why nobody may leave yet for what was entered here; empty where the server has all of it.
function unseen() {
  if (queue.sentBack().length) { return `Above the timeline is what was sent back. Mend it, or let it go: ${UNSEEN}`; }
  if (all("form.entry[data-happened]").some((one) => one.querySelector(".at").dataset.moment)) { return `What was sent back is in its form again. Save it, or empty the form: ${UNSEEN}`; }
  if (!queue.waiting().length) { return ""; }
  const state = { offline: "Not connected", "signed out": "You are signed out" }[signedOut ? "signed out" : queue.state];
  return `${state || "Entries are still being sent"}: ${UNSEEN}`;
}

async function letGo(form) {
  if (leaving) { return; }
  leaving = true;
  clean(form);
  try {
    await queue.flush();
    const why = unseen();
    if (why) { tell(form, "discharge", "", why); } else { await askToLetGo(form); }
  } finally { leaving = false; }
}

async function askToLetGo(form) {
  const given = (name) => (element(`discharge-${name}`) ? element(`discharge-${name}`).value : "");
  form.dataset.name = form.dataset.name || newName();
  const body = { by: user, client_id: form.dataset.name, why: given("why"), password: given("password"), code: given("code") };
  let answer;
  try {
    answer = await fetch(`/api/sessions/${id}/discharge`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    tell(form, "discharge", "", `Not connected: ${UNSEEN}`);
    return;
  }
  const found = await answer.json();
  if (answer.ok) { form.reset(); heard({ picture: found.picture }); return; }
  tell(form, "discharge", found.at || "", found.message);
}

for (const form of all("form.entry[data-happened]")) {
  restoreDraft(form);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(form); });
}
if (element("discharge")) { element("discharge").addEventListener("submit", (event) => { event.preventDefault(); letGo(event.target); }); }
for (const button of all("#arrange button")) {
  button.addEventListener("click", () => { if (button.getAttribute("aria-pressed") !== "true") { act("arranged", { what: button.dataset.what }); } });
}
if (element("cadss")) {
  element("cadss").addEventListener("input", () => {
    const given = all("[data-key]", element("cadss")).map((one) => one.value).filter((one) => one !== "");
    element("cadss-total").textContent = `${given.length} of 23 answered, together ${given.reduce((sum, one) => sum + Number(one), 0)} points.`;
  });
}
element("earlier").addEventListener("click", () => { most = Infinity; render(); });
new ResizeObserver(() => renderChart(queue.waiting())).observe(element("chart"));
document.addEventListener("visibilitychange", () => { if (!document.hidden) { queue.flush(); } });
render();
queue.flush();
window.setInterval(() => { renderNow(); sync(); }, 1000);
follow(`/api/sessions/${id}/live`, (kind, news) => {
  queue.heardFrom();
  signedOut = false;
  picture = kind === "whole" ? news : { ...picture, ...news };
  render();
}, (state) => {
  if (state === "signed out") { signedOut = true; } else { queue.state = state; }
  sync();
});
