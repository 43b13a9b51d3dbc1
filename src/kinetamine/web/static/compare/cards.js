// The arms as cards: each tells in a line what it changes, and opens to be edited. Typing never draws a card anew.
import { make, swatch } from "./dom.js";
import { drop, held, merged, put, rows, simulateAddress, textOf, valueOf } from "./state.js";

const MOST_BANDS = 2;
// What stands in these fields says what it is, without a label.
const SPEAK = new Set(["regimen", "comparator", "background", "person.comedication"]);
const PLAIN = new Set([...SPEAK, "model", "mechanism"]);
const OWN_UNIT = new Set(["person.weight_kg", "person.age_y", "person.height_cm"]);

// Draw all cards; "page" holds the state, the choices and what to do when something changed.
export function drawCards(place, page) {
  const open = new Set(page.open);
  place.replaceChildren(...page.state.arms.map((arm, index) => card(arm, index, page, open.has(arm.id))));
}

export function fieldOf(path, choices) {
  const known = choices.fields.find((one) => one.path === path);
  if (known) { return known; }
  if (path.startsWith("parameters.")) { return { path, label: path.slice(11), kind: "number", unit: "", options: [] }; }
  return { path, label: path.replace("person.", "").replaceAll("_", " "), kind: "text", unit: "", options: [] };
}

// What an arm changes, in a line.
export function words(arm, choices) {
  const said = rows(arm.changes).map(function ([path, value]) {
    const field = fieldOf(path, choices), text = textOf(value);
    const option = (field.options || []).find((one) => one[0] === text);
    const shown = option ? option[1] : text === "" ? "none" : text + (field.unit ? " " + field.unit : "");
    return text && SPEAK.has(path) ? shown : field.label + ": " + shown;
  });
  return said.join("; ");
}

// A name made of the changes, for arms whose name nobody wrote.
export function autoName(arm, choices) {
  const parts = rows(arm.changes).filter(([path]) => path !== "outside").map(function ([path, value]) {
    const field = fieldOf(path, choices), text = textOf(value);
    const option = (field.options || []).find((one) => one[0] === text);
    if (path === "regimen") { return text.split(",")[0]; }
    if (field.kind === "choice") {
      const plain = (option ? option[1] : text).replace(/ \(.*\)$/, "").replace(/, \w.*$/, "");
      return (PLAIN.has(path) ? "" : field.label + " ") + plain;
    }
    return (OWN_UNIT.has(path) ? "" : field.label + " ") + text + (field.unit ? " " + field.unit : "");
  }).filter(Boolean);
  return parts.join(", ").slice(0, 80) || "New arm";
}
// Change an arm; a name that a preset or its changes gave follows, one that somebody wrote stays.
export function edit(arm, page, change) {
  const free = arm.name === autoName(arm, page.choices) || page.choices.presets.some((one) => one.name === arm.name);
  change(arm.changes);
  if (free) { arm.name = autoName(arm, page.choices); }
}

function card(arm, index, page, open) {
  const first = index === 0, choices = page.choices;
  const name = make("span", { class: "arm-name", text: arm.name });
  const told = make("span", { class: "arm-words" });
  const fault = make("p", { class: "wrong", id: "arm-" + arm.id + "-wrong" });
  const sentence = make("p", { class: "hint sentence" });
  const label = make("input", { id: "arm-" + arm.id + "-name", value: arm.name, maxlength: 80, autocomplete: "off" });
  const body = make("div", { class: "arm-body" });
  const mark = make("span", { class: "mark", text: "Problem", hidden: true });
  const details = make("details", { class: "arm", open, ontoggle: function () { page.opened(arm, details.open); } },
    make("summary", {}, swatch(index), make("span", { class: "arm-head" }, name, told), mark), body);
  function say() {
    name.textContent = arm.name || "Arm " + (index + 1);
    if (document.activeElement !== label) { label.value = arm.name; }
    told.textContent = first ? "what the others are compared with" : words(arm, choices) || "nothing changed yet";
  }
  label.addEventListener("input", function () { arm.name = label.value; say(); page.changed(); });
  body.append(make("div", { class: "field" }, make("label", { for: label.id, text: "Name" }), label));
  rows(arm.changes).forEach(([path, value]) => body.append(changeRow(arm, path, value, page, say)));
  body.append(fault, sentence);
  if (!first) { body.append(chooser(arm, page)); }
  body.append(bandSwitch(arm, page), tools(arm, index, page));
  say();
  const item = make("li", { "data-arm": arm.id }, details);
  page.cards.set(arm.id, { item, details, fault, sentence, body, mark, label });
  return item;
}

