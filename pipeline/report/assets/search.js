"use strict";
// Searches assets/search-index.js: entries of [kind, text, path, note]. Everything is shown as text, never as HTML.

const LIMIT = 100;
const WEIGHT = { Thema: 5, Person: 4, Initiative: 4, Ort: 3, Organisation: 3, Herausgeber: 3, Mitteilung: 1 };

// Spellings meet: ä, ae and a are found by each other's typing.
function fold(text) {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}
function plain(word) {
  return word.replace(/(?<=[aou])e/g, "");
}

function score(entry, words) {
  const name = " " + entry[4];
  const note = " " + entry[5];
  let total = WEIGHT[entry[0]] || 1;
  for (const word of words) {
    if (name.startsWith(" " + word)) total += 12;
    else if (/[^\p{L}]/u.test(name[name.indexOf(word) - 1] || "x")) total += 8;
    else if (name.includes(word)) total += 4;
    else if (note.includes(word)) total += 2;
    else return 0;
  }
  return total;
}

function find(question) {
  const typed = fold(question).split(/\s+/).filter(Boolean);
  const tries = [typed, typed.map(plain)];
  const best = new Map();
  for (const words of tries) {
    if (!words.length) continue;
    for (const entry of entries) {
      const points = score(entry, words);
      if (points > (best.get(entry) || 0)) best.set(entry, points);
    }
  }
  return [...best].sort((a, b) => b[1] - a[1]).map((pair) => pair[0]);
}

function row([kind, text, path, note]) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.className = "kind";
  label.textContent = kind;
  const link = document.createElement("a");
  link.href = path;
  link.textContent = text;
  item.append(label, " ", link);
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    item.append(" ", small);
  }
  return item;
}

function show(question) {
  const status = document.getElementById("treffer");
  const list = document.getElementById("fundliste");
  if (!question.trim()) {
    status.textContent = "";
    list.replaceChildren();
    return;
  }
  const hits = find(question);
  const number = hits.length.toLocaleString("de");
  status.textContent = hits.length === 0 ? `Nichts gefunden zu „${question}“.`
    : hits.length === 1 ? "1 Treffer"
    : hits.length > LIMIT ? `${number} Treffer, die besten ${LIMIT}:` : `${number} Treffer`;
  list.replaceChildren(...hits.slice(0, LIMIT).map(row));
}

const entries = (window.presseleseIndex || []).map((entry) => [...entry, fold(entry[1]), fold(entry[3])]);
const field = document.getElementById("frage");
field.value = new URLSearchParams(location.search).get("q") || "";
document.getElementById("suchwort").value = field.value;
field.addEventListener("input", () => show(field.value));
show(field.value);
