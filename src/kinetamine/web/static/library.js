// Search as you type: entries whose text holds every word stay, groups without any go. Without this the form does it.
const field = document.getElementById("search"), told = document.getElementById("found");
const groups = Array.from(document.querySelectorAll("[data-kind]")), nothing = document.getElementById("nothing");
const entries = Array.from(document.querySelectorAll(".entries > li"));

function filter() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  entries.forEach(function (one) {
    one.hidden = !words.every(function (word) { return one.dataset.text.includes(word); });
    found += one.hidden ? 0 : 1;
  });
  groups.forEach(function (one) { one.hidden = !one.querySelector(".entries > li:not([hidden])"); });
  nothing.hidden = found > 0;
  told.textContent = found + " of " + entries.length + " entries";
}

// What was searched is in the address, so that coming back from a card finds the list as it was left.
function keep() {
  const query = field.value.trim();
  history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
}

field.addEventListener("input", function () { filter(); keep(); });
field.form.addEventListener("submit", function (event) {
  event.preventDefault();
  const first = entries.find(function (one) { return !one.hidden; });
  if (first) { first.querySelector("a").focus(); }
});
document.querySelectorAll("[data-without-script]").forEach(function (one) { one.hidden = true; });
filter();
