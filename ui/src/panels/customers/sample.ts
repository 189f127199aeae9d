/** Customers for the tests of this panel: made up, with the shapes that Cubu's answers have. */
import type { CatalogueField, Customer, CustomerField } from "../../bindings";
import { fieldTypeOf } from "./fields";

export const ROBIN = "5b0d6c1e-4444-4a6e-9d10-000000000001";
export const NAME = "5b0d6c1e-8888-4a6e-9d10-000000000001";
export const PHONE = "5b0d6c1e-8888-4a6e-9d10-000000000002";
export const BORN = "5b0d6c1e-8888-4a6e-9d10-000000000003";
export const SIGN = "5b0d6c1e-8888-4a6e-9d10-000000000004";
export const LEVEL = "5b0d6c1e-8888-4a6e-9d10-000000000005";

export const field = (more: Partial<CustomerField> & { fieldTypeId: string }): CustomerField => ({
  dataType: "Text",
  fieldName: "Field",
  slug: null,
  isKey: false,
  isRequired: false,
  data: null,
  value: null,
  hash: null,
  colorCode: null,
  position: null,
  ...more,
});

export const robin = (values: Partial<Record<string, CustomerField["value"]>> = {}): Customer => ({
  recordId: ROBIN,
  displayName: "Robin Vale",
  dateCreated: "2024-05-01T07:00:00.000001Z",
  dateUpdated: "2025-01-09T12:30:00.000002Z",
  fields: [
    field({
      fieldTypeId: PHONE,
      dataType: "PhoneNumber",
      fieldName: "Phone",
      slug: "phone-number",
      isKey: true,
      position: 2,
      value: "0501234567",
      ...over(values, PHONE),
    }),
    field({
      fieldTypeId: NAME,
      fieldName: "Given name",
      slug: "given-name",
      isRequired: true,
      position: 1,
      data: { displayText: "Robin", text: "Robin" },
      value: "Robin",
      ...over(values, NAME),
    }),
    field({
      fieldTypeId: BORN,
      dataType: "Date",
      fieldName: "Born",
      slug: "born",
      position: 3,
      data: { displayText: null, text: null },
      ...over(values, BORN),
    }),
    field({
      fieldTypeId: SIGN,
      dataType: "YesNo",
      fieldName: "Signed",
      slug: "signed",
      position: 4,
      value: true,
      ...over(values, SIGN),
    }),
    field({
      fieldTypeId: LEVEL,
      dataType: "Hologram",
      fieldName: "Level",
      slug: "level",
      position: 5,
      value: "7",
      ...over(values, LEVEL),
    }),
  ],
});

const over = (values: Partial<Record<string, CustomerField["value"]>>, id: string) =>
  id in values ? { value: values[id] ?? null, data: null } : {};

export const knownFields = (): CatalogueField[] => robin().fields.map(fieldTypeOf);

export const catalogueOf = (fields: CatalogueField[]) => ({
  services: [],
  serviceTypes: [],
  units: [],
  fields,
  caseFields: [],
  caseTags: [],
});
