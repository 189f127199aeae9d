/** Quick checks on leaving a field, so that a slip shows before anything is sent. The core checks everything again. */
export type CheckedField =
  "name" | "authority" | "baseUrl" | "tenantId" | "clientId" | "applicationId" | "cubuWebUrl" | "clientSecret";

const GUID = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;
const DOMAIN = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+$/i;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The id of the message to show, or nothing when the field is fine. */
export function checkField(field: CheckedField, typed: string): string | undefined {
  const value = typed.trim();
  switch (field) {
    case "name":
      return value ? undefined : "connection-check-name";
    case "clientSecret":
      return value ? undefined : "connection-check-secret";
    case "clientId":
    case "applicationId":
      if (!value) return "connection-check-id-missing";
      return GUID.test(value) ? undefined : "connection-check-id";
    case "tenantId":
      if (!value) return "connection-check-id-missing";
      return GUID.test(value) || DOMAIN.test(value) ? undefined : "connection-check-id";
    case "authority":
    case "baseUrl":
      return checkAddress(value);
    case "cubuWebUrl":
      return value ? checkAddress(value) : undefined;
  }
}

function checkAddress(value: string): string | undefined {
  if (!value) return "connection-check-address-missing";
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return "connection-check-address";
  }
  if (url.protocol === "https:") return undefined;
  return url.protocol === "http:" && LOOPBACK.has(url.hostname) ? undefined : "connection-check-address-https";
}
