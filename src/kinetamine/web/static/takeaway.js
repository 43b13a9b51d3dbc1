// What is taken away: files of the run, its address, and the same run as words to copy.
import { Refused, reach } from "./server.js";
import { element, make } from "./dom.js";
import { sentenceOf } from "./form.js";
import { picture } from "./panels.js";

const kinds = {
  report: { format: "report", type: "text/html", suffix: ".html" },
  series: { format: "csv", type: "text/csv", suffix: "-series.csv" },
  events: { format: "events", type: "text/csv", suffix: "-events.csv" },
};
let course = null, name = "kinetamine", withoutDoses = false;

// Files are of the course that is shown, the address is of what is typed: nothing is taken while these differ.
function refusal(kind) {
  const { state, first } = element("results").dataset;
  if (state === "working") { return "Wait until it is simulated."; }
  if (state !== "fresh") { return first ? "What is shown is of the former input." : "Nothing is simulated yet."; }
  return kind === "events" && withoutDoses ? "No doses of ketamine are given: there is no table of them." : "";
}
export function showTakeaway() {
  [...Object.keys(kinds), "picture", "link"].forEach(function (kind) {
    const button = element("take-" + kind), sentence = refusal(kind);
    button.title = sentence;
    if (sentence) { button.setAttribute("aria-disabled", "true"); } else { button.removeAttribute("aria-disabled"); }
  });
}

export function offer(given, view) {
  course = given;
  withoutDoses = !view.facts.model;
  name = "kinetamine-" + (view.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "course");
  Object.entries(view.same || {}).forEach(function ([key, words]) { element("same-" + key).textContent = words; });
}

function save(address, suffix) {
  const link = make("a", { href: address, download: name + suffix });
  link.click();
  say("Saved " + link.download);
}
function saveText(text, type, suffix) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  save(address, suffix);
  setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
}
let fading = 0;
function say(text) {
  element("taken").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(function () { element("taken").textContent = ""; }, 6000);
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context there is no clipboard; a selected field can still be copied.
    const field = make("textarea", { value: text, className: "sr" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  done();
}

// A file of the run, made by the server with full precision.
async function made(kind) {
  const answer = await reach("/api/export", Object.assign({}, course, { format: kinds[kind].format }));
  if (!answer.ok) { throw new Refused(await answer.json()); }
  return answer.text();
}
async function take(kind, button) {
  button.setAttribute("aria-disabled", "true");
  button.title = "Preparing …";
  say(button.title);
  try {
    saveText(await made(kind), kinds[kind].type, kinds[kind].suffix);
  } catch (error) {
    say(error.problem ? sentenceOf(error.problem) : "The server does not answer.");
  }
  showTakeaway();
}

export function wireTakeaway() {
  showTakeaway();
  const taken = {
    async picture() { save(await picture(), "-chain.png"); },
    link() { copy(location.href, function () { say("Copied: the same link gives the same run"); }); },
  };
  [...Object.keys(kinds), "picture", "link"].forEach(function (kind) {
    const button = element("take-" + kind);
    button.addEventListener("click", function () {
      if (!button.hasAttribute("aria-disabled")) { (taken[kind] || take)(kind, button); } else { say(button.title); }
    });
  });
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copies], #copy");
    if (!button) { return; }
    const source = element(button.dataset.copies || "bibtex"), before = button.textContent;
    copy(source.textContent, function () {
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = before; }, 1600);
    });
  });
}
