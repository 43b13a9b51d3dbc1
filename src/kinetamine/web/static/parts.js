// The parts of the form: what a closed one holds in one line, and what belongs to a choice shown with it.
import { all, element } from "./dom.js";

// An empty field says what is taken in its place.
function text(id) {
  const one = element(id);
  return one.tagName === "SELECT" ? one.selectedOptions[0].text : one.value.trim() || one.dataset.default || "";
}
function chosen(id) {
  return all("input:checked + span", element(id)).map(function (one) { return one.textContent; });
}

export function summarise() {
  const weight = text("person-weight_kg"), instead = element("comparator").value;
  const further = element("outside").checked && "outside too";
  const said = {
    person: [weight && weight + " kg", text("person-age_y") + " years", element("person-sex").value],
    condition: chosen("outcomes"),
    regimen: [text("regimen")],
    model: [element("model").value || "by drug and route", text("mechanism")],
    treatments: [instead && "instead: " + text("comparator"), ...chosen("background")],
    simulation: [text("people") + " people", text("follow_up_days") + " days after", further],
    advanced: [element("set").value.trim().replaceAll("\n", ", ")],
  };
  Object.entries(said).forEach(function ([part, words]) {
    all("[data-now=" + part + "]")[0].textContent = words.filter(Boolean).join(", ");
  });
}

// Scores of a condition, evidence on a model, the shares of a mixture.
export function follow() {
  all("#outcomes input").forEach(function (one) {
    const scores = element("scores-" + one.value);
    if (scores) { scores.hidden = !one.checked; }
  });
  const mechanism = element("mechanism").value, own = mechanism === "own" ? element("mechanism-own").value : mechanism;
  element("mixture").hidden = mechanism !== "own";
  const shown = {
    mechanism: own.split(",").map(function (one) { return one.split("=")[0].trim(); }),
    background: all("#background input:checked").map(function (one) { return one.value; }),
    model: [element("model").value],
    comparator: [element("comparator").value],
  };
  all("[data-of]").forEach(function (note) { note.hidden = !shown[note.dataset.of].includes(note.dataset.value); });
}
