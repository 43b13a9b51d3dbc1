/* What the model expects takes some seconds: the scores are shown at once, and the prediction when it is there. */
const later = document.querySelector("[data-later]");

async function shown(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
}

if (later) {
  const address = later.querySelector("a").href;
  for (const one of document.querySelectorAll("[data-later]")) {
    one.setAttribute("role", "status");
    one.textContent = "What the model expects is being worked out.";
  }
  shown(address).catch(() => {
    for (const one of document.querySelectorAll("[data-later]")) {
      one.textContent = "What the model expects could not be worked out now. Reload the page to try again.";
    }
  });
}
