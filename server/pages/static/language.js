// The language of the page and of what the service says: chosen by button, kept in this browser.
"use strict";

const Language = (() => {
  const KEY = "zaoxue:language";
  const listeners = [];
  let current = read() || document.documentElement.lang;

  function read() {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === "zh" || kept === "en" ? kept : null;
    } catch {
      return null; // a browser that keeps nothing still shows the page
    }
  }

  function choose(language) {
    current = language;
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // as above
    }
    show();
    listeners.forEach((listener) => listener(language));
  }

  function show() {
    document.documentElement.lang = current;
    for (const element of document.querySelectorAll("[data-zh]")) element.textContent = element.dataset[current];
    for (const button of document.querySelectorAll("[data-language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === current));
  }

  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => choose(button.dataset.language));
  show();

  return {
    get current() { return current; },
    onChange: (listener) => listeners.push(listener),
    fetch: (address, options = {}) =>
      fetch(address, { ...options, headers: { ...options.headers, "Accept-Language": current } }),
  };
})();
