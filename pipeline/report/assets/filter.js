"use strict";
// The list of releases, cut down to a theme, a time, an issuer, a word of the title, to those that name somebody
// (name=, as often as wanted) or that are new (neu=1). What is chosen stands in the address, so that it can be passed
// on, and numbers elsewhere in the report lead here. Without JavaScript the whole list stays.

const PAGE = 100;
const form = document.getElementById("filter");
const chosen = document.getElementById("auswahl");
const whole = document.getElementById("ganze-liste");
const told = document.getElementById("gefiltert");
const asked = new Map();
let names = [];
let fresh = false;

function load(path) {
  if (!asked.has(path)) {
    asked.set(path, new Promise((done) => {
      const script = document.createElement("script");
      script.src = form.dataset.root + path;
      script.onload = done;
      script.onerror = done;
      document.head.append(script);
    }));
  }
  return asked.get(path);
}

async function named(key) {
  const start = key.slice(0, 2);
  if (!/^[0-9a-f]{8}$/.test(key)) return null;
  await load(`assets/names/${start}.js`);
  return ((window.presseleseNames || {})[start] || {})[key] || null;
}

function values() {
  return Object.fromEntries([...new FormData(form)].filter((pair) => pair[1].trim()));
}

// A year, a month (2024-05) or a quarter (2024-Q2).
function within(day, time) {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(time);
  if (!quarter) return day.startsWith(time);
  return day.startsWith(quarter[1]) && day.length >= 7 && Math.ceil(Number(day.slice(5, 7)) / 3) === Number(quarter[2]);
}

function fits(wanted) {
  const theme = "thema" in wanted ? window.presseleseThemes.indexOf(wanted.thema) : null;
  const issuer = "herausgeber" in wanted ? window.presseleseIssuers.findIndex((one) => one[0] === wanted.herausgeber) : null;
  const words = (wanted.titel || "").toLowerCase().split(/\s+/).filter(Boolean);
  return ([title, , day, , by, themes]) =>
    (theme === null || themes.includes(theme)) && (issuer === null || by === issuer) &&
    (!wanted.jahr || within(day, wanted.jahr)) && words.every((word) => title.toLowerCase().includes(word));
}

function cell(tag, text, path) {
  const made = document.createElement(tag);
  if (path) {
    const link = document.createElement("a");
    link.href = form.dataset.root + path;
    link.textContent = text;
    made.append(link);
  } else {
    made.textContent = text;
  }
  return made;
}

function row([title, path, , day, by]) {
  const made = document.createElement("tr");
  const head = cell("th", day);
  head.scope = "row";
  head.className = "tight";
  made.append(head, cell("td", title, path), cell("td", ...window.presseleseIssuers[by]));
  return made;
}

function fill(hits) {
  const body = chosen.querySelector("tbody");
  const more = chosen.querySelector("button");
  let shown = 0;
  const next = () => {
    body.append(...hits.slice(shown, shown + PAGE).map(row));
    shown = Math.min(shown + PAGE, hits.length);
    more.hidden = shown >= hits.length;
    more.textContent = `Weitere ${Math.min(PAGE, hits.length - shown)} zeigen`;
  };
  body.replaceChildren();
  more.onclick = next;
  next();
}

async function show() {
  const wanted = values();
  const query = new URLSearchParams([...Object.entries(wanted), ...names.map((key) => ["name", key]), ...(fresh ? [["neu", "1"]] : [])]).toString();
  try {
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  } catch {
    // a browser that keeps addresses of files as they are: the list is cut down all the same
  }
  const all = !query;
  whole.hidden = !all;
  chosen.hidden = all;
  told.textContent = "";
  if (all) return;
  await load("assets/releases.js");
  const people = (await Promise.all(names.map(named))).filter(Boolean);
  const sets = people.map((one) => new Set(one[2]));
  if (fresh) sets.push(new Set(window.presseleseNew));
  const fit = fits(wanted);
  const hits = window.presseleseReleases.filter((release, place) => sets.every((set) => set.has(place)) && fit(release));
  const number = hits.length.toLocaleString("de");
  const also = (people.length ? ` mit ${people.map((one) => one[0]).join(" und ")}` : "") + (fresh ? ", neu seit dem letzten Bericht" : "");
  told.textContent = hits.length ? (hits.length === 1 ? "1 Mitteilung" : `${number} Mitteilungen`) + also : "Keine Mitteilung passt dazu.";
  chosen.hidden = !hits.length;
  fill(hits);
}

// Months, quarters and rare issuers stand in no list of choices: they join it when an address asks for them.
function choose(field, value) {
  field.value = value;
  if (field.value !== value && value) {
    field.append(new Option(timeInWords(value), value));
    field.value = value;
  }
}

function timeInWords(value) {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(value);
  if (quarter) return `${quarter[2]}. Quartal ${quarter[1]}`;
  if (!/^\d{4}-\d\d$/.test(value)) return value;
  return new Date(`${value}-15`).toLocaleDateString("de", { month: "long", year: "numeric" });
}

if (form) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === "name") names.push(value);
    else if (name === "neu") fresh = true;
    else if (form.elements[name]) choose(form.elements[name], value);
  }
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    names = [];
    fresh = false;
    show();
  }));
  if (Object.keys(values()).length || names.length || fresh) show();
}
