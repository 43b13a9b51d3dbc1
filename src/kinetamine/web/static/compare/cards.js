// The arms as cards: each tells in a line what it changes, and opens to be edited. Typing never draws a card anew.
import { make, swatch } from "./dom.js";
import { drop, held, merged, put, rows, simulateAddress, textOf, valueOf } from "./state.js";

const MOST_BANDS = 2;

// Draw all cards; "page" holds the state, the choices and what to do when something changed.
export function drawCards(place, page) {
  const open = new Set(page.open);
  place.replaceChildren(...page.state.arms.map(function (arm, index) { return card(arm, index, page, open.has(arm.id)); }));
}

export function fieldOf(path, choices) {
  const known = choices.fields.find(function (one) { return one.path === path; });
  if (known) { return known; }
  if (path.startsWith("parameters.")) { return { path, label: path.slice(11), kind: "number", unit: "", options: [] }; }
  return { path, label: path.replace("person.", "").replaceAll("_", " "), kind: "text", unit: "", options: [] };
}

// What an arm changes, in a line.
export function words(arm, choices) {
  const said = rows(arm.changes).map(function ([path, value]) {
    const field = fieldOf(path, choices), text = textOf(value);
    const option = (field.options || []).find(function (one) { return one[0] === text; });
    const shown = option ? option[1] : text === "" ? "none" : text + (field.unit ? " " + field.unit : "");
    return path === "regimen" && text ? text : field.label + ": " + shown;
  });
  return said.join("; ");
}

function card(arm, index, page, open) {
  const first = index === 0, choices = page.choices;
  const name = make("span", { class: "arm-name", text: arm.name });
  const told = make("span", { class: "arm-words" });
  const fault = make("p", { class: "wrong", id: "arm-" + arm.id + "-wrong" });
  const sentence = make("p", { class: "hint sentence" });
  const label = make("input", { id: "arm-" + arm.id + "-name", value: arm.name, maxlength: 80, autocomplete: "off" });
  const body = make("div", { class: "arm-body" });
  const details = make("details", { class: "arm", open, ontoggle: function () { page.opened(arm, details.open); } },
    make("summary", {}, swatch(index), make("span", { class: "arm-head" }, name, told), make("span", { class: "mark", text: "Problem", hidden: true })), body);
  function say() { told.textContent = first ? "what the others are compared with" : words(arm, choices) || "nothing changed yet"; }
  label.addEventListener("input", function () { arm.name = label.value; name.textContent = arm.name || "Arm " + (index + 1); page.changed(); });
  body.append(make("div", { class: "field" }, make("label", { for: label.id, text: "Name" }), label));
  rows(arm.changes).forEach(function ([path, value]) { body.append(changeRow(arm, path, value, page, say)); });
  if (!first) { body.append(chooser(arm, page)); }
  body.append(fault, sentence, bandSwitch(arm, page), tools(arm, index, page));
  say();
  const item = make("li", { "data-arm": arm.id }, details);
  page.cards.set(arm.id, { item, details, fault, sentence, body, mark: details.querySelector(".mark"), label });
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
    put(arm.changes, path, valueOf(path, input.value));
    say();
    page.changed();
  });
  const off = make("button", { type: "button", class: "icon off", "aria-label": "Take back: " + field.label, title: "Take back", text: "×",
    onclick: function () { drop(arm.changes, path); page.redraw(arm, "name"); } });
  const unit = field.unit ? make("span", { class: "unit", text: field.unit }) : null;
  const inside = make("div", { class: "row" }, make("div", { class: unit ? "with-unit" : "plain" }, input, unit), off);
  return make("div", { class: "field" }, make("label", { for: id, text: field.label }), inside, wrong);
}

