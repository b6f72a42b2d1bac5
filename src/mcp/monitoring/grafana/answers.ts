import * as z from 'zod';
import type {JsonObject} from '../../../core/json.ts';

/** What came as JSON and is an object is JSON. */
const object = z.custom<JsonObject>(value => typeof value === 'object' && value !== null && !Array.isArray(value));

/** @see https://grafana.com/docs/grafana/latest/developers/http_api/ */
export const searchAnswer = z.array(
	z.object({
		uid: z.string(),
		title: z.string(),
		folderUid: z.string().default(''),
		folderTitle: z.string().default(''),
		tags: z.array(z.string()).nullish(),
	}),
);

export const foldersAnswer = z.array(z.object({uid: z.string(), title: z.string(), parentUid: z.string().default('')}));

export const dashboardAnswer = z.object({
	dashboard: object,
	meta: z.object({folderUid: z.string().default(''), version: z.number(), provisioned: z.boolean().default(false)}),
});

/** Passwords and headers of a data source stay where they are: nothing else of it is read. */
export const dataSourcesAnswer = z.array(
	z.object({uid: z.string(), name: z.string(), type: z.string(), isDefault: z.boolean().default(false), url: z.string().default('')}),
);

export const ruleAnswer = z.looseObject({
	uid: z.string(),
	title: z.string(),
	folderUID: z.string(),
	ruleGroup: z.string(),
	updated: z.string().default(''),
	provenance: z.string().default(''),
});

export const healthAnswer = z.object({version: z.string().default('')});
export const savedAnswer = z.object({uid: z.string(), version: z.number(), url: z.string().default('')});
export const uidAnswer = z.object({uid: z.string()});
