"use strict";
// Three conveniences; every page is complete without them.

// 1. Tables with class "sortable": a click on a column's head sorts by it, a second click turns the order.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    // the sign that leads to a definition stays beside the button: a link cannot stand within one
    button.append(...[...head.childNodes].filter((node) => !(node.classList && node.classList.contains("means"))));
    head.prepend(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortRows(table.tBodies[0], place, head.classList.contains("num"), down ? -1 : 1);
    });
  });
}

function sortRows(body, place, numeric, sign) {
  const collator = new Intl.Collator("de", { numeric: true });
  const key = (row) => row.cells[place].dataset.sort ?? row.cells[place].textContent.trim();
  const number = (text) => (text.includes(",") ? Number.parseFloat(text.replaceAll(".", "").replace(",", ".")) : Number.parseFloat(text)) || 0;
  const compare = numeric ? (a, b) => number(a) - number(b) : collator.compare;
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort((a, b) => sign * compare(a[0], b[0]));
  body.append(...rows.map((pair) => pair[1]));
}

// 2. A link to a sentence inside a folded part opens that part.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", openTarget);
openTarget();

// 3. What a mark means also shows when it is reached by keyboard or finger, at the bottom of the window.
const text = document.querySelector("article.text");
if (text) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.hidden = true;
  document.body.append(hint);
  const show = (event) => {
    const mark = event.target.closest && event.target.closest(".m[title]");
    hint.hidden = !mark;
    hint.textContent = mark ? mark.title : "";
  };
  text.addEventListener("focusin", show);
  text.addEventListener("focusout", () => { hint.hidden = true; });
  text.addEventListener("click", show);
}
