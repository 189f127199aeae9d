/** Puts a popover below what opened it, inside the window, and above where there is no room below. */
export function placeBelow(box: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const rightToLeft = document.documentElement.dir === "rtl";
  const wanted = rightToLeft ? at.right - width : at.left;
  const left = Math.max(8, Math.min(wanted, window.innerWidth - width - 8));
  const fitsBelow = at.bottom + 4 + height <= window.innerHeight - 8;
  const top = fitsBelow ? at.bottom + 4 : Math.max(8, at.top - height - 4);
  // Through the CSSOM: inline style attributes are not allowed here.
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${top}px`);
}
