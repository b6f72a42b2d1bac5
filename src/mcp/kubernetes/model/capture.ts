import * as z from 'zod';
import type {JournalEntry} from '../../../core/journal.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Target} from '../../../core/plan.ts';
import type {ResourceType} from '../port.ts';

export const captureFormat = 'mkcoa-capture';
export const captureVersion = 1;

/** The last lines of one run of a container, oldest first. */
export type CapturedLog = {
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	/** Of the run before the present one. */
	readonly previous: boolean;
	readonly lines: readonly string[];
};

/** A cluster as it was seen at one moment, to be looked at again elsewhere. Values of Secrets are in none. */
export type Capture = {
	readonly format: typeof captureFormat;
	readonly version: typeof captureVersion;
	/** ISO 8601, UTC. */
	readonly takenAt: string;
	readonly target: Target;
	/** The only namespace that was looked at; undefined for all of them. */
	readonly namespace?: string | undefined;
	readonly types: readonly ResourceType[];
	/** Kinds that were read; what is of another kind was not looked for. */
	readonly kinds: readonly string[];
	readonly objects: readonly KubeObject[];
	/** Kinds that were not read, or not everywhere, and why. */
	readonly unread: readonly {
		readonly kind: string;
		readonly why: string;
		readonly except?: string | undefined;
		readonly namespace?: string | undefined;
	}[];
	readonly logs: readonly CapturedLog[];
	/** What metrics.k8s.io answered for `pods` and `nodes`. */
	readonly metrics: {readonly [plural: string]: JsonObject};
	/** What mkcoa changed in this cluster, newest first, without what it wrote. */
	readonly journal: readonly JournalEntry[];
};

const texts = z.array(z.string());
const optional = z.string().optional();
const object = z.looseObject({
	apiVersion: z.string(),
	kind: z.string(),
	metadata: z.looseObject({name: z.string(), namespace: optional}),
});

/** What must be there for the file to be read at all; the rest of each object is as the API server wrote it. */
export const captureSchema = z.object({
	format: z.literal(captureFormat),
	version: z.literal(captureVersion),
	takenAt: z.iso.datetime(),
	target: z.looseObject({context: z.string(), cluster: z.string(), clusterId: z.string(), identity: z.string()}),
	namespace: optional,
	types: z.array(
		z.object({
			apiVersion: z.string(),
			kind: z.string(),
			plural: z.string(),
			singular: z.string(),
			shortNames: texts,
			categories: texts,
			namespaced: z.boolean(),
			verbs: texts,
			subresources: texts,
		}),
	),
	kinds: texts,
	objects: z.array(object),
	unread: z.array(z.object({kind: z.string(), why: z.string(), except: optional, namespace: optional})),
	logs: z.array(z.object({namespace: z.string(), pod: z.string(), container: z.string(), previous: z.boolean(), lines: texts})),
	metrics: z.record(z.string(), z.looseObject({})),
	journal: z.array(z.looseObject({id: z.string(), startedAt: z.string(), plan: z.looseObject({changes: z.array(z.unknown())})})),
});
