// The page Simulate: what is typed becomes a course, its answer is drawn, and nothing that is shown goes before that.
import { courseFromQuery, courseToQuery } from "./course.js";
import { fieldOf, read, sentenceOf, tell } from "./form.js";
import { show, wirePanels } from "./panels.js";
import { keepDoses, showDoses, wireRegimen, wrongVial } from "./regimen.js";
import { live, Refused } from "./server.js";
import { offer, wireTakeaway } from "./takeaway.js";

const form = document.getElementById("course"), results = document.getElementById("results");
const patience = 250;
// The drawing library is large: what is asked does not wait for it, only what is drawn does.
const drawing = new Promise(function (ready) {
  if (window.Plotly) { ready(); } else { document.getElementById("plotly").addEventListener("load", ready); }
});
let waiting = 0, asking = null, asked = "", changedAt = 0;

function element(id) { return document.getElementById(id); }
function status(text, state) {
  element("status").textContent = text;
  results.dataset.state = state;
  results.setAttribute("aria-busy", String(state === "working"));
}

// What is typed, with what is wrong told at once; null where there is nothing to ask the server.
function given() {
  const { query, extra, wrong } = read(form);
  const course = courseFromQuery(query);
  const address = courseToQuery(course, Object.assign({}, extra, { v: results.dataset.version }));
  history.replaceState(null, "", "/?" + address);
  tell(form, wrong.concat(wrongVial()));
  summarise();
  if (wrong.every(function (one) { return one.name === "vial"; })) { return course; }
  keepOld("Mend what is marked: the figures are of the former input");
  return null;
}

function soon(after = patience) {
  clearTimeout(waiting);
  changedAt = performance.now();
  waiting = setTimeout(run, after);
}

async function run() {
  const course = given(), words = JSON.stringify(course);
  if (!course || (words === asked && results.dataset.state === "fresh")) { return; }
  if (asking) { asking.abort(); }
  const mine = asking = new AbortController();
  asked = words;
  status("Simulating …", "working");
  try {
    const whole = await live("view", course, {
      waiting: mineOnly(mine, inLine), plan: mineOnly(mine, showDoses),
      typical: function (view) { drawing.then(function () { mineOnly(mine, quick)(view); }); },
    }, mine.signal);
    await drawing;
    if (mine.signal.aborted) { return; }
    if (!whole) { throw new TypeError("the answer broke off"); }
    showWhole(whole, course);
  } catch (error) {
    if (mine.signal.aborted || error.name === "AbortError") { return; }
    asked = "";
    if (error instanceof Refused) { refused(error.problem); } else if (error instanceof TypeError) { lost(); } else { throw error; }
  }
}
function inLine({ ahead }) { if (ahead) { status("Waiting: " + ahead + " before this one", "working"); } }
function mineOnly(mine, what) { return function (data) { if (!mine.signal.aborted) { what(data); } }; }

// The typical person first: figures and the numbers on the cards; what is said of people stays until it is known.
function quick(view) {
  delete results.dataset.stale;
  element("refusal").hidden = true;
  if (!document.querySelector("#cards .empty")) { cards(view, false); results.dataset.partly = "1"; }
  head(view);
  show(view);
  drawn();
}
// For tests and the curious: ms from the change to the picture, and from the page's opening to the first.
function drawn() {
  results.dataset.drawn = String(Math.round(performance.now() - changedAt));
  results.dataset.first = results.dataset.first || String(Math.round(performance.now()));
}
function showWhole(view, course) {
  delete results.dataset.stale;
  delete results.dataset.partly;
  element("refusal").hidden = true;
  element("pill-seed").textContent = view.facts.seed ? "Seed " + view.facts.seed : "No people drawn";
  head(view);
  warnings(view.warnings);
  cards(view, true);
  show(view);
  tables(view);
  offer(course, view);
  status("Up to date", "fresh");
  const took = Math.round(performance.now() - changedAt);
  results.dataset.took = String(took);
  if (!view.facts.bands) { drawn(); }
}