// One change: its field, what is wrong with it, and a way to take it back.
function changeRow(arm, path, value, page, say) {
  const field = fieldOf(path, page.choices), id = "arm-" + arm.id + "-" + path;
  const input = field.kind === "choice" ? select(id, field.options, textOf(value)) : make("input", {
    id, value: textOf(value), autocomplete: "off", spellcheck: "false",
    inputmode: field.kind === "number" ? "decimal" : null, list: path === "regimen" ? "regimens" : null,
  });
  const wrong = make("p", { class: "wrong", id: id + "-wrong" });
  input.setAttribute("aria-describedby", wrong.id);
  input.dataset.path = path;
  input.addEventListener(field.kind === "choice" ? "change" : "input", function () {
    edit(arm, page, (changes) => put(changes, path, valueOf(path, input.value)));
    say();
    page.changed();
  });
  const off = button("×", function () {
    edit(arm, page, (changes) => drop(changes, path));
    page.redraw(arm, "name");
  }, { class: "icon off", "aria-label": "Take back: " + field.label, title: "Take back" });
  const unit = field.unit ? make("span", { class: "unit", text: field.unit }) : null;
  const inside = make("div", { class: "row" }, make("div", { class: unit ? "with-unit" : "plain" }, input, unit), off);
  return make("div", { class: "field" }, make("label", { for: id, text: field.label }), inside, wrong);
}

// What is asked for and not on the list (a mixture, two drugs) keeps a place on it.
export function select(id, options, now) {
  const own = [now, now.replaceAll(",", ", ") || "as in the course"];
  const shown = options.some((one) => one[0] === now) ? options : [own, ...options];
  const one = make("select", { id }, ...shown.map(([value, text]) => make("option", { value, text })));
  one.value = now;
  return one;
}

function chooser(arm, page) {
  const id = "arm-" + arm.id + "-more", groups = new Map();
  page.choices.fields.forEach(function (field) {
    if (field.kind !== "parameter" && held(arm.changes, field.path) !== undefined) { return; }
    if (!groups.has(field.group)) { groups.set(field.group, make("optgroup", { label: field.group })); }
    groups.get(field.group).append(make("option", { value: field.path, text: field.label }));
  });
  const choice = make("select", { id }, ...groups.values());
  const number = make("input", {
    id: id + "-number", placeholder: "CL, or depression.EFFICACY", autocomplete: "off", spellcheck: "false",
  });
  const asked = make("div", { class: "field", hidden: true },
    make("label", { for: number.id, text: "Its name" }), number);
  choice.addEventListener("change", function () { asked.hidden = choice.value !== "parameters"; });
  const add = make("button", { type: "button", text: "Add", onclick: function () {
    const path = choice.value === "parameters" ? "parameters." + number.value.trim() : choice.value;
    if (path === "parameters.") { asked.hidden = false; number.focus(); return; }
    const field = fieldOf(path, page.choices);
    const start = path === "regimen" ? page.state.course.regimen || "" : field.start || "";
    edit(arm, page, (changes) => put(changes, path, valueOf(path, start)));
    page.redraw(arm, path);
  } });
  return make("div", { class: "more-changes" },
    make("div", { class: "field" },
      make("label", { for: id, text: "Change something else" }), make("div", { class: "row" }, choice, add)), asked);
}

