// What the theme’s frame leaves out. On narrow screens its menu opens by a label that no key reaches and that has no name;
// each choice of colours is called after the other, as its tooltip should be, and none is said to be the chosen one.

const drawer = document.querySelector("#__drawer");
const label = document.querySelector(".md-header__button[for=__drawer]");
const side = document.querySelector(".md-sidebar--primary");
const button = document.createElement("button");

function makeButton() {
  button.type = "button";
  button.className = `menu-button ${label.className}`;
  button.ariaLabel = "Menu";
  button.append(...label.childNodes);
  button.addEventListener("click", openMenu);
  label.replaceWith(button);
}

function toggle(open) {
  drawer.checked = open;
  drawer.dispatchEvent(new Event("change", { bubbles: true }));
}

function openMenu(event) {
  toggle(!drawer.checked);
  const byKey = event.detail === 0;
  if (drawer.checked && byKey) requestAnimationFrame(() => side.querySelector(".md-nav__list a").focus({ preventScroll: true }));
}

function closeByEscape(event) {
  if (event.key !== "Escape" || !drawer.checked) return;
  toggle(false);
  button.focus();
}

// Whoever leaves the open menu by Tab has left it: it must not cover what has the focus.
function closeBehind(event) {
  if (drawer.checked && event.relatedTarget && !side.contains(event.relatedTarget)) toggle(false);
}

function tell() {
  button.ariaExpanded = String(drawer.checked);
}

if (drawer && label && side) {
  makeButton();
  document.addEventListener("keydown", closeByEscape);
  side.addEventListener("focusout", closeBehind);
  drawer.addEventListener("change", tell);
  tell();
}

const colours = document.querySelector("form[data-md-component=palette]");
if (colours) {
  colours.ariaLabel = "Colours";
  for (const choice of colours.querySelectorAll("input")) {
    choice.checked = choice.dataset.mdColorScheme === document.body.dataset.mdColorScheme;
    choice.ariaLabel = colours.querySelector(`label[for="${choice.id}"]`)?.title ?? choice.ariaLabel;
  }
}
