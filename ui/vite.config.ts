import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// No inline script, style or data URL may leave this build: the window runs under a strict CSP.
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [svelte()],
  clearScreen: false,
  server: {
    port: 1420,
    strictPort: true,
    fs: { allow: [".."] },
    proxy: process.env.DESK_HOST ? { "/api": { target: process.env.DESK_HOST, changeOrigin: true } } : undefined,
  },
  build: {
    target: ["es2022", "chrome105", "safari16"],
    // Older targets would turn :dir() into a list of languages, but the direction is a setting of its own here.
    cssTarget: ["chrome120", "safari16.4"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
}));