function bandSwitch(arm, page) {
  const on = page.state.arms.filter((one) => one.band).length, id = "arm-" + arm.id + "-band";
  const box = make("input", { type: "checkbox", id, checked: arm.band, disabled: !arm.band && on >= MOST_BANDS,
    onchange: function () { arm.band = box.checked; page.bands(); page.changed(); } });
  const label = make("label", { for: id, text: "Band: 5–95 % of people (in two arms at most)" });
  return make("div", { class: "choice" }, box, label);
}
export function limitBands(page) {
  const on = page.state.arms.filter((one) => one.band).length;
  page.state.arms.forEach(function (arm) {
    const box = document.getElementById("arm-" + arm.id + "-band");
    if (box) { box.disabled = !arm.band && on >= MOST_BANDS; }
  });
}

function button(text, onclick, more = {}) { return make("button", { type: "button", text, onclick, ...more }); }
function tools(arm, index, page) {
  const count = page.state.arms.length, named = arm.name || "arm " + (index + 1), full = count >= page.most;
  const href = simulateAddress(merged(page.state.course, arm.changes));
  const copy = button("Duplicate", () => page.duplicate(arm), { "aria-label": "Duplicate " + named, disabled: full });
  const link = make("a", { class: "button", text: "Open in Simulate", href, "data-simulate": arm.id });
  if (index === 0) { return make("div", { class: "tools" }, copy, link); }
  const way = (by, text, word, disabled) => button(text, () => page.move(arm, by),
    { class: "icon", "data-move": word, "aria-label": "Move " + named + " " + word, title: "Move " + word, disabled });
  const off = button("Remove", () => page.remove(arm), { "aria-label": "Remove " + named });
  const up = way(-1, "↑", "up", index === 1), down = way(1, "↓", "down", index === count - 1);
  return make("div", { class: "tools" }, up, down, copy, off, link);
}

// What the server said of each arm: the doses as they were understood, or what is wrong, at the field it is about.
export function tellCards(page, found) {
  const base = found[0] && found[0].problem;
  page.state.arms.forEach(function (arm, index) {
    const shown = page.cards.get(arm.id), said = found[index];
    if (!shown || !said) { return; }
    shown.sentence.textContent = said.sentence || "";
    const ofBase = index > 0 && base && said.problem && said.problem.message === base.message;
    tellProblem(shown, arm, said.problem, ofBase, page);
  });
}
function tellProblem(shown, arm, problem, ofBase, page) {
  const fields = Array.from(shown.body.querySelectorAll("[data-path]"));
  fields.forEach(function (one) {
    one.removeAttribute("aria-invalid");
    document.getElementById(one.id + "-wrong").textContent = "";
  });
  shown.fault.replaceChildren();
  const news = Boolean(problem) && shown.mark.hidden;
  shown.mark.hidden = !problem;
  if (!problem) { return; }
  const own = fields.find((one) => one.dataset.path === problem.path);
  if (ofBase) { shown.fault.textContent = "The course itself has a problem: see above."; } else if (own) {
    own.setAttribute("aria-invalid", "true");
    document.getElementById(own.id + "-wrong").textContent = sentence(problem);
  } else { shown.fault.append(sentence(problem), ...insist(arm, problem, page)); }
  if (!ofBase && news) { shown.details.open = true; }
}
function insist(arm, problem, page) {
  if (!problem.reasons || page.state.arms[0] === arm) { return []; }
  return [make("button", { type: "button", class: "insist", text: "Extrapolate all the same", onclick: function () {
    put(arm.changes, "outside", true);
    page.redraw(arm, "outside");
  } })];
}
export function sentence(problem) {
  if (problem.reasons) { return "Nobody studied this: " + problem.reasons.join("; ") + "."; }
  if (!problem.expected) { return problem.message + "."; }
  const near = problem.nearest ? " Did you mean " + problem.nearest + "?" : "";
  const empty = problem.given === null || problem.given === undefined || problem.given === "";
  const given = empty ? "Nothing given" : problem.given + " is not possible here";
  return given + ": expected " + problem.expected + "." + near;
}
