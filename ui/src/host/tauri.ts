/** The window's host. The only file that imports @tauri-apps. */
import { invoke } from "@tauri-apps/api/core";
import { getCurrentWindow, UserAttentionType } from "@tauri-apps/api/window";
import { save } from "@tauri-apps/plugin-dialog";
import { openUrl } from "@tauri-apps/plugin-opener";
import { asCommandError, type Host } from "./host";

export const tauriHost: Host = {
  async call(command, request) {
    try {
      return await invoke(command, { request });
    } catch (problem) {
      throw asCommandError(problem, command);
    }
  },
  async saveFile({ suggestedName, writeTo }) {
    const path = await save({ defaultPath: suggestedName });
    if (path === null) return false;
    await writeTo(path);
    return true;
  },
  async drawAttention({ title, body }) {
    if (document.hasFocus()) return;
    new Notification(title, { body });
    await getCurrentWindow().requestUserAttention(UserAttentionType.Informational);
  },
  openExternal: (url) => openUrl(url),
};