function head(view) {
  const facts = view.facts;
  element("shown-title").textContent = view.title;
  element("shown-title").classList.toggle("sr", view.title === element("title").dataset.default);
  element("sentence").textContent = view.sentence;
  element("pill-model").textContent = facts.model ? "Model " + facts.model : "No ketamine";
  element("pill-version").textContent = "Kinetamine " + view.kinetamine;
  element("pill-outside").hidden = !view.outside;
}

function warnings(sentences) {
  element("warnings").hidden = !sentences.length;
  element("warnings").querySelector("ul").replaceChildren(...sentences.map(function (text) {
    const item = document.createElement("li");
    item.textContent = text;
    if (text.startsWith("OUTSIDE")) { item.className = "outside"; }
    return item;
  }));
}

function cards(view, whole) {
  if (!whole) {
    const known = new Map(view.cards.map(function (one) { return [one.label, one]; }));
    element("cards").querySelectorAll(".card").forEach(function (card) {
      const one = known.get(card.querySelector("dt").textContent);
      card.classList.toggle("pending", !one);
      if (one) { card.querySelector(".value").textContent = one.value; }
    });
    return;
  }
  element("cards").replaceChildren(...view.cards.map(function (one) {
    const card = document.createElement("div");
    card.className = "card";
    card.innerHTML = "<dt></dt><dd><span class=\"value\"></span><span class=\"unit\"></span></dd><dd class=\"more\"></dd>";
    card.querySelector("dt").textContent = one.label;
    card.querySelector(".value").textContent = one.value;
    card.querySelector(".unit").textContent = one.unit;
    card.querySelector(".more").textContent = one.more;
    return card;
  }));
}

// Sections as the server's report writes them: it escapes every value. What was opened stays open.
function tables(view) {
  const bands = view.facts.bands ? "Bands: " + view.facts.bands + ". " : "No bands: only the typical person was simulated. ";
  element("facts").textContent = "Person: " + view.facts.person + "." + (view.facts.mechanism ? " Mechanism: " + view.facts.mechanism + "." : "");
  element("overview-caption").textContent = "Lines: typical person. " + bands
    + "Drag sideways to zoom: all figures over days follow. Double-click for the whole course.";
  Object.entries(view.tables).forEach(function ([key, html]) {
    const place = element("part-" + key);
    const open = new Set(Array.from(place.querySelectorAll("details[open] > summary"), function (one) { return one.textContent; }));
    place.innerHTML = html;
    place.querySelectorAll("details > summary").forEach(function (one) { if (open.has(one.textContent)) { one.parentElement.open = true; } });
    if (element("fold-" + key)) { folded(key, place); }
  });
  document.querySelectorAll("nav.parts [data-for]").forEach(function (item) {
    const part = element(item.dataset.for);
    item.hidden = part.hidden;
  });
}

// A part that is folded has its heading on the outside, with what is in it counted.
function folded(key, place) {
  const section = place.querySelector("section"), fold = element("fold-" + key);
  fold.hidden = !section;
  if (!section) { return; }
  section.querySelector("h2").remove();
  section.removeAttribute("aria-labelledby");
  const count = function (what) { return section.querySelectorAll(what).length; };
  const said = {
    harms: "adverse events as trials counted them, and the exposure beside published ones",
    numbers: count("tbody tr") + " numbers of " + count("details") + " entries, " + count("td .unverified") + " unverified",
    references: count("ol > li") + " publications, data sets and public code behind this very prediction",
  };
  element("count-" + key).textContent = said[key];
}

function keepOld(sentence) {
  if (asking) { asking.abort(); }
  asked = "";
  results.dataset.stale = "1";
  status(sentence, "stale");
}

