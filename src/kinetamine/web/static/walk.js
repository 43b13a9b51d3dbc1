// The live story: a choice is simulated and every step is drawn anew in its place. Nothing moves but what changed.
import { sentenceOf } from "./form.js";
import { live, Refused } from "./server.js";

const form = document.getElementById("choices"), story = document.getElementById("story");
const sliders = JSON.parse(form.dataset.sliders), problem = document.getElementById("problem");
const said = document.getElementById("said");
const usual = { route: "infusion", sessions: "", weight: "", block: "", mechanism: "" };
let asking = null, waiting = null;

const chosen = function (name) { return form.elements[name].value; };

// The words that a clinic would write.
function regimen() {
  const dose = Number(chosen("dose")), sessions = Number(chosen("sessions"));
  const one = chosen("route") === "infusion" ? dose + " mg/kg iv over 40 min" : "esketamine " + dose + " mg intranasal";
  return sessions === 1 ? one : one + ", twice weekly x " + sessions;
}

function course() {
  const found = { regimen: regimen(), person: { weight_kg: Number(chosen("weight")) } };
  if (chosen("mechanism")) { found.mechanism = chosen("mechanism"); }
  if (chosen("block")) { found.parameters = { mechanism: { [chosen("block")]: 1 } }; }
  return found;
}

// What was chosen stands in the address: the server tells the same story from it, with a script or without.
function query() {
  const found = new URLSearchParams();
  ["route", "dose", "sessions", "weight", "block", "mechanism"].forEach(function (name) {
    const start = form.elements[name].dataset ? form.elements[name].dataset.start : undefined;
    const same = chosen(name) === (start === undefined ? usual[name] : String(Number(start)));
    if (!same) { found.set(name, chosen(name)); }
  });
  return found.toString();
}

function asCourse() {
  const given = course();
  const found = new URLSearchParams({ regimen: given.regimen, "person.weight_kg": given.person.weight_kg });
  if (given.mechanism) { found.set("mechanism", given.mechanism); }
  if (chosen("block")) { found.set("set.mechanism." + chosen("block"), "1"); }
  document.getElementById("simulate").href = "/?" + found;
}

function readings() {
  const unit = sliders[chosen("route")].unit;
  document.getElementById("dose-now").textContent = Number(chosen("dose")) + " " + unit;
  document.getElementById("sessions-now").textContent = chosen("sessions");
  document.getElementById("weight-now").textContent = chosen("weight") + " kg";
  form.elements.dose.setAttribute("aria-valuetext", Number(chosen("dose")) + " " + unit);
  form.elements.weight.setAttribute("aria-valuetext", chosen("weight") + " kg");
  asCourse();
}

// Infusion and spray have doses of their own.
function routed() {
  const own = sliders[chosen("route")], dose = form.elements.dose;
  dose.min = own.low; dose.max = own.high; dose.step = own.step; dose.value = own.start; dose.dataset.start = own.start;
  const ends = dose.parentElement.querySelectorAll(".ends span");
  ends[0].textContent = own.low;
  ends[1].textContent = own.high;
}

function put(parent, tag, text, name) {
  const one = document.createElement(tag);
  one.textContent = text;
  if (name) { one.className = name; }
  parent.append(one);
  return one;
}

function chain(links) {
  const old = {}, list = document.getElementById("chain"), now = list.querySelector("[aria-current]");
  const read = now && now.dataset.label;
  list.querySelectorAll("a").forEach(function (one) { old[one.dataset.label] = one.querySelector("b").textContent; });
  list.replaceChildren();
  links.forEach(function (link) {
    const a = put(put(list, "li", "", link.branch ? "branch" : ""), "a", "");
    a.href = "#" + link.key;
    a.dataset.label = link.label;
    if (link.label === read) { a.setAttribute("aria-current", "step"); }
    put(a, "span", link.label, "label");
    a.append(" ");
    const value = put(a, "span", "", "value");
    put(value, "b", link.text);
    value.append(" " + link.unit);
    put(a, "span", link.before && link.before !== link.text ? "was " + link.before : "", "before");
    if (old[link.label] !== link.text) { a.classList.add("changed"); }
  });
}

// Server-made and escaped there: the same steps that the page holds without a script.
function parsed(html) { return new DOMParser().parseFromString(html, "text/html").body; }

function chapters(found) {
  const keys = found.flatMap(function (one) { return one.steps.map(function (step) { return step.key; }); });
  const there = Array.from(story.querySelectorAll("article")).map(function (one) { return one.id; });
  if (keys.join() === there.join()) {
    found.forEach(function (one) {
      one.steps.forEach(function (step) {
        story.querySelector("article#" + step.key).replaceChildren(...parsed(step.html).firstElementChild.childNodes);
      });
    });
    return;
  }
  const all = found.map(function (one) {
    const chapter = document.createElement("section");
    chapter.className = "chapter";
    chapter.setAttribute("aria-label", one.title);
    put(chapter, "h2", one.title);
    one.steps.forEach(function (step) { chapter.append(...parsed(step.html).childNodes); });
    return chapter;
  });
  document.getElementById("chapters").replaceChildren(...all);
}

