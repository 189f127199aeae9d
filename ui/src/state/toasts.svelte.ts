/** Short news of what worked. Failures never go here: they stay beside what failed. */
export type Toast = { id: number; text: string };

export const TOAST_MILLISECONDS = 6000;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string): void {
    const toast = { id: this.#next++, text };
    this.list = [...this.list.slice(-2), toast];
    setTimeout(() => this.dismiss(toast.id), TOAST_MILLISECONDS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
