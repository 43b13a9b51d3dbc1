// The page Compare: up to six arms, asked for anew whenever something changes; the address always says what is shown.
import { Refused, live } from "./server.js";
import { drawCards, limitBands, select, sentence, tellCards } from "./compare/cards.js";
import { make, setLooks, swatch } from "./compare/dom.js";
import { drawFigures, drawShown, resetRanges, setView } from "./compare/figures.js";
import { MOST, asked, drop, fromAddress, fromPreset, held, merged, newArm, put, rows } from "./compare/state.js";
import { simulateAddress, textOf, toAddress, valueOf } from "./compare/state.js";
import { csv, drawTable } from "./compare/table.js";

const QUIET_MS = 250;
const at = (id) => document.getElementById(id);
const version = at("compare").dataset.version, choices = JSON.parse(at("choices").textContent);
const BASE_FIELDS = ["regimen", "person.weight_kg", "person.age_y"];
let timer = 0, asking = null, answer = null, whole = null; // the last answer, and the last with anything to draw

const page = {
  choices, most: MOST, state: fromAddress(location.search, choices), cards: new Map(), open: new Set(),
  opened(arm, now) { if (now) { page.open.add(arm.id); } else { page.open.delete(arm.id); } },
  changed() { remember(); clearTimeout(timer); timer = setTimeout(ask, QUIET_MS); },
  bands() { limitBands(page); },
  redraw(arm, path) { page.open.add(arm.id); cards(); focusOn(arm, path); page.changed(); },
  move(arm, by) {
    const arms = page.state.arms, from = arms.indexOf(arm);
    arms.splice(from + by, 0, arms.splice(from, 1)[0]);
    cards();
    const card = page.cards.get(arm.id).item, way = by < 0 ? "up" : "down";
    (card.querySelector('[data-move="' + way + '"]:enabled') || card.querySelector("[data-move]:enabled")).focus();
    say(arm.name + " is now arm " + (arms.indexOf(arm) + 1) + " of " + arms.length + ".");
    page.changed();
  },
  duplicate(arm) {
    const copy = newArm(arm.name + ", copy", structuredClone(arm.changes));
    insert(copy, page.state.arms.indexOf(arm) + 1);
  },
  remove(arm) {
    const place = page.state.arms.indexOf(arm);
    page.state.arms.splice(place, 1);
    page.open.delete(arm.id);
    cards();
    const next = page.state.arms[Math.min(place, page.state.arms.length - 1)];
    page.cards.get(next.id).details.querySelector("summary").focus();
    say(arm.name + " is removed.");
    page.changed();
  },
};

function insert(arm, place) {
  if (page.state.arms.length >= MOST) { return; }
  page.state.arms.splice(place, 0, arm);
  page.open.add(arm.id);
  cards();
  page.cards.get(arm.id).details.querySelector("summary").focus();
  say(arm.name + " is added as arm " + (place + 1) + ".");
  page.changed();
}
function focusOn(arm, path) {
  const card = page.cards.get(arm.id);
  const field = card.body.querySelector('[data-path="' + CSS.escape(path) + '"]') || card.label;
  field.focus();
  if (field.select) { field.select(); }
}
function cards() {
  page.cards.clear();
  drawCards(at("arms"), page);
  const full = page.state.arms.length >= MOST, alone = page.state.arms.length < 2;
  at("add-arm").disabled = full;
  at("preset").disabled = full;
  at("add-hint").textContent = full ? "Six arms are the most that can be told apart: remove one to add another." : "";
  at("alone").hidden = !alone;
  at("found").hidden = alone;
  legend();
  if (answer) { tellCards(page, known(answer)); }
}
// What is known of the arms as they stand now: answers belong to arms, not to places.
function known(found) { return page.state.arms.map((arm) => found.arms.find((one) => one.id === arm.id)); }

// Swatches and names once, above all figures.
function legend() {
  at("legend").replaceChildren(...page.state.arms.map(function (arm, index) {
    return make("li", {}, swatch(index), make("span", { text: arm.name || "Arm " + (index + 1) }));
  }));
}
function remember() {
  history.replaceState(null, "", "?" + toAddress(page.state, version));
  legend();
  at("edit-base").href = simulateAddress(page.state.course);
  sayOthers();
  page.state.arms.forEach(function (arm) {
    const link = document.querySelector('[data-simulate="' + arm.id + '"]');
    if (link) { link.href = simulateAddress(merged(page.state.course, arm.changes)); }
  });
}

