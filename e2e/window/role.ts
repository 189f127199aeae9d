// Finding an element by role and accessible name inside the page, for a driver that cannot.
//
// A subset of the naming rules: label, labelledby, <label>, text, title, placeholder. Hidden elements are left out.

/** The source of a function `(role, namePattern) => Element | null`, run in the page. */
export const findByRole = String.raw`function (role, pattern) {
  const implied = {
    button: "button, summary, input[type=button], input[type=submit]",
    link: "a[href]",
    textbox: "input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=url], input[type=password], textarea",
    searchbox: "input[type=search]",
    combobox: "select, [role=combobox]",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
    date: "input[type=date]",
    heading: "h1, h2, h3, h4, h5, h6",
    dialog: "dialog[open]",
    row: "tr",
    cell: "td",
    listitem: "li",
    region: "section[aria-label], section[aria-labelledby]",
    option: "option",
  };
  const clean = (text) => (text || "").replace(/[\u2066-\u2069\u200e\u200f]/g, "").replace(/\s+/g, " ").trim();
  const words = (element) => {
    if (!element) return "";
    const copy = element.cloneNode(true);
    for (const silent of copy.querySelectorAll("[aria-hidden=true], kbd, style")) silent.remove();
    return clean(copy.textContent);
  };
  const textOf = (id) => words(document.getElementById(id));
  const nameOf = (element) => {
    const labelledby = element.getAttribute("aria-labelledby");
    if (labelledby) return clean(labelledby.split(/\s+/).map(textOf).join(" "));
    const label = element.getAttribute("aria-label");
    if (label) return clean(label);
    if (element.labels && element.labels.length) return clean([...element.labels].map(words).join(" "));
    if (element.matches("input[type=submit], input[type=button]")) return clean(element.value);
    if (element.matches("input, select, textarea")) return clean(element.title || element.placeholder);
    return words(element) || clean(element.title);
  };
  const shown = (element) => element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : element.offsetParent !== null;
  const selector = "[role=" + role + "]" + (implied[role] ? ", " + implied[role] : "");
  // What lies under an open modal dialog cannot be reached.
  const modal = [...document.querySelectorAll("dialog[open]")].reverse().find((entry) => entry.matches(":modal"));
  const scope = modal && role !== "dialog" ? modal : document;
  const wanted = new RegExp(pattern);
  return [...scope.querySelectorAll(selector)].find((element) => {
    const own = element.getAttribute("role");
    return (!own || own === role) && shown(element) && wanted.test(nameOf(element));
  }) ?? null;
}`;
