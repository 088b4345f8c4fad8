"use strict";
// Searches the indexes beside this file. Everything is shown as text, never as HTML.
// presseleseIndex: [kind, text, path, note]; presseleseReleases: [title, path, date, date in words, issuer, themes];
// presseleseWords, loaded when asked for: word -> numbers of the releases in whose text it stands.

const LIMIT = 100;
const WEIGHT = { Thema: 5, Person: 4, Initiative: 4, Ort: 3, Organisation: 3, Herausgeber: 3, Mitteilung: 1 };
const releases = window.presseleseReleases || [];
const entries = [
  ...(window.presseleseIndex || []),
  ...releases.map(([title, path, , day, by]) => ["Mitteilung", title, path, `${window.presseleseIssuers[by][0]}, ${day}`]),
].map((entry) => [...entry, fold(entry[1]), fold(entry[3])]);

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

// The words of texts lie in one small file for each two letters that words begin with.
const asked = new Map();
function wordsFrom(start) {
  if (!(window.presseleseStarts || []).includes(start)) return Promise.resolve({});
  if (!asked.has(start)) {
    asked.set(start, new Promise((done) => {
      const script = document.createElement("script");
      script.src = `assets/words/${start}.js`;
      script.onload = () => done(window.presseleseWords[start]);
      script.onerror = () => done({});
      document.head.append(script);
    }));
  }
  return asked.get(start);
}

async function inTexts(question) {
  const words = fold(question).match(/[a-z]{3,}/g) || [];
  let found = null;
  for (const word of words) {
    const known = await wordsFrom(word.slice(0, 2));
    const here = new Set(Object.keys(known).filter((one) => one.startsWith(word)).flatMap((one) => known[one]));
    found = found ? new Set([...found].filter((number) => here.has(number))) : here;
  }
  return [...(found || [])].sort((a, b) => a - b).map((number) => releases[number]);
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

function count(hits, what) {
  const number = hits.length.toLocaleString("de");
  const best = hits.length > LIMIT ? `, die ersten ${LIMIT}` : "";
  return `${number} ${hits.length === 1 ? what[0] : what[1]}${best}`;
}

function fill(id, hits) {
  document.getElementById(id).replaceChildren(...hits.slice(0, LIMIT).map(row));
}

let latest = "";
async function show(question) {
  latest = question;
  const status = document.getElementById("treffer");
  const asking = Boolean(question.trim());
  const hits = asking ? find(question) : [];
  fill("fundliste", hits);
  const texts = asking ? await inTexts(question) : [];
  if (latest !== question) return; // typing went on meanwhile
  document.getElementById("in-texten").hidden = !texts.length;
  document.getElementById("textzahl").textContent = count(texts, ["Mitteilung", "Mitteilungen"]);
  fill("textliste", texts.map(([title, path, , day, by]) => ["Im Text", title, path, `${window.presseleseIssuers[by][0]}, ${day}`]));
  status.textContent = !asking ? ""
    : hits.length ? count(hits, ["Treffer", "Treffer"]) + (texts.length ? `, dazu ${count(texts, ["Mitteilung", "Mitteilungen"])} mit diesem Wort im Text` : "")
    : texts.length ? `Kein Name und kein Titel, aber ${count(texts, ["Mitteilung", "Mitteilungen"])} mit diesem Wort im Text.`
    : `Nichts gefunden zu „${question}“.`;
}

const field = document.getElementById("frage");
field.value = new URLSearchParams(location.search).get("q") || "";
document.getElementById("suchwort").value = field.value;
field.addEventListener("input", () => show(field.value));
show(field.value);
