import * as z from 'zod';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';

/** What another terminal asks of the holder. */
const requests = ['pause', 'resume', 'promote', 'promote-full', 'abort'] as const;
export type RequestVerb = (typeof requests)[number];

/** `seal` is empty where whoever asked had no key to sign it with. */
export type Request = {readonly verb: RequestVerb; readonly by: string; readonly seal: string};

/** What became of the request of one turn, for the one who asked. `position` and `title` are of the act that it was about, `after` is what comes after that. */
export type Answer = {
	/** How many requests were answered; 0 before the first. A request is signed for the turn at which it was made, so it counts once. */
	readonly turn: number;
	readonly verb: string;
	readonly by: string;
	/** False for one that was ignored. */
	readonly isDone: boolean;
	readonly position: number;
	readonly title: string;
	readonly after: string;
};

/** How far a rollout is, as everybody who may read ConfigMaps sees it. Holds no secret value. */
export type RolloutRecord = {
	/** `canary`, `blue-green`, `rolling`, `rollback` */
	readonly strategy: string;
	/** The tool's resolved input, as far as it is no secret. */
	readonly input: JsonObject;
	readonly phase: 'forward' | 'back';
	/** The act that is carried out or waited for now, from 0; as many as there are acts when all are through. */
	readonly position: number;
	/** In the phase back: the act of the way back from which one who takes over goes on. None before it is left undone. */
	readonly back: number;
	readonly acts: number;
	/** What the act that goes on is called. */
	readonly title: string;
	/** Why it goes back; empty in the phase forward. */
	readonly reason: string;
	readonly startedAt: string;
	/** When the wait of this position is over, ISO 8601; empty where it has no end. */
	readonly deadline: string;
	/** When the judging of this position began, ISO 8601 by the clock of its judge, so that whoever goes on with it counts from there; empty for other acts. */
	readonly since: string;
	/** Who started it, as the cluster knows the person and as the Lease does. */
	readonly by: string;
	readonly digest: string;
	/** What serves during each act, both ways, as the plan says it. */
	readonly stands: Stands;
	/** Stages that were judged. */
	readonly verdicts: readonly JsonObject[];
	readonly paused: boolean;
	/** Somebody asked for a full promotion: nothing is judged or held any more. */
	readonly full: boolean;
	readonly request: Request | undefined;
	readonly answered: Answer;
	/** What the newest look at a stage saw, as `readEvidence` reads it; empty where nothing was measured. No seal covers it. */
	readonly evidence: string;
	/** When a guardian gave the traffic back, ISO 8601; empty where none had to. No seal covers it. */
	readonly guardian: string;
};

/** One sentence for each act: `web-preview serves everything`. */
type Stands = {readonly forward: readonly string[]; readonly back: readonly string[]};

const jsonObject = (text: string): JsonObject => {
	const value: unknown = parsed(text);
	return isJsonObject(value) ? value : {};
};

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const flag = z
	.string()
	.catch('')
	.transform(text => text === 'true');
const place = z.coerce.number().int().nonnegative().catch(0);
const text = z.string().catch('');

const standsSchema = z.object({forward: z.array(z.string()), back: z.array(z.string())});
const unsaid: Stands = {forward: [], back: []};

const nothingAnswered: Answer = {turn: 0, verb: '', by: '', isDone: false, position: 0, title: '', after: ''};
const answer = z.object({
	turn: z.number(),
	verb: z.string(),
	by: z.string(),
	isDone: z.boolean(),
	position: z.number(),
	title: z.string(),
	after: z.string(),
});

/** All that steers a rollout. It is sealed; a request is not, since others write it. */
const steering = z.object({
	strategy: z.string(),
	input: text.transform(jsonObject),
	phase: z.enum(['forward', 'back']),
	position: z.coerce.number().int().nonnegative(),
	back: place,
	acts: place,
	title: text,
	reason: text,
	startedAt: text,
	deadline: text,
	since: text,
	by: text,
	digest: z.string(),
	stands: text.transform((value): Stands => standsSchema.safeParse(parsed(value)).data ?? unsaid),
	verdicts: text.transform(value => {
		const list = parsed(value);
		return Array.isArray(list) ? list.filter(isJsonObject) : [];
	}),
	paused: flag,
	full: flag,
	answered: text.transform(value => answer.safeParse(parsed(value)).data ?? nothingAnswered),
});

const schema = steering.extend({
	evidence: text,
	guardian: text,
	request: text.transform((value): Request | undefined => {
		const [verb, by = '', seal = ''] = value.split(' ', 3);
		const known = requests.find(each => each === verb);
		return known === undefined ? undefined : {verb: known, by, seal};
	}),
});

/** Keys of the ConfigMap that a seal covers. */
export const sealedKeys: readonly string[] = Object.keys(steering.shape);

/** A record that says nothing: of a rollout at its beginning. */
export const nothingKnown: RolloutRecord = {
	...{
		strategy: 'rollout',
		input: {},
		phase: 'forward',
		position: 0,
		back: 0,
		acts: 0,
		title: '',
		reason: '',
		startedAt: '',
		deadline: '',
		since: '',
	},
	...{
		by: '',
		digest: '',
		stands: unsaid,
		verdicts: [],
		paused: false,
		full: false,
		request: undefined,
		answered: nothingAnswered,
		evidence: '',
		guardian: '',
	},
};

/** Undefined for a ConfigMap that is no record of mkcoa's. */
export const readRecord = (object: KubeObject): RolloutRecord | undefined => schema.safeParse(textMapAt(object, 'data')).data;

/** What changes of a record. Null takes a text away. */
export type RecordChange = {
	readonly phase?: RolloutRecord['phase'];
	readonly position?: number;
	readonly back?: number;
	readonly title?: string;
	readonly reason?: string;
	readonly startedAt?: string;
	readonly deadline?: string;
	readonly since?: string;
	readonly verdicts?: readonly JsonObject[];
	readonly paused?: boolean;
	readonly full?: boolean;
	readonly request?: Request | null;
	readonly answered?: Answer;
	readonly evidence?: string;
};

const textOf = (value: Exclude<RecordChange[keyof RecordChange], undefined>): string | null => {
	if (value === null || value === '' || value === false) return null;
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || value === true) return String(value);
	return 'seal' in value ? `${value.verb} ${value.by} ${value.seal}`.trimEnd() : JSON.stringify(value);
};

/** What a change sets in the ConfigMap; null for what it takes away. */
export const entriesOf = (change: RecordChange): {readonly [key: string]: string | null} =>
	Object.fromEntries(Object.entries(change).map(([key, value]) => [key, textOf(value)]));

/** A merge patch of the ConfigMap. */
export const recordPatch = (change: RecordChange): JsonObject => ({data: entriesOf(change)});

/** What a record holds when it is made. Times and the holder are written when the rollout begins, since a plan holds none. */
export const recordData = (
	record: Pick<RolloutRecord, 'strategy' | 'input' | 'acts' | 'by' | 'digest' | 'stands'>,
): {readonly [key: string]: string} => ({
	strategy: record.strategy,
	input: JSON.stringify(record.input),
	phase: 'forward',
	position: '0',
	acts: String(record.acts),
	by: record.by,
	digest: record.digest,
	stands: JSON.stringify(record.stands),
});
