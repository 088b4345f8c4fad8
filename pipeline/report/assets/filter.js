"use strict";
// The list of releases, cut down to a theme, a year, an issuer, a word of the title. What is chosen stands in the
// address, so that it can be passed on. Without JavaScript the whole list stays.

const PAGE = 100;
const form = document.getElementById("filter");
const chosen = document.getElementById("auswahl");
const whole = document.getElementById("ganze-liste");
const told = document.getElementById("gefiltert");
let loading = null;

function data() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

function values() {
  return Object.fromEntries([...new FormData(form)].filter((pair) => pair[1].trim()));
}

function fits(wanted) {
  const theme = "thema" in wanted ? window.presseleseThemes.indexOf(wanted.thema) : null;
  const issuer = "herausgeber" in wanted ? window.presseleseIssuers.findIndex((one) => one[0] === wanted.herausgeber) : null;
  const words = (wanted.titel || "").toLowerCase().split(/\s+/).filter(Boolean);
  return ([title, , day, , by, themes]) =>
    (theme === null || themes.includes(theme)) && (issuer === null || by === issuer) &&
    (!wanted.jahr || day.startsWith(wanted.jahr)) && words.every((word) => title.toLowerCase().includes(word));
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
  const query = new URLSearchParams(wanted).toString();
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
  await data();
  const hits = window.presseleseReleases.filter(fits(wanted));
  const number = hits.length.toLocaleString("de");
  told.textContent = hits.length === 1 ? "1 Mitteilung" : hits.length ? `${number} Mitteilungen` : "Keine Mitteilung passt dazu.";
  chosen.hidden = !hits.length;
  fill(hits);
}

if (form) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  if (Object.keys(values()).length) show();
}
