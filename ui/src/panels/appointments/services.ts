/** What the catalogue has to book: the services with appointments, and the types of each. */
import type { Catalogue, CatalogueService, CatalogueServiceType } from "../../bindings";

export const bookableServices = (catalogue: Catalogue): CatalogueService[] =>
  catalogue.services.filter((service) => service.kind !== "walkIn");

export const typesOf = (catalogue: Catalogue, serviceId: string): CatalogueServiceType[] =>
  catalogue.serviceTypes.filter((type) => type.serviceIds.includes(serviceId));
