// Light, dark, or as the system has it: set before anything is drawn, so that nothing flashes.
(function () {
  const kept = localStorage.getItem("theme");
  if (kept) { document.documentElement.dataset.theme = kept; }
  const order = ["", "light", "dark"], names = { "": "as the system has it", light: "light", dark: "dark" };
  document.addEventListener("DOMContentLoaded", function () {
    const button = document.getElementById("theme");
    function say() {
      const now = document.documentElement.dataset.theme || "";
      button.setAttribute("aria-label", "Theme: " + names[now]);
      button.title = "Theme: " + names[now];
      button.dataset.now = now || "system";
    }
    button.addEventListener("click", function () {
      const now = document.documentElement.dataset.theme || "";
      const next = order[(order.indexOf(now) + 1) % order.length];
      if (next) { document.documentElement.dataset.theme = next; localStorage.setItem("theme", next); } else {
        delete document.documentElement.dataset.theme;
        localStorage.removeItem("theme");
      }
      say();
      document.dispatchEvent(new CustomEvent("themechange"));
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      document.dispatchEvent(new CustomEvent("themechange"));
    });
    say();
  });
})();
