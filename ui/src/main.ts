/** Starts the window: chooses the host, loads the styles and mounts the app. */
import "@radix-ui/colors/amber.css";
import "@radix-ui/colors/amber-dark.css";
import "@radix-ui/colors/green.css";
import "@radix-ui/colors/green-dark.css";
import "@radix-ui/colors/indigo.css";
import "@radix-ui/colors/indigo-dark.css";
import "@radix-ui/colors/red.css";
import "@radix-ui/colors/red-dark.css";
import "@radix-ui/colors/slate.css";
import "@radix-ui/colors/slate-alpha.css";
import "@radix-ui/colors/slate-dark.css";
import "@radix-ui/colors/slate-dark-alpha.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { chooseHost } from "./host";

await chooseHost();
mount(App, { target: document.body });
