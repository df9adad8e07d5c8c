// The token that the page sends, where one was typed: kept until this tab is closed, never longer.
"use strict";

const Token = (() => {
  const KEY = "zaoxue:token";
  const field = document.getElementById("token");
  const listeners = [];
  try {
    field.value = sessionStorage.getItem(KEY) || "";
  } catch {
    // a browser that keeps nothing still sends what stands in the field
  }

  field.addEventListener("change", () => {
    try {
      sessionStorage.setItem(KEY, field.value.trim());
    } catch {
      // as above
    }
    listeners.forEach((listener) => listener());
  });

  return {
    onChange: (listener) => listeners.push(listener),
    fetch: (address, options = {}) => {
      const token = field.value.trim();
      const bearing = token ? { Authorization: `Bearer ${token}` } : {};
      return Language.fetch(address, { ...options, headers: { ...options.headers, ...bearing } });
    },
  };
})();
