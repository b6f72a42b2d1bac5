import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';

/** What an audit policy keeps of a request: who, what and when; its body, too; and the body of the answer. */
export const auditLevels = ['Metadata', 'Request', 'RequestResponse'] as const;
export type AuditLevel = (typeof auditLevels)[number];

/** Who asked, as the API server knew him. `extra` names what a token is bound to, such as a pod. */
type AuditUser = {
	readonly name: string;
	readonly groups: readonly string[];
	readonly extra: JsonObject;
};

/** What a request was about. `resource` with its subresource: `pods/exec`. */
type AuditTarget = {
	readonly group: string;
	readonly resource: string;
	readonly namespace: string | undefined;
	readonly name: string | undefined;
};

/**
 * One event of an API server's audit log.
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export type AuditEvent = {
	readonly id: string;
	readonly level: AuditLevel;
	readonly stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';
	/** When the request came, in milliseconds since 1970. */
	readonly atMs: number;
	readonly verb: string;
	readonly uri: string;
	readonly user: AuditUser;
	/** In whose name the user asked. */
	readonly impersonated: AuditUser | undefined;
	readonly sourceIps: readonly string[];
	readonly userAgent: string;
	/** None for a path that is no object, such as /healthz. */
	readonly target: AuditTarget | undefined;
	/** HTTP status; undefined before the answer. */
	readonly code: number | undefined;
	/** Whether it was let through; undefined where the log does not say. */
	readonly isAllowed: boolean | undefined;
	readonly annotations: JsonObject;
	/** Bodies, as far as the level holds them. */
	readonly request: Json | undefined;
	readonly response: Json | undefined;
};

const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;

const textsAt = (value: Json | undefined, ...path: readonly string[]) =>
	listAt(value, ...path).filter((each): each is string => typeof each === 'string');

const userAt = (event: JsonObject, field: string): AuditUser => ({
	name: textAt(event, field, 'username') ?? '',
	groups: textsAt(event, field, 'groups'),
	extra: objectAt(event, field, 'extra'),
});

/** An object that was made with `generateName` has its name in the answer alone. */
function targetOf(event: JsonObject): AuditTarget | undefined {
	const resource = textAt(event, 'objectRef', 'resource');
	if (resource === undefined) return undefined;
	const subresource = textAt(event, 'objectRef', 'subresource');
	const isMade = textAt(event, 'verb') === 'create' && subresource === undefined;
	const made = isMade
		? (textAt(event, 'responseObject', 'metadata', 'name') ?? textAt(event, 'requestObject', 'metadata', 'name'))
		: undefined;
	return {
		group: textAt(event, 'objectRef', 'apiGroup') ?? '',
		resource: subresource === undefined ? resource : `${resource}/${subresource}`,
		namespace: textAt(event, 'objectRef', 'namespace'),
		name: textAt(event, 'objectRef', 'name') ?? made,
	};
}

/** Where managed clusters put the event as a text: CloudWatch (EKS), Azure Monitor (AKS), and collectors of container logs. */
const envelopes = [['message'], ['@message'], ['properties', 'log'], ['log']] as const;

function unwrapped(json: JsonObject): JsonObject {
	if (json.kind === 'Event' || json.auditID !== undefined) return json;
	for (const path of envelopes) {
		const inner = valueAt(json, ...path);
		if (isJsonObject(inner)) return inner;
		if (typeof inner !== 'string' || !inner.startsWith('{')) continue;
		try {
			const parsed: unknown = JSON.parse(inner);
			if (isJsonObject(parsed)) return parsed;
		} catch {
			return json;
		}
	}
	return json;
}

/** Reads one event as the server writes it, in any version of its format; undefined for anything else. */
export function readAuditEvent(json: unknown): AuditEvent | undefined {
	if (!isJsonObject(json)) return undefined;
	const event = unwrapped(json);
	const {auditID, verb} = event;
	const level = auditLevels.find(each => each === event.level);
	const stage = stages.find(each => each === event.stage);
	const received = textAt(event, 'requestReceivedTimestamp') ?? textAt(event, 'stageTimestamp') ?? textAt(event, 'timestamp');
	const atMs = received === undefined ? Number.NaN : Date.parse(received);
	if (typeof auditID !== 'string' || typeof verb !== 'string' || level === undefined || stage === undefined || Number.isNaN(atMs))
		return undefined;
	const decision = textAt(event, 'annotations', 'authorization.k8s.io/decision');
	const code = numberAt(event, 'responseStatus', 'code');
	return {
		...{id: auditID, level, stage, atMs, verb},
		uri: textAt(event, 'requestURI') ?? '',
		user: userAt(event, 'user'),
		impersonated: isJsonObject(event.impersonatedUser) ? userAt(event, 'impersonatedUser') : undefined,
		sourceIps: textsAt(event, 'sourceIPs'),
		userAgent: textAt(event, 'userAgent') ?? '',
		target: targetOf(event),
		code,
		isAllowed: decision === undefined ? (code === undefined ? undefined : code !== 401 && code !== 403) : decision === 'allow',
		annotations: objectAt(event, 'annotations'),
		request: event.requestObject,
		response: event.responseObject,
	};
}

/** How a request ended: a refusal is one for want of rights. */
export type AuditOutcome = 'done' | 'refused' | 'failed';

export function outcomeOf({code, isAllowed}: Pick<AuditEvent, 'code' | 'isAllowed'>): AuditOutcome {
	if (code === 401 || code === 403 || isAllowed === false) return 'refused';
	return code !== undefined && code >= 400 ? 'failed' : 'done';
}

/** Whether it was only tried out: the server changes nothing then. */
export const isDryRun = ({uri}: Pick<AuditEvent, 'uri'>) => /[?&]dryRun=All\b/.test(uri);

/** The path without its query. */
export const pathOf = ({uri}: Pick<AuditEvent, 'uri'>) => (uri.includes('?') ? uri.slice(0, uri.indexOf('?')) : uri);

/** `pods shop/web-1`, `secrets of all namespaces`, or the path of what is no object. */
export function targetText({target, uri}: Pick<AuditEvent, 'target' | 'uri'>): string {
	if (target === undefined) return pathOf({uri});
	const {resource, namespace, name} = target;
	// A namespace is named twice by the server.
	if (resource === 'namespaces' || namespace === undefined) return name === undefined ? resource : `${resource} ${name}`;
	return `${resource} ${namespace}/${name ?? '*'}`;
}