// Ask; an older question is dropped, and what is shown stays until the answer is there.
async function ask() {
  clearTimeout(timer);
  if (asking) { asking.abort(); asking = null; }
  if (page.state.arms.length < 2) { return; }
  const mine = new AbortController(), ids = page.state.arms.map((arm) => arm.id), began = performance.now();
  asking = mine;
  busy(true, "Simulating " + ids.length + " arms …");
  const owned = function (found) { found.arms.forEach(function (one) { one.id = ids[one.index]; }); return found; };
  try {
    const found = await live("arms", asked(page.state), {
      arm(one) { if (asking === mine) { progress(one); } },
      some(found) { if (asking === mine && !whole) { show(owned(found)); } },
    }, mine.signal);
    if (asking !== mine) { return; }
    answer = owned(found);
    await show(answer);
    told(answer, performance.now() - began);
  } catch (error) {
    if (asking !== mine) { return; }
    if (error instanceof Refused) { refused(error.problem); return; }
    busy(false, whole ? "Shown is the last answer." : "");
    if (!(error instanceof TypeError)) { throw error; } // that one is a lost connection, and told by server.js
  } finally { if (asking === mine) { asking = null; } }
}
function progress(one) {
  at("progress").value = (one.index + 1) / one.of;
  const next = one.index + 2;
  at("status").textContent = next <= one.of ? "Simulating arm " + next + " of " + one.of + " …" : "Drawing …";
}
function busy(now, words) {
  at("found").setAttribute("aria-busy", String(now));
  at("progress").hidden = !now;
  if (now) { at("progress").value = 0; }
  at("status").textContent = words;
}
function say(words) { at("said").textContent = words; }

function show(found) {
  tellCards(page, known(found));
  tellBase(found.arms[0]);
  if (found.arms.every((one) => one.problem)) { return Promise.resolve(); }
  if (answer === found) { whole = found; }
  drawTable(at("table"), found);
  at("notes").replaceChildren(...found.notes.map(function (note) { return make("li", { text: note }); }));
  warn(found);
  return drawFigures({ first: at("first"), more: at("more"), folded: at("folded") }, found);
}
function told(found, took) {
  const wrong = found.arms.filter((one) => one.problem), good = found.arms.length - wrong.length;
  const stale = good === 0 && whole ? " Shown is the last answer." : "";
  const people = new Set(found.arms.filter((one) => !one.problem).map((one) => one.people));
  const each = people.size === 1 ? ", " + [...people][0] + " virtual people each" : "";
  const names = wrong.map((one) => one.name).join(", ");
  const trouble = wrong.length ? " Left out, as there is a problem: " + names + "." : "";
  const done = good + (good === 1 ? " arm" : " arms") + each + "; took " + (took / 1000).toFixed(1) + " s.";
  busy(false, (good ? done : "No arm can be simulated as it stands.") + (good ? trouble : "") + stale);
  at("results").classList.toggle("stale", good === 0);
  document.documentElement.dataset.drawn = String(Number(document.documentElement.dataset.drawn || 0) + 1);
}
function refused(problem) { busy(false, "This could not be simulated: " + problem.message + "."); }

function warn(found) {
  const by = new Map();
  found.arms.forEach(function (one) {
    (one.warnings || []).forEach((text) => by.set(text, [...(by.get(text) || []), one.name]));
  });
  const good = found.arms.filter((one) => !one.problem).length;
  at("warnings").hidden = !by.size;
  at("warning-list").replaceChildren(...[...by].map(function ([text, names]) {
    const whose = names.length === good ? "" : names.join(", ") + ": ";
    return make("li", { class: text.startsWith("OUTSIDE") ? "outside" : null, text: whose + text });
  }));
}

