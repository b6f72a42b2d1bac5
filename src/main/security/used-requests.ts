import type {UsedLog} from '../../agents/security/access/used-requests.ts';
import type {UsedRequest} from '../../analysis/access/used-request.ts';
import type {AuditEvent} from '../../analysis/audit-log/audit-event.ts';
import type {AuditLog} from '../../mcp/security/audit-log/port.ts';

/** Streams are told when they begin and when they end; what was answered is told once. */
const isAnswer = ({stage}: AuditEvent) => stage === 'ResponseComplete' || stage === 'ResponseStarted';

/** Of what is not there yet, authorization knows no name. */
const isNamed = (verb: string, isSubresource: boolean) => isSubresource || !['create', 'deletecollection'].includes(verb);

/** Rights are those of whom the request was made for. */
function usedBy({user, impersonated, verb, target, uri}: AuditEvent): UsedRequest {
	const {name: who, groups} = impersonated ?? user;
	if (target === undefined) return {user: who, groups, verb, url: uri.split('?', 1)[0] ?? ''};
	const [resource = '', ...rest] = target.resource.split('/');
	return {
		...{user: who, groups, verb, apiGroup: target.group, resource},
		...(rest.length === 0 ? {} : {subresource: rest.join('/')}),
		...(target.namespace === undefined ? {} : {namespace: target.namespace}),
		...(target.name === undefined || !isNamed(verb, rest.length > 0) ? {} : {name: target.name}),
	};
}

/** What was let through, each request once however often it was made. */
export async function usedRequestsOf(log: Pick<AuditLog, 'source' | 'read'>, signal: AbortSignal): Promise<UsedLog> {
	const used = new Map<string, UsedRequest>();
	let fromMs = Number.POSITIVE_INFINITY;
	let toMs = Number.NEGATIVE_INFINITY;
	for await (const item of log.read({signal})) {
		if ('malformed' in item) continue;
		const {event} = item;
		fromMs = Math.min(fromMs, event.atMs);
		toMs = Math.max(toMs, event.atMs);
		if (!isAnswer(event) || event.isAllowed === false || event.code === 403 || event.code === 401) continue;
		const request = usedBy(event);
		used.set(JSON.stringify(request), request);
	}
	const span = used.size === 0 && fromMs > toMs ? {} : {from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString()};
	return {source: log.source, requests: [...used.values()], ...span};
}
