// What is compared: a base course and arms that differ from it; from and to the address, and as the server takes it.
import { courseFromQuery, courseToQuery } from "../course.js";

export const MOST = 6;
const TABLES = { person: "person.", parameters: "set." };
const BASE = {
  regimen: "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks", person: { weight_kg: 70, age_y: 40 },
};
const SCHEDULE = /\b(single dose|once|twice|thrice|three times|daily|weekly|every|on days?)\b.*$/i;
let last = 0;

export function newArm(name, changes = {}, band = false) { last += 1; return { id: last, name, changes, band }; }

// As the address says it; otherwise what the page opens with.
export function fromAddress(search, choices) {
  const query = new URLSearchParams(search), own = new URLSearchParams(), arms = [];
  for (const [key, text] of query) {
    const named = /^arm\.(\d)\.(.+)$/.exec(key);
    if (!named) { own.append(key, text); } else { (arms[Number(named[1])] ??= []).push([named[2], text]); }
  }
  const course = courseFromQuery(own);
  const given = Object.keys(course).length > 0 || own.has("regimen") || arms.length > 0;
  const state = { course: given ? course : structuredClone(BASE), arms: [], made: query.get("v") };
  if (arms.length) {
    state.arms = arms.filter(Boolean).slice(0, MOST).map(armFrom);
    state.arms[0].changes = {};
    return state;
  }
  const opening = choices.opening.map((key) => choices.presets.find((one) => one.key === key));
  state.arms = [newArm("As it is", {}, true)].concat(opening.map((one) => fromPreset(one, state.course, choices)));
  return state;
}
function armFrom(pairs, index) {
  const name = pairs.find((pair) => pair[0] === "name");
  const band = pairs.some((pair) => pair[0] === "band" && pair[1] === "1");
  const arm = newArm(name ? name[1] : "Arm " + (index + 1), {}, band);
  pairs.forEach(function ([key, text]) {
    if (key !== "name" && key !== "band") { put(arm.changes, pathOf(key), valueOf(pathOf(key), text)); }
  });
  return arm;
}

export function toAddress(state, version) {
  const extra = new URLSearchParams();
  state.arms.forEach(function (arm, index) {
    extra.append("arm." + index + ".name", arm.name);
    if (arm.band) { extra.append("arm." + index + ".band", "1"); }
    rows(arm.changes).forEach(([path, value]) => extra.append("arm." + index + "." + keyOf(path), textOf(value)));
  });
  return courseToQuery(state.course) + "&" + extra.toString() + "&v=" + encodeURIComponent(version);
}

// As the function "arms" takes it.
export function asked(state) {
  return {
    base: state.course,
    arms: state.arms.map(function (arm) { return { name: arm.name, changes: arm.changes, band: arm.band }; }),
  };
}

// The whole course of an arm, for the page Simulate.
export function merged(course, changes) {
  const found = structuredClone(course);
  rows(changes).forEach(function ([path, value]) {
    if (value === null) { drop(found, path); } else { put(found, path, value); }
  });
  return found;
}
export function simulateAddress(course) { return "/?" + courseToQuery(course); }

// A preset for this base: doses keep the base's schedule.
export function fromPreset(preset, course, choices) {
  const changes = structuredClone(preset.changes);
  if (preset.dose) { changes.regimen = withDose(course.regimen || "", preset.dose, choices.regimens); }
  return newArm(preset.name, changes);
}
export function withDose(words, dose, regimens) {
  const known = regimens[words.trim()] || words;
  const when = SCHEDULE.exec(known);
  const simple = when && !/\bthen\b/i.test(when[0]);
  return dose + ", " + (simple ? when[0] : "twice weekly for 3 weeks");
}

// Paths: "model", "person.weight_kg", "parameters.depression.EFFICACY" (its name has points of its own).
function split(path) {
  const at = path.indexOf("."), table = path.slice(0, at);
  return at > 0 && TABLES[table] ? [table, path.slice(at + 1)] : [null, path];
}
export function rows(changes) {
  return Object.entries(changes).flatMap(function ([key, value]) {
    if (!TABLES[key] || value === null || typeof value !== "object") { return [[key, value]]; }
    return Object.entries(value).map(([name, one]) => [key + "." + name, one]);
  });
}
export function put(changes, path, value) {
  const [table, name] = split(path);
  if (table) { (changes[table] ??= {})[name] = value; } else { changes[name] = value; }
}
export function drop(changes, path) {
  const [table, name] = split(path);
  if (!table) { delete changes[name]; return; }
  if (changes[table]) { delete changes[table][name]; }
  if (changes[table] && !Object.keys(changes[table]).length) { delete changes[table]; }
}
export function held(changes, path) {
  const [table, name] = split(path);
  return table ? (changes[table] || {})[name] : changes[name];
}
function keyOf(path) { const [table, name] = split(path); return table ? TABLES[table] + name : name; }
function pathOf(key) { return key.startsWith("set.") ? "parameters." + key.slice(4) : key; }

// What a field holds as the server takes it; nothing takes the key away.
export function valueOf(path, text) {
  if (text === "") { return null; }
  const value = held(courseFromQuery(new URLSearchParams([[keyOf(path), text]])), path);
  return value === undefined ? text : value;
}
export function textOf(value) {
  if (value === null || value === undefined) { return ""; }
  if (Array.isArray(value)) { return value.join(","); }
  if (typeof value === "boolean") { return value ? "1" : "0"; }
  if (typeof value === "object") { return Object.entries(value).map((pair) => pair.join("=")).join(","); }
  return String(value);
}