// What is asked for and not on the list (a mixture, two drugs) keeps a place on it.
export function select(id, options, now) {
  const shown = options.some(function (one) { return one[0] === now; }) ? options : [[now, now.replaceAll(",", ", ") || "as in the course"], ...options];
  const one = make("select", { id }, ...shown.map(function ([value, text]) { return make("option", { value, text }); }));
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
  const number = make("input", { id: id + "-number", placeholder: "CL, or depression.EFFICACY", autocomplete: "off", spellcheck: "false" });
  const asked = make("div", { class: "field", hidden: true }, make("label", { for: number.id, text: "Its name" }), number);
  choice.addEventListener("change", function () { asked.hidden = choice.value !== "parameters"; });
  const add = make("button", { type: "button", text: "Change", onclick: function () {
    const path = choice.value === "parameters" ? "parameters." + number.value.trim() : choice.value;
    if (path === "parameters.") { asked.hidden = false; number.focus(); return; }
    const field = fieldOf(path, page.choices);
    const start = path === "regimen" ? page.state.course.regimen || "" : field.start || "";
    put(arm.changes, path, valueOf(path, start));
    page.redraw(arm, path);
  } });
  return make("div", { class: "more-changes" },
    make("div", { class: "field" }, make("label", { for: id, text: "Change something else" }), make("div", { class: "row" }, choice, add)), asked);
}

function bandSwitch(arm, page) {
  const on = page.state.arms.filter(function (one) { return one.band; }).length, id = "arm-" + arm.id + "-band";
  const box = make("input", { type: "checkbox", id, checked: arm.band, disabled: !arm.band && on >= MOST_BANDS,
    onchange: function () { arm.band = box.checked; page.bands(); page.changed(); } });
  return make("div", { class: "choice" }, box, make("label", { for: id, text: "Band: 5–95 % of people (in two arms at most)" }));
}
export function limitBands(page) {
  const on = page.state.arms.filter(function (one) { return one.band; }).length;
  page.state.arms.forEach(function (arm) {
    const box = document.getElementById("arm-" + arm.id + "-band");
    if (box) { box.disabled = !arm.band && on >= MOST_BANDS; }
  });
}

function tools(arm, index, page) {
  const last = page.state.arms.length - 1, named = arm.name || "arm " + (index + 1);
  const link = make("a", { class: "button", text: "Open in Simulate", href: simulateAddress(merged(page.state.course, arm.changes)), "data-simulate": arm.id });
  if (index === 0) {
    return make("div", { class: "tools" }, make("button", { type: "button", text: "Duplicate", disabled: last + 1 >= page.most, onclick: function () { page.duplicate(arm); } }), link);
  }
  return make("div", { class: "tools" },
    make("button", { type: "button", class: "icon", "data-move": "up", "aria-label": "Move " + named + " up", title: "Move up", text: "↑", disabled: index === 1,
      onclick: function () { page.move(arm, -1); } }),
    make("button", { type: "button", class: "icon", "data-move": "down", "aria-label": "Move " + named + " down", title: "Move down", text: "↓", disabled: index === last,
      onclick: function () { page.move(arm, 1); } }),
    make("button", { type: "button", text: "Duplicate", "aria-label": "Duplicate " + named, disabled: last + 1 >= page.most, onclick: function () { page.duplicate(arm); } }),
    make("button", { type: "button", text: "Remove", "aria-label": "Remove " + named, onclick: function () { page.remove(arm); } }),
    link);
}

// What the server said of each arm: the doses as they were understood, or what is wrong, at the field it is about.
export function tellCards(page, found) {
  const base = found[0] && found[0].problem;
  page.state.arms.forEach(function (arm, index) {
    const shown = page.cards.get(arm.id), said = found[index];
    if (!shown || !said) { return; }
    shown.sentence.textContent = said.sentence || "";
    tellProblem(shown, arm, said.problem, index > 0 && base && said.problem && said.problem.message === base.message, page);
  });
}
function tellProblem(shown, arm, problem, ofBase, page) {
  const fields = Array.from(shown.body.querySelectorAll("[data-path]"));
  fields.forEach(function (one) { one.removeAttribute("aria-invalid"); document.getElementById(one.id + "-wrong").textContent = ""; });
  shown.fault.replaceChildren();
  shown.mark.hidden = !problem;
  if (!problem) { return; }
  const own = fields.find(function (one) { return one.dataset.path === problem.path; });
  if (ofBase) { shown.fault.textContent = "The course itself has a problem: see above."; } else if (own) {
    own.setAttribute("aria-invalid", "true");
    document.getElementById(own.id + "-wrong").textContent = sentence(problem);
  } else { shown.fault.append(sentence(problem), ...insist(arm, problem, page)); }
  if (!ofBase) { shown.details.open = true; }
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
  const given = problem.given === null || problem.given === undefined || problem.given === "" ? "Nothing given" : problem.given + " is not possible here";
  return given + ": expected " + problem.expected + "." + near;
}
