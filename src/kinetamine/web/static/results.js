// What is shown of a course beside its figures: what it is, warnings, key numbers, tables.
import { all, element, make } from "./dom.js";

export function showHead(view) {
  const facts = view.facts;
  element("shown-title").textContent = view.title;
  element("shown-title").classList.toggle("sr", view.title === element("title").dataset.default);
  element("sentence").textContent = view.sentence;
  element("pill-model").textContent = facts.model ? "Model " + facts.model : "No ketamine";
  element("pill-version").textContent = "Kinetamine " + view.kinetamine;
  element("pill-outside").hidden = !view.outside;
}

export function showWarnings(sentences) {
  element("warnings").hidden = !sentences.length;
  element("warnings").querySelector("ul").replaceChildren(...sentences.map(function (text) {
    return make("li", { textContent: text, className: text.startsWith("OUTSIDE") ? "outside" : "" });
  }));
}

export function showCards(view, whole) {
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
    const card = make("div", { className: "card" });
    const number = make("dd"), more = make("dd", { className: "more", textContent: one.more });
    number.append(make("span", { className: "value", textContent: one.value }));
    number.append(make("span", { className: "unit", textContent: one.unit }));
    card.append(make("dt", { textContent: one.label }), number, more);
    return card;
  }));
}

// Sections as the server's report writes them: it escapes every value. What was opened stays open.
export function showTables(view) {
  const { bands, person, mechanism } = view.facts;
  element("facts").textContent = "Person: " + person + "." + (mechanism ? " Mechanism: " + mechanism + "." : "");
  element("overview-caption").textContent = "Lines: typical person. "
    + (bands ? "Bands: " + bands + ". " : "No bands: only the typical person was simulated. ")
    + "Drag sideways to zoom: all figures over days follow. Double-click for the whole course.";
  Object.entries(view.tables).forEach(function ([key, html]) {
    const place = element("part-" + key);
    const open = new Set(all("details[open] > summary", place).map(function (one) { return one.textContent; }));
    place.innerHTML = html;
    all("details > summary", place).forEach(function (one) {
      if (open.has(one.textContent)) { one.parentElement.open = true; }
    });
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
    numbers: count("tbody tr") + " numbers of " + count("details") + " entries, "
      + count("td .unverified") + " unverified",
    references: count("ol > li") + " publications, data sets and public code behind this very prediction",
  };
  element("count-" + key).textContent = said[key];
}