function published(found) {
  const place = document.getElementById("published");
  place.replaceChildren();
  if (!found.length) { return; }
  put(place, "h2", "What was seen when this was blocked");
  const list = put(place, "ul", "");
  found.forEach(function (one) {
    const item = put(list, "li", "");
    put(item, "b", "In " + one.species + ".");
    item.append(" " + one.published + " ");
    put(item, "span", one.grade, "grade " + one.grade);
    item.append(" ");
    if (one.disputed) { put(item, "span", "another study found otherwise", "grade contradicted"); item.append(" "); }
    const link = put(item, "a", one.source);
    link.href = one.address;
    link.rel = "noreferrer";
  });
}

function draw(told) {
  chain(told.chain);
  chapters(told.chapters);
  published(told.published);
  document.getElementById("references").replaceChildren(...parsed(told.sources).childNodes);
  const list = document.getElementById("warnings");
  list.replaceChildren();
  told.warnings.forEach(function (one) { put(list, "li", one); });
  said.textContent = told.chain.map(function (one) { return one.label + " " + one.text + " " + one.unit; }).join(", ");
  problem.hidden = true;
  look();
}

async function tell() {
  if (asking) { asking.abort(); }
  const own = asking = new AbortController();
  story.setAttribute("aria-busy", "true");
  try {
    draw(await live("walk", course(), {}, own.signal));
  } catch (error) {
    if (error instanceof Refused) { refuse(sentenceOf(error.problem)); }
  } finally {
    if (asking === own) { asking = null; story.removeAttribute("aria-busy"); }
  }
}

function refuse(sentence) {
  problem.textContent = sentence;
  problem.hidden = false;
}

function changed() {
  readings();
  const words = query();
  history.replaceState(null, "", location.pathname + (words ? "?" + words : "") + location.hash);
  clearTimeout(waiting);
  waiting = setTimeout(tell, 90);
}

form.addEventListener("input", function (event) {
  if (event.target.name === "route") { routed(); }
  changed();
});
form.addEventListener("submit", function (event) { event.preventDefault(); changed(); });
document.getElementById("reset").addEventListener("click", function (event) {
  event.preventDefault();
  form.querySelector("[name=route][value=infusion]").checked = true;
  routed();
  ["sessions", "weight"].forEach(function (name) { form.elements[name].value = form.elements[name].dataset.start; });
  ["block", "mechanism"].forEach(function (name) { form.elements[name].value = ""; });
  changed();
});
document.addEventListener("serverback", function () { changed(); });

// Step by step: arrows, and the link of the step that is being read.
const steps = function () { return Array.from(story.querySelectorAll("article")); };
let current = 0, due = false;
function look() {
  due = false;
  const line = innerHeight * 0.42;
  const above = steps().filter(function (one) { return one.getBoundingClientRect().top < line; });
  mark(Math.max(above.length - 1, 0));
}
addEventListener("scroll", function () {
  if (!due) { due = true; requestAnimationFrame(look); }
}, { passive: true });

// A step without a number in the chain belongs to the one link of its chapter, if there is but one.
function linkOf(step, links) {
  const own = links.filter(function (one) { return one.hash === "#" + step.id; });
  if (own.length) { return own[0]; }
  const near = links.filter(function (one) { return step.parentElement.querySelector(one.hash); });
  return near.length === 1 ? near[0] : null;
}
function mark(at) {
  const links = Array.from(document.querySelectorAll("#chain a")), link = linkOf(steps()[at], links);
  current = at;
  links.forEach(function (one) {
    if (one === link) { one.setAttribute("aria-current", "step"); } else { one.removeAttribute("aria-current"); }
  });
  const list = document.getElementById("chain");
  if (link && list.scrollWidth > list.clientWidth) { list.scrollLeft = link.offsetLeft - 60; }
  document.getElementById("where").textContent = "Step " + (at + 1) + " of " + steps().length;
  document.getElementById("step-before").disabled = at === 0;
  document.getElementById("step-next").disabled = at === steps().length - 1;
}
function go(by) {
  const one = steps()[Math.max(0, Math.min(current + by, steps().length - 1))], heading = one.querySelector("h3");
  heading.tabIndex = -1;
  one.scrollIntoView({ block: "start", behavior: "instant" });
  heading.focus({ preventScroll: true });
  mark(steps().indexOf(one));
}
document.getElementById("step-before").addEventListener("click", function () { go(-1); });
document.getElementById("step-next").addEventListener("click", function () { go(1); });
document.getElementById("stepper").hidden = false;
document.querySelectorAll("[data-without-script]").forEach(function (one) { one.hidden = true; });
if (matchMedia("(max-width: 900px)").matches) { document.getElementById("more").open = false; }
readings();
look();
