// The small page: pick an example, change it, run it, read the answer.
"use strict";

const WORDS = {
  zh: { running: "运行中……", variables: "变量不是有效的 JSON：", unreachable: "服务没有回应，请确认它仍在运行：" },
  en: { running: "Running…", variables: "The variables are no valid JSON: ", unreachable: "The service does not answer; see that it is still running: " },
};
const [choice, query, variables, answer] = ["examples", "query", "variables", "answer"].map((id) => document.getElementById(id));
let examples = [];

function nameExamples() {
  const place = Math.max(choice.selectedIndex, 0);
  choice.replaceChildren(...examples.map((example, number) => new Option(example[Language.current], String(number))));
  choice.selectedIndex = place;
}

function showExample() {
  const example = examples[choice.selectedIndex];
  query.value = example.query;
  variables.value = example.variables;
}

async function run() {
  const words = WORDS[Language.current];
  let values = {};
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : {};
  } catch (problem) {
    answer.textContent = words.variables + problem.message;
    return;
  }
  answer.textContent = words.running;
  try {
    const reply = await Token.fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify({ query: query.value, variables: values }),
    });
    answer.textContent = pretty(await reply.text());
  } catch (problem) {
    answer.textContent = words.unreachable + problem.message;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function start() {
  examples = await (await Language.fetch("/pages/examples.json")).json();
  nameExamples();
  showExample();
  choice.addEventListener("change", showExample);
  document.getElementById("run").addEventListener("click", run);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      run();
    }
  });
  Language.onChange(nameExamples);
}

start();
