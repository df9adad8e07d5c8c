// Opens GraphiQL with one tab an example.
"use strict";

// What a reader wrote stays in this browser; new examples begin a new set of tabs.
function storageFor(examples) {
  const text = JSON.stringify(examples);
  let sum = 0;
  for (let place = 0; place < text.length; place++) sum = (sum * 31 + text.charCodeAt(place)) | 0;
  const prefix = `zaoxue:${(sum >>> 0).toString(36)}:`;
  return {
    getItem: (key) => localStorage.getItem(prefix + key),
    setItem: (key, value) => localStorage.setItem(prefix + key, value),
    removeItem: (key) => localStorage.removeItem(prefix + key),
    clear: () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key)),
    get length() { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length; },
  };
}

async function start() {
  const examples = await (await Language.fetch("/pages/examples.json")).json();
  const { GraphiQL, React, ReactDOM } = window;
  const page = React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql", fetch: Token.fetch }),
    defaultTabs: examples.map(({ query, variables }) => ({ query, variables: variables || null })),
    storage: storageFor(examples),
    forcedTheme: "light",
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
  }, React.createElement(GraphiQL.Logo, null, " "));
  ReactDOM.createRoot(document.getElementById("graphiql")).render(page);
  Token.onChange(() => location.reload()); // GraphiQL asked for the schema as somebody else, or in vain
}

start();
