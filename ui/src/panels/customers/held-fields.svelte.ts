/**
 * The keyboard while a form's fields are held: it would be lost with the disabled field it stands in, so it waits on the
 * button that sends, and goes back unless somebody took it elsewhere.
 */
import { tick, untrack } from "svelte";

/** Called while a form's component is set up; `held` is what disables its fields. */
export function keepKeyboard(held: () => boolean, form: () => HTMLElement | undefined): void {
  // Before the fields are disabled: afterwards nobody knows any longer which one had the keyboard.
  $effect.pre(() => {
    if (!held()) return;
    const field = document.activeElement;
    const button = untrack(form)?.querySelector<HTMLElement>('button[type="submit"]');
    if (!button || !(field instanceof HTMLElement) || !field.closest("fieldset")) return;
    button.focus();
    return () =>
      void tick().then(() => {
        if (document.activeElement === button) field.focus();
      });
  });
}
