// Names of marks: what a mark of a drawing stands for is shown beside it while a pointer or the focus is on it.

const tip = Object.assign(document.createElement("div"), { className: "drawing-tip", hidden: true });
tip.ariaHidden = "true"; // a mark’s name is read out with its link
let shown = null;
let leaving = 0;

function show(mark) {
  clearTimeout(leaving);
  if (shown === mark) return;
  shown = mark;
  tip.textContent = mark.getAttribute("aria-label");
  if (!tip.isConnected) document.body.append(tip);
  tip.hidden = false;
  const sign = (mark.querySelector(".sign, path, circle") ?? mark).getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(sign.left + sign.width / 2 - width / 2, 8), document.documentElement.clientWidth - width - 8);
  const above = sign.top - height - 6;
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${(above > 60 ? above : sign.bottom + 6) + window.scrollY}px`;
}

function hide() {
  shown = null;
  tip.hidden = true;
}

// A pointer may go from the mark to its name, to read or to copy it.
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 150);
}

// Takes a part of the page with drawings, and shows the names of their marks from now on.
function tellNames(part) {
  const markOf = (event) => event.target.closest?.("svg a[aria-label]");
  part.addEventListener("pointerover", (event) => markOf(event) && event.pointerType !== "touch" && show(markOf(event)));
  part.addEventListener("pointerout", (event) => markOf(event) && leave());
  part.addEventListener("focusin", (event) => markOf(event)?.matches(":focus-visible") && show(markOf(event)));
  part.addEventListener("focusout", hide);
  part.addEventListener("scroll", hide, true);
}

tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", leave);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

for (const part of document.querySelectorAll(".drawing, .glance, .figures-drawing, .maps, .locator")) tellNames(part);