// The base: the three things most often changed here, and the outcome; everything else on the page Simulate.
function drawBase() {
  BASE_FIELDS.forEach(function (path) {
    const input = document.querySelector('#base [data-path="' + path + '"]');
    input.value = textOf(held(page.state.course, path));
    input.addEventListener("input", () => changeBase(path, valueOf(path, input.value)));
  });
  const now = textOf(page.state.course.outcomes) || "depression";
  const choice = select("outcome", choices.outcomes, now.replace(/,?relapse$/, "") || "depression");
  choice.dataset.path = "outcomes";
  choice.setAttribute("aria-describedby", "outcome-wrong");
  choice.addEventListener("change", function () {
    changeBase("outcomes", choice.value === "depression" ? null : valueOf("outcomes", choice.value));
  });
  at("outcome").replaceWith(choice);
}
function sayOthers() {
  const others = rows(page.state.course).filter(([path]) => !BASE_FIELDS.includes(path) && path !== "outcomes");
  const said = others.map(([path, value]) => path.replace("person.", "").replaceAll("_", " ") + " " + textOf(value));
  at("base-more").textContent = said.length ? "Also: " + said.join("; ") + "." : "";
}
function changeBase(path, value) {
  if (value === null) { drop(page.state.course, path); } else { put(page.state.course, path, value); }
  page.changed();
}
function tellBase(first) {
  const problem = first && first.problem;
  let placed = false;
  document.querySelectorAll("#base [data-path]").forEach(function (one) {
    const own = Boolean(problem) && problem.path === one.dataset.path;
    placed ||= own;
    if (own) { one.setAttribute("aria-invalid", "true"); } else { one.removeAttribute("aria-invalid"); }
    at(one.id + "-wrong").textContent = own ? sentence(problem) : "";
  });
  at("base-wrong").textContent = problem && !placed ? sentence(problem) : "";
  at("base-insist").hidden = !(problem && problem.reasons);
}

function drawPresets() {
  const groups = new Map();
  choices.presets.forEach(function (one) {
    if (!groups.has(one.group)) { groups.set(one.group, make("optgroup", { label: one.group })); }
    groups.get(one.group).append(make("option", { value: one.key, text: "… " + one.words }));
  });
  const own = make("option", { value: "", text: "… something else, to be chosen" });
  at("preset").replaceChildren(...groups.values(), own);
  at("regimens").replaceChildren(...Object.entries(choices.regimens).map(function ([name, words]) {
    return make("option", { value: words, text: name.replaceAll("_", " ") });
  }));
}
function wire() {
  at("add").addEventListener("submit", function (event) {
    event.preventDefault();
    const preset = choices.presets.find((one) => one.key === at("preset").value);
    insert(preset ? fromPreset(preset, page.state.course, choices) : newArm("New arm"), page.state.arms.length);
  });
  at("base").addEventListener("submit", (event) => event.preventDefault());
  at("base-insist").addEventListener("click", () => changeBase("outside", true));
  at("folded").addEventListener("toggle", drawShown);
  document.querySelectorAll("[data-view]").forEach(function (button) {
    button.addEventListener("click", function () {
      const all = document.querySelectorAll("[data-view]");
      all.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
      setView(button.dataset.view);
    });
  });
  document.addEventListener("rangechange", function (event) {
    const said = Object.entries(event.detail).filter((one) => one[1]).map(function ([unit, [low, high]]) {
      return unit + " " + Math.max(0, low).toFixed(2) + " to " + Number(high).toFixed(2);
    });
    at("range").textContent = said.join(", ");
    at("reset").hidden = !said.length;
  });
  at("reset").addEventListener("click", resetRanges);
  at("csv").addEventListener("click", function () { if (whole) { save(csv(whole)); } });
  at("copy").addEventListener("click", copyLink);
  document.addEventListener("themechange", drawShown);
  document.addEventListener("serverback", ask);
  window.addEventListener("beforeprint", drawShown);
  window.addEventListener("afterprint", drawShown);
}
function save(text) {
  const address = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: address, download: "kinetamine_compare.csv" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
async function copyLink() {
  remember();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied.");
    at("copy").textContent = "Copied";
  } catch {
    say("The link is in the address bar.");
    at("copy").textContent = "It is in the address bar";
  }
  setTimeout(function () { at("copy").textContent = "Copy link"; }, 1600);
}

if (page.state.made && page.state.made !== version) {
  const than = "; numbers may differ from those seen then.";
  at("made").textContent = "This link was made with version " + page.state.made + than;
  at("made").hidden = false;
}
setLooks(choices.looks);
drawPresets();
drawBase();
cards();
wire();
remember();
ask();
