// The page Simulate: what is typed becomes a course, its answer is drawn, and nothing that is shown goes before that.
import { courseFromQuery, courseToQuery } from "./course.js";
import { all, element, make } from "./dom.js";
import { fieldOf, read, sentenceOf, tell } from "./form.js";
import { show, wirePanels } from "./panels.js";
import { follow, summarise } from "./parts.js";
import { keepDoses, showDoses, wireRegimen, wrongVial } from "./regimen.js";
import { showCards, showHead, showTables, showWarnings } from "./results.js";
import { live, Refused } from "./server.js";
import { offer, showTakeaway, wireTakeaway } from "./takeaway.js";

const form = document.getElementById("course"), results = document.getElementById("results");
const patience = 250;
// Problems that pass by themselves: the same question may be answered in a moment. One that ends its process once is
// asked once more, as another's end may have been to blame.
const passing = new Set(["Full", "Stopping", "Lost"]);
// The drawing library is large: what is asked does not wait for it, only what is drawn does.
const drawing = new Promise(function (ready) {
  if (window.Plotly) { ready(); } else { document.getElementById("plotly").addEventListener("load", ready); }
});
let waiting = 0, asking = null, asked = "", lostWith = "", changedAt = 0, toldByServer = [];

function status(text, state) {
  element("status").textContent = text;
  results.dataset.state = state;
  results.setAttribute("aria-busy", String(state === "working"));
  showTakeaway();
}

// What is typed, with what is wrong told at once; null where there is nothing to ask the server.
function given() {
  const { query, extra, wrong } = read(form);
  const course = courseFromQuery(query);
  const address = courseToQuery(course, Object.assign({}, extra, { v: results.dataset.version }));
  history.replaceState(null, "", "/?" + address);
  tell(form, wrong.concat(toldByServer, wrongVial()));
  summarise();
  if (wrong.every(function (one) { return one.name === "vial"; })) { return course; }
  keepOld("mend what is marked");
  return null;
}

function soon(after = patience) {
  clearTimeout(waiting);
  changedAt = performance.now();
  toldByServer = [];
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
    if (error instanceof Refused) { refused(error.problem, words); return; }
    if (!(error instanceof TypeError)) { throw error; }
    lost();
  }
}
function inLine({ ahead }) { if (ahead) { status("Waiting: " + ahead + " before this one", "working"); } }
function mineOnly(mine, what) { return function (data) { if (!mine.signal.aborted) { what(data); } }; }

// The typical person first: figures and the numbers on the cards; what is said of people stays until it is known.
function quick(view) {
  delete results.dataset.stale;
  element("refusal").hidden = true;
  if (!document.querySelector("#cards .empty")) { showCards(view, false); results.dataset.partly = "1"; }
  showHead(view);
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
  showHead(view);
  showWarnings(view.warnings);
  showCards(view, true);
  show(view);
  showTables(view);
  offer(course, view);
  status("Up to date", "fresh");
  const took = Math.round(performance.now() - changedAt);
  results.dataset.took = String(took);
  if (!view.facts.bands) { drawn(); }
}

// What was shown stays; where nothing was, that is said. until: what has to come before there is more.
function keepOld(until) {
  if (asking) { asking.abort(); }
  asked = "";
  results.dataset.stale = "1";
  const shown = results.dataset.first ? "The figures are of the former input" : "Nothing simulated yet";
  status(shown + ": " + until, "stale");
}

// A refusal: below the field it is about, or else above the figures; out of range, with the way to insist.
function refused(problem, question) {
  const lostAgain = problem.kind === "Lost" && lostWith === question;
  lostWith = problem.kind === "Lost" ? question : "";
  const outside = problem.kind === "OutsideStudiedRangeError", field = outside ? "" : fieldOf(problem);
  const box = element("refusal");
  if (passing.has(problem.kind) && !lostAgain) { keepOld("the server is busy, asked again in a moment"); again(3000); return; }
  keepOld(field ? "mend what is marked" : "the reason is said above");
  box.hidden = Boolean(field);
  if (field === "regimen" || field === "person.weight_kg") { keepDoses(); }
  if (field) {
    toldByServer = [{ name: field, sentence: sentenceOf(problem) }];
    tell(form, toldByServer.concat(wrongVial()));
    return;
  }
  const said = outside ? "This lies outside what was studied:" : sentenceOf(problem);
  box.replaceChildren(make("p", { textContent: said }));
  if (!outside) { return; }
  const list = make("ul"), words = "Go on, and stamp the result";
  const go = make("button", { type: "button", className: "main", textContent: words });
  list.append(...problem.reasons.map(function (text) { return make("li", { textContent: text }); }));
  go.addEventListener("click", function () { element("outside").checked = true; soon(0); });
  box.append(list, go);
}

// No answer: what is shown stays, and the same is asked again when the server is back. One that broke off: once more.
function lost() {
  keepOld("waiting for the server");
  if (element("connection").hidden) { again(1500); }
}
function again(after) {
  clearTimeout(waiting);
  waiting = setTimeout(run, after);
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
  all("nav.parts a").forEach(function (link) {
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