// A refusal: below the field it is about, or else above the figures; out of range, with the way to insist.
function refused(problem) {
  const outside = problem.kind === "OutsideStudiedRangeError", field = outside ? "" : fieldOf(problem);
  const box = element("refusal");
  if (problem.status === 503) { keepOld("The server is busy: asked again in a moment"); again(3000); return; }
  keepOld("The figures are of the former input");
  box.hidden = Boolean(field);
  if (field === "regimen" || field === "person.weight_kg") { keepDoses(); }
  if (field) { tell(form, [{ name: field, sentence: sentenceOf(problem) }].concat(wrongVial())); return; }
  box.replaceChildren(paragraph(outside ? "This lies outside what was studied:" : sentenceOf(problem)));
  if (!outside) { return; }
  const list = document.createElement("ul");
  list.append(...problem.reasons.map(function (text) { return Object.assign(document.createElement("li"), { textContent: text }); }));
  const go = Object.assign(document.createElement("button"), { type: "button", className: "main", textContent: "Go on, and stamp the result" });
  go.addEventListener("click", function () { element("outside").checked = true; soon(0); });
  box.append(list, go);
}
function paragraph(text) { return Object.assign(document.createElement("p"), { textContent: text }); }

// No answer: what is shown stays, and the same is asked again when the server is back. One that broke off: once more.
function lost() {
  keepOld("Waiting for the server: the figures are of the former input");
  if (element("connection").hidden) { again(1500); }
}
function again(after) {
  clearTimeout(waiting);
  waiting = setTimeout(run, after);
}

// One line per part of the form, so that a closed one still says what is in it.
function summarise() {
  const text = function (id) { const one = element(id); return one.tagName === "SELECT" ? one.selectedOptions[0].text : one.value.trim(); };
  const chosen = function (id) { return Array.from(element(id).querySelectorAll("input:checked + span"), function (one) { return one.textContent; }); };
  const said = {
    person: [text("person-weight_kg") && text("person-weight_kg") + " kg", text("person-age_y") + " years", element("person-sex").value],
    condition: chosen("outcomes"),
    regimen: [text("regimen")],
    model: [element("model").value || "by drug and route", text("mechanism")],
    treatments: [element("comparator").value && "instead: " + text("comparator")].concat(chosen("background")),
    simulation: [text("people") + " people", text("follow_up_days") + " days after", element("outside").checked ? "outside too" : ""],
    advanced: [element("set").value.trim().replaceAll("\n", ", ")],
  };
  Object.entries(said).forEach(function ([part, words]) {
    form.querySelector("[data-now=" + part + "]").textContent = words.filter(Boolean).join(", ");
  });
}

// What belongs to a choice is shown with it: scores of a condition, evidence on a model.
function follow() {
  form.querySelectorAll("#outcomes input").forEach(function (one) { element("scores-" + one.value).hidden = !one.checked; });
  const mechanism = element("mechanism").value, own = mechanism === "own" ? element("mechanism-own").value : mechanism;
  element("mixture").hidden = mechanism !== "own";
  const background = Array.from(form.querySelectorAll("#background input:checked"), function (one) { return one.value; });
  form.querySelectorAll("[data-of]").forEach(function (note) {
    const value = note.dataset.value, of = note.dataset.of;
    const names = own.split(",").map(function (one) { return one.split("=")[0].trim(); });
    const shown = { mechanism: names.includes(value), background: background.includes(value) };
    note.hidden = !(of in shown ? shown[of] : element(of).value === value);
  });
}

function wire() {
  form.addEventListener("input", function (event) {
    if (["vial", "vial_of"].includes(event.target.id)) { given(); return; }
    if (event.target.id === "named" || event.target.closest("#builder")) { return; }
    follow();
    soon(event.target.matches("select, [type=checkbox]") ? 0 : patience);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); soon(0); });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); soon(0); }
  });
  wireRegimen(soon);
  wirePanels();
  wireTakeaway();
  document.querySelectorAll("nav.parts a").forEach(function (link) {
    link.addEventListener("click", function () {
      const part = document.querySelector(link.hash);
      if (part.tagName === "DETAILS") { part.open = true; }
    });
  });
  document.addEventListener("serverback", function () { if (results.dataset.state !== "fresh") { soon(0); } });
  new IntersectionObserver(function ([entry]) {
    element("to-results").dataset.off = String(entry.isIntersecting || entry.boundingClientRect.top < 0);
  }).observe(results);
}

wire();
follow();
soon(0);
