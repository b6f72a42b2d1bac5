import {type AuditEvent, readAuditEvent} from '../../src/analysis/audit-log/audit-event.ts';

/** The fields of an event that a test cares about; `by` is the user, `on` the object as `pods/exec shop/web-1`, `atMs` since a fixed morning. */
export type Told = {
	readonly by?: string;
	readonly groups?: readonly string[];
	readonly extra?: object;
	readonly verb?: string;
	readonly on?: string;
	readonly group?: string;
	readonly uri?: string;
	readonly code?: number;
	readonly atMs?: number;
	readonly from?: string;
	readonly program?: string;
	readonly level?: 'Metadata' | 'Request' | 'RequestResponse';
	readonly stage?: string;
	readonly id?: string;
	readonly request?: unknown;
	readonly response?: unknown;
	readonly annotations?: object;
	readonly as?: {readonly username: string; readonly groups?: readonly string[]};
};

export const morningMs = Date.parse('2026-03-02T08:00:00Z');
let made = 0;

/** An event as an API server writes it. */
export function auditJson(told: Told = {}): object {
	const {
		by = 'ada',
		groups = ['system:authenticated'],
		extra,
		verb = 'get',
		on,
		code = 200,
		from = '10.0.0.7',
		program = 'kubectl/v1.36.0',
	} = told;
	const {level = 'RequestResponse', stage = 'ResponseComplete', atMs = 0, request, response, annotations = {}} = told;
	const [whole = '', place = ''] = on?.split(' ') ?? [];
	const [resource, subresource] = whole.split('/');
	const [namespace, name] = place.includes('/') ? place.split('/') : [undefined, place];
	const at = new Date(morningMs + atMs).toISOString();
	made += 1;
	return {
		...{kind: 'Event', apiVersion: 'audit.k8s.io/v1', level, stage, verb, auditID: told.id ?? `audit-${made}`},
		...{requestURI: told.uri ?? '/api/v1/whatever', user: {username: by, groups, ...(extra === undefined ? {} : {extra})}},
		...(told.as === undefined ? {} : {impersonatedUser: told.as}),
		...{sourceIPs: [from], userAgent: program, requestReceivedTimestamp: at, stageTimestamp: at, responseStatus: {code}},
		...(on === undefined
			? {}
			: {
					objectRef: {
						...{resource, apiGroup: told.group, apiVersion: 'v1'},
						...(subresource === undefined ? {} : {subresource}),
						...(namespace === undefined ? {} : {namespace}),
						...(name === undefined || name === '' ? {} : {name}),
					},
				}),
		...(request === undefined ? {} : {requestObject: request}),
		...(response === undefined ? {} : {responseObject: response}),
		annotations: {'authorization.k8s.io/decision': code === 403 ? 'forbid' : 'allow', ...annotations},
	};
}

export function auditEvent(told: Told = {}): AuditEvent {
	const event = readAuditEvent(auditJson(told));
	if (event === undefined) throw new Error('that is no audit event');
	return event;
}
