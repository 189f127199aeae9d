/** Arrow keys in reading order: on a right-to-left page "forward" is the left arrow. */
export type Step = "forward" | "back" | "up" | "down";

export function arrowStep(key: string, rightToLeft: boolean = document.documentElement.dir === "rtl"): Step | null {
  switch (key) {
    case "ArrowRight":
      return rightToLeft ? "back" : "forward";
    case "ArrowLeft":
      return rightToLeft ? "forward" : "back";
    case "ArrowUp":
      return "up";
    case "ArrowDown":
      return "down";
    default:
      return null;
  }
}
