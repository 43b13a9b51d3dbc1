// The form of a course: what is typed in it, as an address says it; and what is wrong, told at the field.
import { MOST_WHOLE, numberOf } from "./course.js";

const always = new Set(["regimen", "person.weight_kg", "people", "seed"]);
const page = new Set(["vial", "vial_of"]);

export function idOf(name) { return name.replaceAll(".", "-"); }

function typed(form) {
  const found = new Map();
  form.querySelectorAll("[name]").forEach(function (one) {
    const value = one.type === "checkbox" ? (one.checked ? one.value : "") : one.value.trim();
    found.set(one.name, { value, usual: one.dataset.default, element: one });
  });
  form.querySelectorAll("[data-group]").forEach(function (group) {
    const chosen = Array.from(group.querySelectorAll("input:checked"), function (one) { return one.value; });
    found.set(group.dataset.group, { value: chosen.join(","), usual: group.dataset.default, list: true });
  });
  const mechanism = form.querySelector("#mechanism");
  const own = form.querySelector("#mechanism-own").value.trim();
  const chosen = mechanism.value === "own" ? own : mechanism.value;
  found.set("mechanism", { value: chosen, usual: mechanism.dataset.default });
  return found;
}

// What the form says: the query of the course, what belongs to the page alone, and what is no number.
export function read(form) {
  const query = new URLSearchParams(), extra = {}, wrong = [];
  for (const [name, { value, usual, element, list }] of typed(form)) {
    if (element && "number" in element.dataset && value && numberOf(value) === null) {
      wrong.push({ name, sentence: noNumber(value) });
    }
    const seed = name === "seed" ? numberOf(value) : null;
    if (seed !== null && !(Number.isSafeInteger(seed) && seed >= 0)) {
      wrong.push({ name, sentence: "A whole number from 0 to " + MOST_WHOLE + "." });
    }
    if (page.has(name)) { extra[name] = value; continue; }
    if (always.has(name) ? value : value !== usual && (value || list)) { query.set(name, value); }
  }
  settings(form.querySelector("#set").value, query, wrong);
  return { query, extra, wrong };
}

function noNumber(value) {
  const pointed = value.replace(",", ".");
  const comma = value.includes(",") && numberOf(pointed) !== null;
  return comma ? "Write it with a point: " + pointed + "." : "A number, such as 70; “" + value + "” is none.";
}

function settings(text, query, wrong) {
  text.split("\n").map(function (line) { return line.trim(); }).filter(Boolean).forEach(function (line) {
    const [name, value] = line.split("=").map(function (part) { return part.trim(); });
    if (!name || value === undefined || numberOf(value) === null) {
      wrong.push({ name: "set", sentence: "A name and a number, such as CL = 1.2; “" + line + "” is not." });
    } else { query.set("set." + name, value); }
  });
}

// Sentences below fields; those of before go.
export function tell(form, wrong) {
  form.querySelectorAll("[aria-invalid]").forEach(function (one) { one.removeAttribute("aria-invalid"); });
  form.querySelectorAll(".wrong").forEach(function (one) { if (one.id !== "b-wrong") { one.textContent = ""; } });
  wrong.forEach(function ({ name, sentence }) {
    const field = document.getElementById(idOf(name)), below = document.getElementById("wrong-" + idOf(name));
    if (!below) { return; }
    below.textContent = sentence;
    if (field && field.tagName !== "FIELDSET") { field.setAttribute("aria-invalid", "true"); }
    for (let at = below.closest("details"); at; at = at.parentElement.closest("details")) { at.open = true; }
  });
}

// Which field a refusal of the server belongs to; empty where to none.
const doses = new Set(["amount", "unit", "form", "salt", "route", "duration_h", "time_h", "devices", "dose"]);
const aliases = { interaction: "person.comedication", comedication: "person.comedication", outcome: "outcomes",
  effect: "effects", treatment: "background", "event table": "regimen" };
export function fieldOf(problem) {
  const at = problem.at || "", field = problem.field || "";
  // Treatments given beside it are of the same kind as those in its place.
  if (at === "comparator" && problem.given !== document.getElementById("comparator").value) { return "background"; }
  const choices = [at, field, "person." + field, aliases[field]];
  if (doses.has(field)) { choices.push("regimen"); }
  if (at.startsWith("parameters") || /parameter|\./.test(field)) { choices.push("set"); }
  if (at.startsWith("mechanism")) { choices.push("mechanism"); }
  return choices.find(function (one) { return one && document.getElementById("wrong-" + idOf(one)); }) || "";
}

export function sentenceOf(problem) {
  if (!problem.expected) { return problem.message; }
  const near = problem.nearest ? " Did you mean " + problem.nearest + "?" : "";
  const nothing = [null, undefined, ""].includes(problem.given);
  const given = nothing ? "" : "; given " + problem.given;
  return "Expected " + problem.expected + given + "." + near;
}
