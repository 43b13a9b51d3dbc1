// What is taken away: files of the run, its address, and the same run as words to copy.
import { Refused, reach } from "./server.js";
import { element, make } from "./dom.js";
import { picture } from "./panels.js";

let course = null, name = "kinetamine";

export function offer(given, view) {
  course = given;
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

const kinds = {
  report: { format: "report", type: "text/html", suffix: ".html" },
  series: { format: "csv", type: "text/csv", suffix: "-series.csv" },
  events: { format: "events", type: "text/csv", suffix: "-events.csv" },
};
// A file of the run, made by the server with full precision.
async function made(kind) {
  const answer = await reach("/api/export", Object.assign({}, course, { format: kinds[kind].format }));
  if (!answer.ok) { throw new Refused(await answer.json()); }
  return answer.text();
}
async function take(kind, button) {
  button.setAttribute("aria-disabled", "true");
  say("Preparing …");
  try {
    saveText(await made(kind), kinds[kind].type, kinds[kind].suffix);
  } catch (error) {
    say(error.problem ? error.problem.message : "The server does not answer.");
  }
  button.removeAttribute("aria-disabled");
}

export function wireTakeaway() {
  Object.keys(kinds).forEach(function (kind) {
    const button = element("take-" + kind);
    button.addEventListener("click", function () {
      if (course && !button.hasAttribute("aria-disabled")) { take(kind, button); }
    });
  });
  element("take-picture").addEventListener("click", async function () {
    if (course) { save(await picture(), "-chain.png"); }
  });
  element("take-link").addEventListener("click", function () {
    copy(location.href, function () { say("Copied: the same link gives the same run"); });
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
